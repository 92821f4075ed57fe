import { writeFile } from 'node:fs/promises';

import type { LabPage } from './lab-page.ts';
import { expect, test } from './lab-test.ts';
import { Simulator } from './simulator.ts';

let simulator: Simulator;

test.beforeAll(async () => {
  simulator = await Simulator.start();
});

test.afterAll(() => simulator.close());

const storages = [
  { query: 'storage=indexeddb&durability=strict', engine: 'IndexedDB, strict' },
  { query: 'storage=opfs', engine: 'OPFS, relaxed' },
  { query: 'storage=opfs&durability=strict', engine: 'OPFS, strict' },
  { query: 'storage=memory', engine: 'memory, lost with the page' },
];

for (const { query, engine } of storages) {
  test(`on ${engine}, crashes give the same trace digest as in the simulation`, async ({ lab }) => {
    await lab.open(`?play=0&scenario=all-crash-and-resume&${query}`);
    const verdict = await lab.finish();

    expect(verdict).toEqual(simulator.verdict('all-crash-and-resume'));
    await lab.replica(0).click();
    await lab.page.getByRole('tab', { name: 'Disk' }).click();
    await expect(lab.page.getByText(engine)).toBeVisible();
  });
}

/** A number that the disk tab tells. */
async function factOf(lab: LabPage, name: string): Promise<number> {
  const term = lab.page.getByRole('term').filter({ hasText: new RegExp(`^${name}$`) });
  const text = await term.locator('xpath=following-sibling::dd[1]').textContent();
  return Number.parseInt(text ?? '', 10);
}

/** Long enough that every log is compacted; then a replica starts from what its disk was before that, then another. */
const longRun = {
  format: 'pbft-lab/scenario@1',
  seed: 3,
  steps: [
    ...Array.from({ length: 60 }, (_, i) => ({
      do: 'submit',
      operation: { put: [`k${i % 9}`, String(i)] },
    })),
    { do: 'crash', replica: 3, at: 4000 },
    { do: 'restart', replica: 3, disk: 'older', from: 400, at: 4100 },
    { do: 'crash', replica: 2, at: 7000 },
    { do: 'restart', replica: 2, disk: 'lose-last', commits: 330, at: 7100 },
    { do: 'crash', replica: 1, at: 10_000 },
    { do: 'restart', replica: 1, disk: 'corrupt', record: 200, at: 10_100 },
  ],
  until: { atMs: 12_000 },
};

for (const storage of ['indexeddb', 'opfs', 'memory']) {
  test(`on ${storage}, older copies of compacted disks give the same trace digest as in the simulation`, async ({
    lab,
  }) => {
    test.setTimeout(180_000);
    const file = test.info().outputPath('long-run.json');
    await writeFile(file, JSON.stringify(longRun));
    await lab.open(`?play=0&storage=${storage}`);
    const verdict = await lab.run(longRun);

    expect(verdict).toEqual(simulator.verdict(file));
    expect(verdict.counts).toMatchObject({ crashes: 3, restarts: 3 });
    // Replica 0 was left alone: its log is shorter than its past.
    await lab.replica(0).click();
    await lab.page.getByRole('tab', { name: 'Disk' }).click();
    expect(await factOf(lab, 'records')).toBeLessThan(await factOf(lab, 'commits'));
  });
}

test('a page whose disks are files goes on from them when it is loaded again', async ({ lab }) => {
  await lab.open('?play=0&storage=opfs');
  await lab.load({
    seed: 11,
    steps: [
      { do: 'submit', operation: { put: ['x', '1'] } },
      { do: 'submit', operation: { add: ['x', 4] } },
    ],
    until: { executed: 2 },
  });
  await lab.runUntil({ replica: 1, reaches: 'prepared', sequence: 2 });
  const before = (await lab.trace()).filter(({ type }) => type === 'persisted').length;

  await lab.reload();

  const after = await lab.trace();
  expect(after.filter(({ type }) => type === 'persisted')).toHaveLength(before);
  const verdict = await lab.finish();
  expect(verdict).toMatchObject({ safe: true, live: true, ended: 'executed' });
  expect(verdict.counts).toMatchObject({ crashes: 5, restarts: 5 });
  expect(verdict.replicas.map(({ executed }) => executed)).toEqual([2, 2, 2, 2]);
});

test('a session whose disks are elsewhere is not taken for this one', async ({ lab }) => {
  await lab.open('?play=0&storage=opfs');
  await lab.runUntil({ replica: 1, reaches: 'prepared' });

  await lab.open('?play=0&storage=indexeddb');

  const crashes = (await lab.trace()).filter(({ type }) => type === 'crashed');
  expect(crashes).toEqual([]);
  expect(await lab.nowMs()).toBe(0);
});

test('an address that asks for a storage there is not is told so', async ({ lab }) => {
  await lab.open('?play=0&storage=tape');

  await expect(lab.problems).toContainText('storage=tape: expected indexeddb, opfs or memory');
});
