import type { LiveOptions } from '#host/live/live-report.ts';

import { openBuiltPage } from './built-page.ts';
import { expect, test } from './lab-test.ts';

const options: LiveOptions = {
  n: 4,
  seed: 11,
  batchMax: 10,
  pipeline: 4,
  checkpointInterval: 16,
  load: { kind: 'closed', clients: 16 },
  operations: 2000,
  storage: { kind: 'indexed-db', durability: 'relaxed' },
};

test.describe.configure({ timeout: 240_000 });

test.beforeEach(async ({ page }) => {
  await openBuiltPage(page, 'live-engine', 'liveEngine');
});

test('2,000 operations, while a backup is terminated and restarted every second', async ({
  page,
}) => {
  const { result, faults } = await page.evaluate(async (options) => {
    const { liveEngine } = window;
    await liveEngine.start(options);
    const { running } = liveEngine;
    let faults = 0;
    while (liveEngine.last?.loadEnded !== true) {
      // The load of a fast machine may be over before the first second is.
      await liveEngine.wait(faults === 0 ? 300 : 1000);
      const backup = 1 + (faults % 3);
      running.crash(backup);
      await liveEngine.wait(100);
      await running.restart(backup);
      faults += 1;
    }
    return { result: await running.stop(), faults };
  }, options);

  expect(result).toMatchObject({
    acknowledged: 2000,
    lost: 0,
    contradictions: 0,
    unequalStates: 0,
    executedTwice: 0,
    executed: { 0: 2000, 1: 2000, 2: 2000, 3: 2000 },
    faults: { crash: faults },
    violations: [],
  });
  expect(new Set(Object.values(result.stateDigests)).size).toBe(1);
  expect(faults).toBeGreaterThan(0);

  const marks = await page.evaluate(() =>
    window.liveEngine.samples.flatMap(({ marks }) => marks.map(({ kind }) => kind)),
  );
  expect(marks).toContain('crash');
  expect(marks).toContain('voting-again');
});

for (const storage of [{ kind: 'opfs', durability: 'strict' }, { kind: 'memory' }] as const) {
  test(`a pause, a partition and a liar are survived, on ${storage.kind}`, async ({ page }) => {
    const result = await page.evaluate(
      async (options) => {
        const { liveEngine } = window;
        await liveEngine.start(options);
        const { running } = liveEngine;
        running.byzantine(3, { behaviour: 'double-vote' });
        await liveEngine.wait(500);
        running.byzantine(3, null);
        running.pause(2);
        await liveEngine.wait(300);
        running.resume(2);
        running.partition([[0, 1, 2], [3]]);
        await liveEngine.wait(300);
        return running.stop();
      },
      { ...options, operations: 100_000, storage },
    );

    expect(result.acknowledged).toBeGreaterThan(0);
    expect(result).toMatchObject({
      lost: 0,
      contradictions: 0,
      unequalStates: 0,
      executedTwice: 0,
      faults: { byzantine: 1, pause: 1, partition: 1 },
      violations: [],
    });
  });
}

test('a primary that is terminated is replaced, and the load goes on', async ({ page }) => {
  const result = await page.evaluate(
    async (options) => {
      const { liveEngine } = window;
      await liveEngine.start(options);
      const { running } = liveEngine;
      await liveEngine.wait(300);
      running.crash(0);
      const before = liveEngine.last?.acknowledged ?? 0;
      while ((liveEngine.last?.acknowledged ?? 0) < before + 200) {
        await liveEngine.wait(50);
      }
      return running.stop();
    },
    { ...options, operations: 100_000 },
  );

  expect(result).toMatchObject({ lost: 0, contradictions: 0, unequalStates: 0, violations: [] });
});

test('stop works while everybody is down, and a second time', async ({ page }) => {
  const { result, again } = await page.evaluate(async (options) => {
    const { liveEngine } = window;
    await liveEngine.start(options);
    const { running } = liveEngine;
    await liveEngine.wait(300);
    for (const replica of [0, 1, 2, 3]) running.crash(replica);
    return { result: await running.stop(), again: await running.stop() };
  }, options);

  expect(again).toEqual(result);
  expect(Object.keys(result.stateDigests)).toEqual(['0', '1', '2', '3']);
  expect(result).toMatchObject({
    lost: 0,
    contradictions: 0,
    unequalStates: 0,
    executedTwice: 0,
    faults: { crash: 4 },
    violations: [],
  });
});

test('what cannot be run is refused in words, and changes nothing', async ({ page }) => {
  const refusals = await page.evaluate(async (options) => {
    const { liveEngine } = window;
    const said: string[] = [];
    const attempt = async (action: () => unknown): Promise<void> => {
      try {
        await action();
        said.push('done');
      } catch (error) {
        said.push(error instanceof Error ? `${error.name}: ${error.message}` : 'unknown');
      }
    };
    await attempt(() => liveEngine.start({ ...options, batchMax: -1 }));
    await attempt(() =>
      liveEngine.start({ ...options, load: { kind: 'open', clients: 4, rate: 0 } }),
    );
    await attempt(() => liveEngine.start({ ...options, operations: 10_000_000 }));
    await liveEngine.start(options);
    const { running } = liveEngine;
    await attempt(() => liveEngine.start(options));
    await attempt(() => running.crash(4));
    await attempt(() => running.restart(1));
    await attempt(() => running.byzantine(1, { behaviour: 'twin' }));
    await running.stop();
    await attempt(() => liveEngine.start({ ...options, operations: 20 }));
    await liveEngine.running.stop();
    return said;
  }, options);

  expect(refusals).toEqual([
    expect.stringMatching(/^LiveOptionsError: .*in a batch .* not -1/),
    expect.stringMatching(/^LiveOptionsError: .*operations a second .* not 0/),
    expect.stringMatching(/^LiveOptionsError: .*operations .* not 10000000/),
    'LiveOptionsError: A live run is under way: stop it first.',
    'LiveOptionsError: There is no replica 4.',
    'LiveOptionsError: Replica 1 is not down.',
    'LiveOptionsError: twin is there in the lab only.',
    'done',
  ]);
});
