import type { Inspection } from '#core/replica/inspection.ts';
import type { Verdict } from '#core/simulation/scenario.ts';

import type { ShortScenario } from './lab-page.ts';
import { expect, test } from './lab-test.ts';

/** Three operations; every replica executes them. */
const work: ShortScenario & { readonly steps: readonly object[] } = {
  seed: 11,
  steps: [
    { do: 'submit', operation: { put: ['x', '1'] } },
    { do: 'submit', operation: { add: ['x', 4] } },
    { do: 'submit', operation: { get: 'x' } },
  ],
  until: { executed: 3 },
};

function expectEqualStates({ replicas, ...verdict }: Verdict): void {
  expect(verdict).toMatchObject({ safe: true, live: true, ended: 'executed', violations: [] });
  expect(replicas.map(({ executed }) => executed)).toEqual(replicas.map(() => 3));
  expect(new Set(replicas.map(({ stateDigest }) => stateDigest)).size).toBe(1);
}

for (const phase of ['pre-prepared', 'prepared', 'committed', 'executed']) {
  test(`a backup killed in the turn in which it is ${phase}, before or after its commit or its send, recovers and ends in the same state`, async ({
    lab,
  }) => {
    await lab.open();
    for (const point of ['before-commit', 'after-commit', 'after-send']) {
      const when = { replica: 1, reaches: phase, sequence: 1 };
      const crash = { do: 'crash', replica: 1, point, when };
      const restart = { do: 'restart', replica: 1, when, after: 60 };
      const verdict = await lab.run({ ...work, steps: [...work.steps, crash, restart] });

      expect(verdict.counts, point).toMatchObject({ crashes: 1, restarts: 1 });
      expectEqualStates(verdict);
    }
  });
}

test('a crash ends the worker of the replica, and a restart makes another', async ({ lab }) => {
  await lab.open();
  await lab.load(work);
  await lab.runUntil({ replica: 2, reaches: 'prepared' });
  /** Without the bus. */
  const processes = (): number => lab.page.workers().length - 1;

  expect(processes()).toBe(5);
  await lab.crash(2);
  await expect.poll(processes).toBe(4);
  expect(await lab.inspect(2)).toBeUndefined();
  await lab.restart(2);
  await expect.poll(processes).toBe(5);
  expectEqualStates(await lab.finish());
});

/**
 * What a restart renews in a replica (pbft.md 1.16): it counts a new incarnation, its timers begin afresh, and until others
 * have told it what it last said, it holds its tongue. Everything else is as the disk has it.
 */
const renewed: ReadonlySet<string> = new Set([
  'certain',
  'concern',
  'incarnation',
  'recollection',
  'recovered',
  'timer',
]);

/** Where a replica's workflows stand, and what they hold; the number of its lives apart. */
function standing(inspection: Inspection | undefined): readonly object[] {
  const workflows = inspection?.workflows ?? [];
  return workflows.map(({ function: name, file, line, column, await: text, locals }) => {
    const held: unknown = JSON.parse(JSON.stringify(locals), (field, value: unknown) =>
      renewed.has(field) ? undefined : value,
    );
    return { name, file, line, column, text, held };
  });
}

/** Those workflows that agree on a slot. */
function agreement(all: readonly object[]): readonly object[] {
  return all.filter((workflow) => JSON.stringify(workflow).includes('agreement.ts#agree'));
}

test('after a crash at a suspended await the same workflow stands at the same line with the same locals', async ({
  lab,
}) => {
  await lab.open();
  await lab.load(work);
  await lab.runUntil({ replica: 1, reaches: 'prepared' });
  const before = standing(await lab.inspect(1));
  expect(before.map((workflow) => JSON.stringify(workflow)).join('\n')).toContain(
    'agreement.ts#agree',
  );

  await lab.crash(1);
  await lab.restart(1);
  const after = standing(await lab.inspect(1));

  expect(agreement(after)).toEqual(agreement(before));
  expectEqualStates(await lab.finish());
});

test('when all replicas and the client have crashed and started again, the work goes on', async ({
  lab,
}) => {
  await lab.open();
  await lab.load(work);
  await lab.runUntil({ replica: 3, reaches: 'prepared' });
  for (const process of [0, 1, 2, 3, 'c0'] as const) await lab.crash(process);
  await expect.poll(() => lab.page.workers().length).toBe(1);
  for (const process of [0, 1, 2, 3, 'c0'] as const) await lab.restart(process);

  expectEqualStates(await lab.finish());
});

test('a page that is loaded again in the middle of the protocol goes on from the disks', async ({
  lab,
}) => {
  await lab.open();
  await lab.load(work);
  await lab.runUntil({ replica: 1, reaches: 'prepared', sequence: 2 });
  const executedBefore = (await lab.verdict()).replicas.map(({ executed }) => executed);
  const turnsBefore = (await lab.trace()).filter(({ type }) => type === 'persisted').length;

  await lab.reload();

  const trace = await lab.trace();
  expect(trace.filter(({ type }) => type === 'persisted')).toHaveLength(turnsBefore);
  expect(
    trace.flatMap(({ type, process }) => (type === 'crashed' ? [String(process)] : [])).toSorted(),
  ).toEqual(['0', '1', '2', '3', 'c0']);
  const verdict = await lab.finish();
  expect(verdict.counts).toMatchObject({ crashes: 5, restarts: 5, rejected: expect.any(Number) });
  expectEqualStates(verdict);
  verdict.replicas.forEach(({ executed }, id) => {
    expect(executed).toBeGreaterThanOrEqual(executedBefore[id] ?? 0);
  });
});

test('a page can be loaded again and again, and what a person did in between is kept', async ({
  lab,
}) => {
  await lab.open();
  await lab.load({ ...work, until: { executed: 4 } });
  await lab.runUntil({ replica: 2, reaches: 'pre-prepared' });
  await lab.submit({ put: ['y', '9'] });
  await lab.reload();
  await lab.runUntil({ replica: 0, executed: 2 });
  await lab.reload();
  const verdict = await lab.finish();

  expect(verdict).toMatchObject({ safe: true, live: true, ended: 'executed' });
  expect(verdict.clients[0]).toMatchObject({ submitted: 4, answered: 4 });
  expect(verdict.counts.crashes).toBe(10);
});

test('a replica whose disk was damaged says so and does not vote', async ({ lab }) => {
  await lab.open();
  await lab.load(work);
  await lab.runUntil({ replica: 3, reaches: 'prepared' });
  await lab.crash(3);
  await lab.restart(3, { disk: 'corrupt' });
  const verdict = await lab.finish();

  const trace = await lab.trace();
  const learner = trace.find(({ type, process }) => type === 'learner' && process === 3);
  expect(learner).toMatchObject({ why: 'refused-store' });
  const votes = ['pre-prepare', 'prepare', 'commit', 'view-change', 'new-view'];
  const votesAfter = trace.filter(
    (event) =>
      event.type === 'sent' &&
      event.process === 3 &&
      event.id > (learner?.id ?? 0) &&
      votes.includes(event.header.kind),
  );
  expect(votesAfter).toEqual([]);
  expect(verdict.replicas[3]).toMatchObject({ status: 'learner' });
  expect(verdict).toMatchObject({ safe: true });
});
