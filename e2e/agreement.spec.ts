import type { TraceEvent } from '#core/network/trace-event.ts';

import { expect, test } from './lab-test.ts';

const phases = ['pre-prepared', 'prepared', 'committed', 'executed'] as const;

/** Who reached a phase, in the order of ids. */
function whoReached(
  trace: readonly TraceEvent[],
  phase: (typeof phases)[number],
): readonly unknown[] {
  const processes = trace.flatMap(({ type, process }) => (type === phase ? [process] : []));
  return [...new Set(processes)].toSorted((a, b) => Number(a) - Number(b));
}

for (const replicas of [4, 7]) {
  test(`an operation passes through every phase at each of ${replicas} replicas`, async ({
    lab,
  }) => {
    await lab.open();
    await lab.load({ replicas, until: { executed: 1 } });
    await lab.submit({ put: ['color', 'blue'] });
    const verdict = await lab.finish();

    const everybody = Array.from({ length: replicas }, (_, i) => i);
    const trace = await lab.trace();
    for (const phase of phases) {
      expect(whoReached(trace, phase), phase).toEqual(everybody);
    }
    expect(verdict).toMatchObject({ safe: true, live: true });
    expect(verdict.clients[0]?.results).toEqual(['ok']);
    expect(new Set(verdict.replicas.map(({ stateDigest }) => stateDigest)).size).toBe(1);
  });
}

test('each replica and each client is a worker of its own, and so is the bus', async ({ lab }) => {
  await lab.open();
  await lab.load({ replicas: 4, clients: 2 });

  const names = await lab.workers();
  expect(names.sort()).toEqual([
    'bus',
    ...[0, 1, 2, 3, 'c0', 'c1'].map((process) => `process ${process}`),
  ]);
});

test('a cluster with one silent backup decides', async ({ lab }) => {
  await lab.open();
  const verdict = await lab.run('silent-backup');

  expect(verdict).toMatchObject({ safe: true, live: true, met: true });
  expect(verdict.counts.decided).toBeGreaterThan(0);
});

test('an equivocating primary is found out, and no two correct replicas execute different operations', async ({
  lab,
}) => {
  await lab.open();
  const verdict = await lab.run('equivocating-primary');
  const trace = await lab.trace();

  expect(trace.find(({ type }) => type === 'evidence')).toMatchObject({
    type: 'evidence',
    culprit: 0,
  });
  const executed = trace.flatMap((event) =>
    event.type === 'executed' && event.process !== 0 ? [`${event.sequence} ${event.digest}`] : [],
  );
  expect(executed).toHaveLength(3);
  expect(new Set(executed).size).toBe(1);
  expect(verdict).toMatchObject({ safe: true, live: true, met: true });
});

test('what is refused says why and changes nothing', async ({ lab }) => {
  await lab.open();
  const before = await lab.scenario();

  await expect(lab.load({ replicas: 4, steps: [{ do: 'crash', replica: 7 }] })).rejects.toThrow(
    /steps\[0\]/,
  );
  await expect(lab.load('no-such-scenario')).rejects.toThrow(/no-such-scenario/);
  await expect(lab.crash(9)).rejects.toThrow(/9/);
  expect(await lab.scenario()).toEqual(before);
});

test('a message in flight can be held, and arrives when it is released', async ({ lab }) => {
  await lab.open();
  await lab.load('normal-case');
  await lab.runUntil({ replica: 1, reaches: 'pre-prepared' });
  const flying = (await lab.trace()).find(
    (event) => event.type === 'sent' && event.process === 1 && event.to === 2,
  );
  const message = flying?.type === 'sent' ? flying.message : -1;
  const deliveries = async (): Promise<number> =>
    (await lab.trace()).filter((event) => event.type === 'delivered' && event.message === message)
      .length;

  await lab.do({ do: 'message', message, deed: 'hold' });
  await lab.runUntil({ client: 0, answered: 1 });
  expect(await deliveries()).toBe(0);
  await lab.do({ do: 'message', message, deed: 'release' });
  await lab.finish();
  expect(await deliveries()).toBe(1);
});
