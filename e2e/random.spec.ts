import { readFile } from 'node:fs/promises';

import type { ProcessId } from '#core/pbft/message.ts';

import { expect, test } from './lab-test.ts';
import { Simulator } from './simulator.ts';

let simulator: Simulator;

test.beforeAll(async () => {
  simulator = await Simulator.start();
});

test.afterAll(() => simulator.close());

/** Seeds whose scenarios change views, restart replicas and transfer states. */
const drawn = [
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((seed) => `strategies:${seed}`),
  ...[11, 12, 13, 14, 15, 16].map((seed) => `swarm:${seed}`),
  ...[21, 22, 23, 24, 25, 26].map((seed) => `laggards:${seed}`),
];

test.describe.configure({ timeout: 600_000 });

test('twenty random runs have the same trace with real workers and real signatures', async ({
  lab,
}) => {
  const counts = { viewChanges: 0, restarts: 0, stateTransfers: 0, decided: 0 };
  await lab.open();
  for (const source of drawn) {
    const file = test.info().outputPath(`${source.replace(':', '-')}.json`);
    const simulated = simulator.verdict(source, '--scenario', file);
    const verdict = await lab.run(JSON.parse(await readFile(file, 'utf8')));

    expect(verdict, source).toEqual(simulated);
    counts.viewChanges += verdict.counts.newViews;
    counts.restarts += verdict.counts.restarts;
    counts.stateTransfers += verdict.counts.stateTransfers;
    counts.decided += verdict.counts.decided;
  }
  expect(counts.viewChanges).toBeGreaterThan(5);
  expect(counts.restarts).toBeGreaterThan(5);
  expect(counts.stateTransfers).toBeGreaterThan(2);
  expect(counts.decided).toBeGreaterThan(20);
});

test('forty workers are terminated at random under load, and every operation is executed once', async ({
  lab,
}) => {
  const clients = 4;
  const each = 15;
  await lab.open();
  await lab.load({
    seed: 77,
    clients,
    service: 'list',
    protocol: { checkpointInterval: 4, logSize: 8, batchMax: 2, pipeline: 4 },
    steps: Array.from({ length: clients * each }, (_, i) => ({
      do: 'submit',
      client: i % clients,
      operation: { append: `item ${i}` },
    })),
    until: { atMs: 120_000 },
  });

  let state = 77;
  const draw = (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
  for (let i = 0; i < 40; i += 1) {
    const victim: ProcessId = draw(10) === 0 ? `c${draw(clients)}` : draw(4);
    await lab.step(2 + draw(25));
    await lab.crash(victim);
    await lab.step(1 + draw(15));
    await lab.restart(victim);
  }
  const verdict = await lab.finish();
  const trace = await lab.trace();

  expect(trace.filter(({ type }) => type === 'crashed')).toHaveLength(40);
  expect(verdict).toMatchObject({ safe: true, live: true, violations: [] });
  expect(verdict.clients.map(({ answered }) => answered)).toEqual(Array(clients).fill(each));
  expect(verdict.replicas.map(({ executed }) => executed)).toEqual(Array(4).fill(clients * each));
  expect(new Set(verdict.replicas.map(({ stateDigest }) => stateDigest)).size).toBe(1);
});
