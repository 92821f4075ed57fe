import { LabPage } from './lab-page.ts';
import { expect, test } from './lab-test.ts';

test('a lab plays by itself, slowly, until it is paused', async ({ lab }) => {
  await lab.open('');
  await expect.poll(() => lab.nowMs()).toBeGreaterThan(5);
  await lab.page.evaluate(() => window.pbftLab.pause());
  const pausedAt = await lab.nowMs();
  await lab.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)));

  expect(await lab.nowMs()).toBe(pausedAt);
});

test('playing to the end gives the same trace as running to the end', async ({ lab }) => {
  await lab.open('?scenario=normal-case&play=0&rate=2');
  const { traceDigest } = await lab.run('normal-case');
  await lab.load('normal-case');
  await lab.page.evaluate(() => window.pbftLab.play());
  await expect
    .poll(() => lab.page.evaluate(async () => (await window.pbftLab.state()).playing))
    .toBe(false);

  expect((await lab.verdict()).traceDigest).toBe(traceDigest);
});

test('stepping from event to event gives the same trace as running to the end', async ({ lab }) => {
  await lab.open();
  const { traceDigest } = await lab.run('normal-case');
  await lab.load('normal-case');
  await lab.page.evaluate(() => window.pbftLab.step(400));

  expect((await lab.verdict()).traceDigest).toBe(traceDigest);
});

test('an address says what is shown; what it cannot say is named', async ({ lab }) => {
  await lab.open('?scenario=normal-case&n=7&seed=3&play=0&rate=fast');

  expect(await lab.scenario()).toMatchObject({ replicas: 7, seed: 3 });
  await expect(lab.problems.filter({ hasText: 'rate=fast' })).toBeVisible();
});

test('an address that asks for no scenario of the library says so and shows another', async ({
  lab,
}) => {
  await lab.open('?scenario=nonesuch&play=0');

  await expect(lab.problems.filter({ hasText: 'nonesuch' })).toBeVisible();
  expect((await lab.scenario()).replicas).toBe(4);
});

test('the past stays as it was: acting in it makes another history', async ({ lab }) => {
  await lab.open();
  await lab.load('normal-case');
  await lab.runUntil({ replica: 0, executed: 1 });
  const whole = await lab.trace();
  await lab.page.evaluate(() => window.pbftLab.seek(10));
  expect(await lab.nowMs()).toBe(10);

  await lab.crash(1);
  await expect(lab.problems.filter({ hasText: 'Another history' })).toBeVisible();
  const past = whole.filter(({ atMs }) => atMs <= 10);
  expect((await lab.trace()).slice(0, past.length)).toEqual(past);
  await lab.page.evaluate(() => window.pbftLab.openBranch('main'));
  expect(await lab.trace()).toEqual(whole);
});

test('a second tab does not take the cluster, and can open another', async ({ lab, context }) => {
  await lab.open();
  const second = new LabPage(await context.newPage());
  await second.page.goto('?play=0');
  await expect(second.page.getByRole('heading')).toHaveText('This cluster is open in another tab');

  await second.page.getByRole('button', { name: 'Open a new cluster' }).click();
  await second.ready();
  expect(await second.run('normal-case')).toMatchObject({ safe: true, live: true });
  expect(await lab.run('normal-case')).toMatchObject({ safe: true, live: true });
});

test('a disk that the browser takes away stops its replicas: they say so, and send nothing that is not stored', async ({
  lab,
}) => {
  await lab.open();
  await lab.load('normal-case');
  await lab.runUntil({ replica: 1, reaches: 'pre-prepared' });
  const devtools = await lab.page.context().newCDPSession(lab.page);
  const { origin } = new URL(lab.page.url());
  await devtools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
  await lab.runUntil({ atMs: 3000 });
  await expect(lab.problems.filter({ hasText: 'Not everything is recorded' })).toBeVisible();
  await expect(lab.submit({ get: 'x' })).rejects.toThrow(/could not be recorded/);

  const trace = await lab.trace();
  const failures = trace.filter(({ type }) => type === 'failed');
  expect(failures).toHaveLength(5);
  for (const failure of failures) {
    expect(failure).toMatchObject({
      problem: expect.stringContaining('the browser closed it'),
    });
    const after = trace.filter(
      ({ id, type, process }) => type === 'sent' && process === failure.process && id > failure.id,
    );
    expect(after).toEqual([]);
  }
});

test('without IndexedDB the disks are in memory, and a banner says so', async ({ lab }) => {
  await lab.page.addInitScript(() => {
    Object.defineProperty(window, 'indexedDB', { value: undefined });
  });
  await lab.open();
  await expect(lab.problems.filter({ hasText: 'IndexedDB' })).toBeVisible();

  await lab.load('normal-case');
  await lab.runUntil({ replica: 1, reaches: 'prepared' });
  await lab.crash(1);
  await lab.restart(1);
  const verdict = await lab.finish();

  expect(verdict).toMatchObject({ safe: true, live: true });
  expect(new Set(verdict.replicas.map(({ stateDigest }) => stateDigest)).size).toBe(1);
});

test('a browser that lacks something gets a page that says what', async ({ lab }) => {
  await lab.page.addInitScript(() => {
    Object.defineProperty(navigator, 'locks', { value: undefined });
  });
  await lab.page.goto('');

  await expect(lab.page.getByRole('heading')).toHaveText('PBFT Lab cannot run in this browser');
  await expect(lab.page.getByText('Web Locks')).toBeVisible();
});

test('a worker that dies unasked is a crash of its replica, which can be restarted', async ({
  lab,
}) => {
  await lab.open();
  await lab.load('normal-case');
  await lab.runUntil({ replica: 1, reaches: 'prepared' });
  const [, first] = lab.page.workers();
  await first?.evaluate(() => {
    setTimeout(() => {
      throw new Error('struck by lightning');
    });
  });
  await expect(lab.problems.filter({ hasText: 'struck by lightning' })).toBeVisible();
  await lab.finish();

  const crashes = (await lab.trace()).filter(({ type }) => type === 'crashed');
  expect(crashes).toHaveLength(1);
  const steps = (await lab.scenario()).steps.filter((step) => step.do === 'crash');
  expect(steps).toHaveLength(1);
});

test('what is sent when everything is decided is decided too, without a press on play', async ({
  lab,
}) => {
  await lab.open('?scenario=normal-case&rate=20');
  const playing = (): Promise<boolean> =>
    lab.page.evaluate(async () => (await window.pbftLab.state()).playing);
  await expect.poll(playing).toBe(false);
  await lab.page.getByTestId('operation').fill('put y 2');
  await lab.page.getByTestId('submit').click();
  await expect.poll(async () => (await lab.verdict()).clients[0]?.answered).toBe(3);

  expect(await lab.verdict()).toMatchObject({ safe: true, live: true });
});

test('a scenario chosen while another plays begins to play', async ({ lab }) => {
  await lab.open('?scenario=normal-case');
  await lab.page.getByTestId('scenario').selectOption('silent-backup');
  await expect.poll(async () => (await lab.scenario()).name).toBe('Silent backup');

  await expect.poll(() => lab.nowMs()).toBeGreaterThan(5);
});
