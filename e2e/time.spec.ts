import { expect, test } from './lab-test.ts';

const scenario = {
  seed: 4,
  clients: 1,
  steps: [
    { do: 'submit', operation: { put: ['x', '1'] } },
    { do: 'submit', operation: { add: ['x', 2] } },
  ],
  until: { atMs: 3000 },
};

function unsigned(value: unknown): string {
  return JSON.stringify(value).replaceAll(/[0-9a-f]{128}/g, 'signature');
}

test('the past shows what each replica was then, executed again', async ({ lab }) => {
  await lab.open();
  await lab.load(scenario);
  await lab.runUntil({ replica: 2, reaches: 'prepared', sequence: 1 });
  const atMs = await lab.nowMs();
  const then = await lab.inspect(2);
  await lab.runUntil({ quiet: true });
  const now = await lab.inspect(2);
  expect(now).not.toEqual(then);

  await lab.seek(atMs);
  // What is executed again is not signed again: signatures are stand-ins there.
  expect(unsigned(await lab.inspect(2))).toBe(unsigned(then));
  await lab.replica(2).click();
  await expect(lab.page.getByTestId('past-note')).toContainText('executed again');
});

test('a history forks in the past, and the one before is kept and compared', async ({ lab }) => {
  await lab.open();
  await lab.load(scenario);
  await lab.runUntil({ replica: 2, reaches: 'prepared', sequence: 1 });
  const atMs = await lab.nowMs();
  await lab.runUntil({ quiet: true });
  const first = await lab.trace();
  const digest = await lab.digest();

  // Nothing is done: the fork runs as its origin did.
  await lab.fork(atMs);
  await lab.runUntil({ quiet: true });
  expect(await lab.digest()).toBe(digest);

  // Acting in the past is a fork, too.
  await lab.seek(atMs);
  await lab.crash(2);
  await lab.runUntil({ quiet: true });
  const second = await lab.trace();
  const shared = first.filter((event) => event.atMs <= atMs);
  expect(second.slice(0, shared.length)).toEqual(shared);
  expect(second.some(({ type }) => type === 'crashed')).toBe(true);

  await lab.page.getByTestId('compare').click();
  await lab.page.getByLabel('The other history').selectOption('main');
  await expect(lab.page.getByTestId('parting')).toContainText(/equal for \d+ events/);
  await lab.page.getByTestId('compare-dialog').getByRole('button', { name: 'Close' }).click();

  await lab.page.getByTestId('branch').selectOption({ label: 'main' });
  await expect.poll(() => lab.digest()).toBe(digest);
});

test('a link made after thirty deeds gives the same trace elsewhere', async ({ lab, browser }) => {
  await lab.open();
  await lab.load({ ...scenario, until: { atMs: 60_000 } });
  for (let i = 0; i < 10; i += 1) {
    await lab.submit({ put: [`k${i}`, String(i)] });
    await lab.crash(i % 4);
    await lab.step(5);
    await lab.restart(i % 4);
    await lab.step(20);
  }
  const digest = await lab.digest();
  await lab.page.getByTestId('share').click();
  const field = lab.page.getByTestId('share-link');
  await expect(field).toHaveValue(/#s=/);
  const link = await field.inputValue();
  expect(link.length).toBeLessThan(2048);

  const elsewhere = await browser.newContext();
  const other = lab.on(await elsewhere.newPage());
  await other.page.goto(link);
  await other.ready();
  expect(await other.digest()).toBe(digest);
  await expect(other.problems).toHaveCount(0);
  await other.submit({ put: ['more', '1'] });
  await lab.page.getByTestId('share-dialog').getByRole('button', { name: 'Close' }).click();
  await lab.submit({ put: ['more', '1'] });
  await other.runUntil({ quiet: true });
  await lab.runUntil({ quiet: true });
  expect(await other.digest()).toBe(await lab.digest());
  await elsewhere.close();
});

test('a link that was cut short says so, and the lab opens all the same', async ({ lab }) => {
  await lab.open('?play=0#s=abcd');
  await expect(lab.problems).toContainText('The link could not be opened');
  expect((await lab.verdict()).replicas).toHaveLength(4);
});
