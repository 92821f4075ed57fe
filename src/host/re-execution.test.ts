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
    const { type, process } = event;
    if (process === undefined) continue;
    // The log of a second instance begins as that of the first.
    if (type === 'persisted' || type === 'doubled') turns.set(process, event.turn ?? 0);
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

describe('re-execution of a run in which a replica has a second instance', () => {
  const twin = { do: 'byzantine', replica: 0, behaviour: 'twin', at: 30 };

  it.each([6, 12, 25, 41, 60])(
    'comes to the trace that the page had seen after %i rounds',
    (rounds) => {
      const run = scenario([twin]);
      const { trace, turns } = died(rounds, run);
      const conductor = reexecuted(run, turns);

      expect(turnsIn(conductor?.trace ?? [])).toEqual(turnsIn(trace));
    },
  );

  it('crashes both instances once, and the run goes on to its end with both', () => {
    const run = scenario([twin]);
    const { trace, turns } = died(41, run);
    expect(trace.some(({ type }) => type === 'doubled')).toBe(true);
    expect(turns.get('t0')).toBeGreaterThan(0);

    const conductor = reexecuted(run, turns);
    const crashes = conductor?.trace.flatMap(({ type, process }) =>
      type === 'crashed' ? [process] : [],
    );
    expect(crashes?.map(String).toSorted()).toEqual(['0', '1', '2', '3', 'c0', 't0']);

    const again = new SimulatedCluster(conductor?.scenario() ?? run);
    again.run();
    expect(again.verdict()).toMatchObject({ safe: true, live: true, ended: 'executed' });
    const { trace: whole } = again.conductor;
    const woken = whole.filter(({ type, process }) => type === 'restarted' && process === 't0');
    expect(woken).toHaveLength(1);
  });

  it('tells from the logs which of the two had committed in the last round', () => {
    const run = scenario([twin]);
    const round = died(roundOfBoth(run), run);
    const before = (round.turns.get('t0') ?? 0) - 1;
    const conductor = reexecuted(run, new Map([...round.turns, ['t0', before]]));

    const points = conductor?.trace.flatMap((event) =>
      event.type === 'crashed' && event.process === 't0' ? [event.point] : [],
    );
    expect(points).toEqual(['before-commit']);
  });

  it('leaves a second instance away that is gone', () => {
    const run = scenario([twin, { do: 'byzantine', replica: 0, behaviour: 'correct', at: 60 }]);
    const { trace, turns } = died(50, run);
    expect(trace.some(({ type }) => type === 'parted')).toBe(true);

    const conductor = reexecuted(run, turns);
    const steps = conductor?.scenario().steps ?? [];
    expect(steps.some((step) => step.do === 'restart' && step.twin !== undefined)).toBe(false);
  });
});

/** The first round in which the second instance and its replica both run a turn. */
function roundOfBoth(run: Scenario): number {
  const cluster = new SimulatedCluster(run);
  for (let rounds = 1; ; rounds += 1) {
    const before = cluster.conductor.trace.length;
    if (!cluster.stepRound()) throw new Error('they never run side by side');
    const done = cluster.conductor.trace.slice(before);
    const ran = done.flatMap(({ type, process }) => (type === 'persisted' ? [process] : []));
    if (ran.includes('t0') && ran.includes(0)) return rounds;
  }
}
