import { describe, expect, it } from 'vitest';

import type { TraceEvent } from '#core/network/trace-event.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import { SimulatedCluster } from '#core/simulation/cluster.ts';
import { processesIn } from '#core/simulation/conductor.ts';
import { parseScenario } from '#core/simulation/parse-scenario.ts';
import type { Scenario } from '#core/simulation/scenario.ts';

import { reexecuted } from './re-execution.ts';

function scenario(steps: readonly object[] = []): Scenario {
  const parsed = parseScenario({
    format: 'pbft-lab/scenario@1',
    seed: 5,
    steps: [
      { do: 'submit', operation: { put: ['x', '1'] } },
      { do: 'submit', operation: { add: ['x', 2] } },
      ...steps,
    ],
    until: { executed: 2 },
  });
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.scenario;
}

/** The run as a page saw it up to its `rounds`-th round: the last durable turn of each process. */
function died(
  rounds: number,
  run = scenario(),
): { trace: readonly TraceEvent[]; turns: Map<ProcessId, number> } {
  const cluster = new SimulatedCluster(run);
  for (let i = 0; i < rounds; i += 1) cluster.stepRound();
  const { trace } = cluster.conductor;
  const turns = new Map<ProcessId, number>(processesIn(run).map((process) => [process, 0]));
  for (const event of trace) {
    if (event.type === 'persisted' && event.process !== undefined)
      turns.set(event.process, event.turn);
  }
  return { trace, turns };
}

/** What the processes did: the death of the page adds other events, and takes the last round's messages away. */
function turnsIn(trace: readonly TraceEvent[]): readonly object[] {
  const kinds = ['delivered', 'prepared', 'committed', 'executed', 'answered', 'persisted'];
  return trace.filter(({ type }) => kinds.includes(type)).map((event) => ({ ...event, id: 0 }));
}

describe('re-execution', () => {
  it('has nothing to go on from when nothing was durable', () => {
    expect(
      reexecuted(
        scenario(),
        new Map<ProcessId, number>([
          [0, 0],
          ['c0', 0],
        ]),
      ),
    ).toBeUndefined();
  });

  it.each([1, 2, 5, 20, 41, 60])(
    'comes to the trace that the page had seen after %i rounds',
    (rounds) => {
      const { trace, turns } = died(rounds);
      const conductor = reexecuted(scenario(), turns);

      expect(turnsIn(conductor?.trace ?? [])).toEqual(turnsIn(trace));
    },
  );

  it('crashes every running process once, and the run goes on to its end', () => {
    const { turns } = died(30);
    const conductor = reexecuted(scenario(), turns);
    const crashes = conductor?.trace.flatMap(({ type, process }) =>
      type === 'crashed' ? [process] : [],
    );
    expect(crashes?.toSorted()).toEqual([0, 1, 2, 3, 'c0']);

    const again = new SimulatedCluster(conductor?.scenario() ?? scenario());
    again.run();
    expect(again.verdict()).toMatchObject({ safe: true, live: true, ended: 'executed' });
  });

  it('tells from the logs who had committed in the last round and who had not', () => {
    // All five processes take their first turns side by side; the page dies when three have committed.
    const turns = new Map<ProcessId, number>([
      [0, 1],
      [1, 0],
      [2, 1],
      [3, 0],
      ['c0', 1],
    ]);
    const conductor = reexecuted(scenario(), turns);

    const points = conductor?.trace.flatMap((event) =>
      event.type === 'crashed' ? [[event.process, event.point]] : [],
    );
    expect(points).toEqual([
      [0, 'after-commit'],
      [1, 'before-commit'],
      [2, 'after-commit'],
      [3, 'before-commit'],
      ['c0', 'after-commit'],
    ]);
  });

  it('stops a process alone whose storage had refused a commit before', () => {
    const { turns } = died(60);
    const conductor = reexecuted(scenario(), new Map([...turns, [2, 3]]));

    const ofReplica2 = conductor?.trace.filter(({ process }) => process === 2) ?? [];
    expect(ofReplica2.findLast(({ type }) => type === 'persisted')).toMatchObject({ turn: 3 });
    expect(ofReplica2.filter(({ type }) => type === 'crashed')).toMatchObject([
      { point: 'before-commit' },
    ]);
  });

  it('leaves a process down that was down', () => {
    const run = scenario([{ do: 'crash', replica: 3, at: 20 }]);
    const conductor = reexecuted(run, died(40, run).turns);

    const crashed = conductor?.trace.filter(
      ({ type, process }) => type === 'crashed' && process === 3,
    );
    expect(crashed).toHaveLength(1);
    const restarts = conductor?.scenario().steps.filter((step) => step.do === 'restart');
    expect(restarts).toHaveLength(4);
  });
});
