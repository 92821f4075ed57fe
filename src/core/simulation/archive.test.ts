import { describe, expect, it } from 'vitest';

import { instancesOf } from '#core/network/process-order.ts';

import { Archive } from './archive.ts';
import { SimulatedCluster } from './cluster.ts';
import { parseScenario } from './parse-scenario.ts';
import type { Scenario, Step } from './scenario.ts';

function scenario(more: readonly Step[] = []): Scenario {
  const parsed = parseScenario({
    format: 'pbft-lab/scenario@1',
    seed: 3,
    protocol: { checkpointInterval: 2, logSize: 4 },
    steps: [
      ...[1, 2, 3, 4].map((i) => ({ do: 'submit', operation: { put: [`k${i}`, 'v'] } })),
      { do: 'crash', replica: 2, at: 90 },
      { do: 'restart', replica: 2, at: 150 },
      { do: 'byzantine', replica: 1, behaviour: 'twin', at: 200 },
      { do: 'byzantine', replica: 1, behaviour: 'correct', at: 500 },
      { do: 'crash', replica: 3, at: 300 },
      { do: 'restart', replica: 3, disk: 'lose-last', commits: 2, at: 350 },
      ...more,
    ],
    until: { atMs: 1500 },
  });
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.scenario;
}

const instants = [0, 40, 89, 90, 91, 149, 151, 299, 301, 351, 420, 700, 1500];

describe('an archive', () => {
  it('says of any instant what every process was then', () => {
    const archive = new Archive(scenario());
    archive.reach(1_500_000);

    for (const atMs of instants) {
      const cluster = new SimulatedCluster(scenario());
      cluster.runUntil(atMs * 1000);
      for (const process of instancesOf(4, 1)) {
        const there = cluster.examine(process)?.inspection;
        expect(archive.look(process, atMs * 1000), `${process} at ${atMs}`).toEqual(there);
      }
    }
  });

  it('goes on with what is done at the edge', () => {
    const archive = new Archive(scenario());
    archive.reach(500_000);
    const later = scenario([{ do: 'crash', replica: 1, at: 600 }]);

    expect(archive.follows(later)).toBe(true);
    archive.extend(later);
    archive.reach(700_000);
    expect(archive.look(1, 599_000)).toBeDefined();
    expect(archive.look(1, 600_000)).toBeUndefined();
  });

  it('does not take another history for its own', () => {
    const archive = new Archive(scenario());
    archive.reach(500_000);

    expect(archive.follows(scenario([{ do: 'crash', replica: 1, at: 400 }]))).toBe(false);
    expect(archive.follows({ ...scenario(), steps: [] })).toBe(false);
  });
});
