import { describe, expect, it } from 'vitest';

import type { TraceEvent } from '#core/network/trace-event.ts';
import { ProcessMachine } from '#core/replica/process-machine.ts';

import { SimulatedCluster, runScenario } from './cluster.ts';
import { parseScenario } from './parse-scenario.ts';
import type { Scenario } from './scenario.ts';

function scenario(steps: readonly object[], more: object = {}): Scenario {
  const parsed = parseScenario({
    format: 'pbft-lab/scenario@1',
    seed: 5,
    clients: 2,
    steps,
    until: { atMs: 8000 },
    ...more,
  });
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.scenario;
}

function put(client: number, value: string, at = 0): object {
  return { do: 'submit', client, operation: { put: ['x', value] }, at };
}

const twin = { do: 'byzantine', replica: 0, behaviour: 'twin' };
const apart = {
  do: 'partition',
  groups: [
    [0, 1, 'c0'],
    ['t0', 2, 3, 'c1'],
  ],
};

function of<T extends TraceEvent['type']>(
  trace: readonly TraceEvent[],
  type: T,
): readonly Extract<TraceEvent, { type: T }>[] {
  return trace.filter((event): event is Extract<TraceEvent, { type: T }> => event.type === type);
}

describe('a twin', () => {
  it('gets each message to its replica as a delivery of its own, and speaks in its name', () => {
    const { trace } = runScenario(scenario([twin, put(0, 'a')]));

    const requests = of(trace, 'delivered').filter(({ header }) => header.kind === 'request');
    expect(requests.map(({ process }) => process)).toEqual(expect.arrayContaining([0, 't0']));
    const said = of(trace, 'sent').filter(({ process }) => process === 't0');
    const own = said.filter(({ header }) => header.kind === 'pre-prepare');
    expect(own.length).toBeGreaterThan(0);
    expect(own.every(({ header }) => header.signer === 0)).toBe(true);
    expect(said.every(({ to }) => to !== 0)).toBe(true);
  });

  it('as primary equivocates across a partition, and with f = 1 that is safe, and live after the heal', () => {
    const { verdict, trace } = runScenario(
      scenario([twin, apart, put(0, 'left'), put(1, 'right'), { do: 'heal', at: 300 }], {
        until: { executed: 2, atMs: 20_000 },
        expect: { safe: true, live: true, executed: 2 },
      }),
    );

    const first = of(trace, 'sent').filter(
      ({ header }) => header.kind === 'pre-prepare' && header.view === 0 && header.sequence === 1,
    );
    expect(new Set(first.map(({ header }) => header.digest)).size).toBe(2);
    expect(verdict.unmet).toEqual([]);
    expect(verdict.replicas.map(({ byzantine }) => byzantine)).toEqual(['twin', null, null, null]);
    expect(of(trace, 'evidence').map(({ culprit }) => culprit)).toContain(0);
  });

  it('and another Byzantine replica are more than f = 1: agreement breaks, and forensics names both replicas', () => {
    const { verdict } = runScenario(
      scenario(
        [
          twin,
          { do: 'byzantine', replica: 3, behaviour: 'twin' },
          {
            do: 'partition',
            groups: [
              [0, 1, 3, 'c0'],
              ['t0', 2, 't3', 'c1'],
            ],
          },
          put(0, 'left'),
          put(1, 'right'),
          { do: 'heal', at: 300 },
        ],
        { until: { atMs: 3000 } },
      ),
    );

    const agreement = verdict.violations.find(({ invariant }) => invariant === 'agreement');
    expect(agreement?.culprits).toEqual([0, 3]);
  });

  it('that begins later is what its replica was: a copy of its records that goes on from there', () => {
    const cluster = new SimulatedCluster(
      scenario([put(0, 'a'), { ...twin, at: 400 }, put(1, 'b', 500)]),
    );
    cluster.runUntil(400_000);
    const examined = cluster.examine('t0')?.inspection;

    expect(examined).toEqual(cluster.examine(0)?.inspection);
    expect(cluster.recordsOf('t0')).toEqual(cluster.recordsOf(0));
    cluster.run();
    const { trace } = cluster.conductor;
    expect(of(trace, 'restarted')).toEqual([]);
    expect(of(trace, 'doubled')).toMatchObject([{ process: 't0', of: 0, incarnation: 0 }]);
    expect(of(trace, 'executed').filter(({ process }) => process === 't0')).toMatchObject([
      { sequence: 2 },
    ]);
    expect(
      ProcessMachine.restore(
        0,
        cluster.conductor.configuration,
        cluster.recordsOf('t0'),
        0,
      ).inspect(),
    ).toEqual(cluster.examine('t0')?.inspection);
  });

  it('of a replica that is down restarts from a copy of its disk', () => {
    const { verdict, trace } = runScenario(
      scenario([
        put(0, 'a'),
        { do: 'crash', replica: 3, at: 300 },
        { do: 'byzantine', replica: 3, behaviour: 'twin', at: 400 },
        put(1, 'b', 500),
        { do: 'restart', replica: 3, at: 900 },
      ]),
    );

    expect(of(trace, 'restarted').map(({ process }) => process)).toEqual(['t3', 3]);
    expect(of(trace, 'executed').filter(({ process }) => process === 't3')).toHaveLength(1);
    expect(verdict).toMatchObject({ safe: true, live: true });
  });

  it('goes when its replica is correct again, and comes back as another copy', () => {
    const { trace, verdict } = runScenario(
      scenario([
        twin,
        put(0, 'a'),
        { do: 'byzantine', replica: 0, behaviour: 'correct', at: 200 },
        put(0, 'b', 300),
        { ...twin, at: 600 },
        put(0, 'c', 700),
      ]),
    );

    const parted = of(trace, 'parted')[0]?.id ?? 0;
    const [, second] = of(trace, 'doubled');
    const between = trace.filter(
      ({ id, process }) => id > parted && id < (second?.id ?? 0) && process === 't0',
    );
    expect(between).toEqual([]);
    expect(second?.turn).toBeGreaterThan(0);
    expect(of(trace, 'executed').filter(({ process }) => process === 't0')).toHaveLength(2);
    expect(verdict).toMatchObject({ safe: true, live: true });
  });

  it('crashes and restarts on its own, and is held, dropped and cut off by its own name', () => {
    const { trace, verdict } = runScenario(
      scenario([
        twin,
        { do: 'drop', match: { from: 't0', type: 'pre-prepare' } },
        { do: 'hold', match: { to: 't0', type: 'prepare' }, count: 1 },
        { do: 'partition', cut: [['t0', 1]] },
        put(0, 'a'),
        { do: 'crash', twin: 0, at: 200 },
        { do: 'restart', twin: 0, at: 300 },
        { do: 'pause', twin: 0, at: 600 },
        { do: 'heal', at: 700 },
        { do: 'resume', twin: 0, at: 900 },
      ]),
    );

    for (const type of ['crashed', 'restarted', 'paused', 'resumed'] as const) {
      expect(of(trace, type).map(({ process }) => process)).toEqual(['t0']);
    }
    const lost = of(trace, 'dropped').filter(({ from }) => from === 't0');
    expect(new Set(lost.map(({ reason }) => reason))).toEqual(new Set(['rule', 'partition']));
    expect(of(trace, 'held')).toHaveLength(1);
    expect(verdict).toMatchObject({ safe: true, live: true });
  });

  it('that no group of a partition names is where its replica is', () => {
    const { trace } = runScenario(
      scenario([twin, { do: 'partition', groups: [[0, 1, 2, 'c0'], [3]] }, put(0, 'a')]),
    );

    const heard = of(trace, 'delivered').filter(({ process }) => process === 't0');
    expect(new Set(heard.map(({ from }) => from))).toEqual(new Set([1, 2, 'c0']));
  });

  it('that nobody started cannot be restarted', () => {
    const { verdict } = runScenario(scenario([{ do: 'restart', twin: 2 }]));

    expect(verdict.unmet).toEqual(['replica 2 has no second instance']);
  });

  it.each([
    [{ do: 'crash', twin: 4 }, 'steps[0].twin: 4, but there are 4 replicas'],
    [
      { do: 'crash', twin: 1, replica: 1 },
      'steps[0].replica: crash names one replica or one client',
    ],
    [
      { do: 'partition', groups: [['t7']] },
      'steps[0].groups[0][0]: "t7", but there are 4 replicas',
    ],
  ])('is named in a step as a replica is: %j', (step, problem) => {
    expect(parseScenario({ format: 'pbft-lab/scenario@1', seed: 1, steps: [step] })).toEqual({
      ok: false,
      problem,
    });
  });
});
