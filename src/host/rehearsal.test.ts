import { describe, expect, it } from 'vitest';

import { SimulatedCluster } from '#core/simulation/cluster.ts';
import { parseScenario } from '#core/simulation/parse-scenario.ts';
import type { Scenario } from '#core/simulation/scenario.ts';
import { builtInScenarios } from '#core/simulation/scenarios/library.ts';

import { rehearse, takeOver } from './rehearsal.ts';

const end = Number.MAX_SAFE_INTEGER;

function simulated(scenario: Scenario): SimulatedCluster {
  const cluster = new SimulatedCluster(scenario);
  cluster.run();
  return cluster;
}

/** A run with all that can cross an instant: certificates, a new view, a crashed and a paused replica, held messages. */
function eventful(): Scenario {
  const parsed = parseScenario({
    format: 'pbft-lab/scenario@1',
    seed: 11,
    clients: 2,
    protocol: { checkpointInterval: 2, logSize: 4 },
    steps: [
      ...[1, 2, 3, 4, 5, 6].map((i) => ({
        do: 'submit',
        client: i % 2,
        operation: { put: [`k${i}`, 'v'] },
      })),
      { do: 'crash', replica: 0, when: { replica: 1, reaches: 'prepared', sequence: 2 } },
      { do: 'restart', replica: 0, at: 1500 },
      { do: 'pause', replica: 3, at: 700 },
      { do: 'resume', replica: 3, at: 1300 },
      { do: 'hold', match: { type: 'commit', from: 2 }, count: 2, at: 100 },
      { do: 'release', match: { type: 'commit' }, at: 900 },
      { do: 'byzantine', replica: 1, behaviour: 'twin', at: 400 },
      { do: 'byzantine', replica: 1, behaviour: 'correct', at: 2500 },
    ],
    until: { atMs: 4000 },
  });
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.scenario;
}

describe('a rehearsal', () => {
  it.each(
    builtInScenarios.filter(({ name }) =>
      [
        'normal-case',
        'two-view-changes',
        'equivocating-primary',
        'wiped-disk',
        'twin-primary',
      ].includes(name),
    ),
  )('of $name has the trace of its simulation', async ({ scenario }) => {
    const { conductor } = await rehearse(scenario, end);

    expect(conductor.traceDigest()).toBe(simulated(scenario).conductor.traceDigest());
  });

  it('is taken over at twenty instants as if nothing had happened', async () => {
    const scenario = eventful();
    const { conductor } = simulated(scenario);
    const digest = conductor.traceDigest();
    const { length } = conductor.trace;

    for (let i = 1; i <= 20; i += 1) {
      const event = conductor.trace[Math.floor((length * i) / 21)];
      const rehearsed = await rehearse(scenario, (event?.atMs ?? 0) * 1000);
      expect(rehearsed.conductor.trace.length).toBeLessThan(length);
      const whole = await takeOver(rehearsed, end);
      expect(whole.conductor.traceDigest()).toBe(digest);
    }
  });

  it('has another future for what is left out, and the same past', async () => {
    const scenario = eventful();
    const { conductor } = await rehearse(scenario, 1_000_000);
    conductor.command({ do: 'crash', replica: 1, point: 'now' });
    const crashed = conductor.scenarioBy(conductor.nowUs + 1000, scenario.steps.length);
    const before = conductor.scenarioBy(conductor.nowUs, scenario.steps.length);

    expect(crashed.steps).toHaveLength(scenario.steps.length + 1);
    expect(before.steps).toEqual(scenario.steps);
  });
});
