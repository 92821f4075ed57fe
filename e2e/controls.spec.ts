import type { LabPage } from './lab-page.ts';
import { expect, test } from './lab-test.ts';

const playing = (lab: LabPage): Promise<boolean> =>
  lab.page.evaluate(async () => (await window.pbftLab.state()).playing);

/** The message of this kind that was sent last from one to another. */
async function lastSent(lab: LabPage, kind: string, from: number, to: number): Promise<number> {
  const sent = (await lab.trace()).findLast(
    (event) =>
      event.type === 'sent' &&
      event.header.kind === kind &&
      event.process === from &&
      event.to === to,
  );
  return sent?.type === 'sent' ? sent.message : -1;
}

test('every key does what the help says, and single keys can be turned off', async ({ lab }) => {
  await lab.open('?scenario=normal-case&play=0&rate=0.05');
  const { page } = lab;
  const { keyboard } = page;
  await lab.runUntil({ replica: 1, reaches: 'prepared' });
  const edge = await lab.nowMs();

  await keyboard.press('ArrowLeft');
  await expect.poll(() => lab.nowMs()).toBeLessThan(edge);
  await keyboard.press('End');
  await expect.poll(() => lab.nowMs()).toBe(edge);
  await keyboard.press('ArrowRight');
  await expect.poll(() => lab.nowMs()).toBeGreaterThan(edge);
  await keyboard.press('ArrowDown');
  await keyboard.press(' ');
  await expect.poll(() => playing(lab)).toBe(true);
  await keyboard.press(' ');
  await expect.poll(() => playing(lab)).toBe(false);

  await keyboard.press('3');
  await expect(lab.replica(2)).toHaveAttribute('data-selected', 'true');
  await keyboard.press('b');
  await expect(page.getByRole('form', { name: 'Replica 2 is Byzantine' })).toBeVisible();
  await keyboard.press('Escape');
  await keyboard.press('p');
  await expect(page.getByRole('form', { name: 'Divide the network' })).toBeVisible();
  await keyboard.press('Escape');
  await expect(page.getByRole('form', { name: 'Divide the network' })).toHaveCount(0);
  await keyboard.press('v');
  await expect(page.getByTestId('swimlane')).toBeVisible();
  for (const [key, dialog] of [
    ['s', 'share-dialog'],
    ['e', 'export-dialog'],
    ['?', 'help-dialog'],
  ] as const) {
    await keyboard.press(key);
    await expect(page.getByTestId(dialog)).toBeVisible();
    await keyboard.press('Escape');
    await expect(page.getByTestId(dialog)).toBeHidden();
  }
  await keyboard.press('3');
  await keyboard.press('c');
  await expect(lab.replica(2)).toHaveAttribute('data-life', 'crashed');
  await lab.seek(5);
  await keyboard.press('f');
  await expect(page.getByTestId('branch')).toHaveValue('branch 2');

  await keyboard.press('?');
  await page.getByLabel('Single keys').uncheck();
  await keyboard.press('Escape');
  await keyboard.press('s');
  await keyboard.press('3');
  await expect(page.getByTestId('share-dialog')).toHaveCount(0);
  await keyboard.press('ArrowDown');
  await expect(lab.replica(2)).toHaveAttribute('data-selected', 'false');
});

test('an address opens a size, a seed, a rate, an instant, a durability; and says so', async ({
  lab,
}) => {
  await lab.open('?scenario=normal-case&n=7&seed=3&play=0&rate=0.5&at=25&durability=strict');
  const { page } = lab;

  expect(await lab.scenario()).toMatchObject({ replicas: 7, seed: 3 });
  await expect(page.getByTestId('replicas')).toHaveValue('7');
  expect(await playing(lab)).toBe(false);
  expect(await lab.nowMs()).toBe(25);
  await expect(page.getByTestId('now')).toContainText('25');
  await expect(page.getByTestId('rate')).toHaveAttribute('aria-valuetext', /0\.5/);
  await page.keyboard.press('1');
  await page.getByTestId('tab-disk').click();
  await expect(page.getByText('IndexedDB, strict')).toBeVisible();
});

test('size, seed, theme, rate and playhead are set by hand, and one sentence a step is spoken', async ({
  lab,
}) => {
  await lab.open('?scenario=normal-case&play=0');
  const { page } = lab;
  await page.getByTestId('replicas').selectOption('5');
  await expect.poll(async () => (await lab.scenario()).replicas).toBe(5);
  await page.getByTestId('seed').fill('11');
  await page.getByTestId('seed').press('Enter');
  await expect.poll(async () => (await lab.scenario()).seed).toBe(11);

  const html = page.locator('html');
  await page.getByTestId('theme').click();
  await expect(html).toHaveAttribute('data-theme', 'light');
  await page.getByTestId('theme').click();
  await expect(html).toHaveAttribute('data-theme', 'dark');

  const before = await page.getByTestId('rate').getAttribute('aria-valuetext');
  await page.getByTestId('rate').press('ArrowRight');
  await expect(page.getByTestId('rate')).not.toHaveAttribute('aria-valuetext', before ?? '');

  await page.getByTestId('step').click();
  const said = page.getByTestId('live-region');
  await expect(said).toHaveText(/\S.*[.]$/);
  const first = await said.textContent();
  await page.getByTestId('next-phase').click();
  await expect(said).not.toHaveText(first ?? '');
  await expect(page.getByTestId('phase')).toContainText('view 0');

  const phaseAtMs = async (): Promise<number> =>
    (await lab.trace()).find(({ type }) => type === 'pre-prepared')?.atMs ?? Infinity;
  await expect.poll(async () => (await lab.nowMs()) >= (await phaseAtMs())).toBe(true);
  await page.getByTestId('timeline').fill('0.5');
  await expect.poll(() => lab.nowMs()).toBe(0.5);
  await page.getByTestId('fork').click();
  await expect(page.getByTestId('branch')).toHaveValue('branch 2');
});

test('a message in flight is delayed, held, released, doubled, delivered now and dropped by hand', async ({
  lab,
}) => {
  await lab.open('?scenario=normal-case&play=0');
  const { page } = lab;
  await lab.runUntil({ replica: 1, reaches: 'pre-prepared' });
  const steps = async (): Promise<readonly unknown[]> =>
    (await lab.scenario()).steps.filter(({ do: what }) => what === 'message');
  const press = async (name: string): Promise<void> => {
    const before = (await steps()).length;
    await page.getByRole('button', { name, exact: true }).click();
    await expect.poll(async () => (await steps()).length).toBe(before + 1);
  };

  const one = await lastSent(lab, 'prepare', 1, 0);
  await page.getByTestId(`message-${one}`).dispatchEvent('click');
  await page.getByLabel('Delay in milliseconds').fill('70');
  await press('Delay by');
  await press('Hold');
  await press('Release');
  const two = await lastSent(lab, 'prepare', 1, 2);
  await page.getByTestId(`message-${two}`).dispatchEvent('click');
  await press('Duplicate');
  await press('Deliver now');
  const three = await lastSent(lab, 'prepare', 1, 3);
  await page.getByTestId(`message-${three}`).dispatchEvent('click');
  await press('Drop');

  expect(await steps()).toMatchObject([
    { message: one, deed: 'delay', ms: 70 },
    { message: one, deed: 'hold' },
    { message: one, deed: 'release' },
    { message: two, deed: 'duplicate' },
    { message: two, deed: 'deliver' },
    { message: three, deed: 'drop' },
  ]);
  expect(await lab.finish()).toMatchObject({ safe: true, live: true });
});

test('a replica is crashed at every point and restarted from every disk by hand', async ({
  lab,
}) => {
  await lab.open('?scenario=normal-case&play=0');
  const { page } = lab;
  const last = async (): Promise<unknown> => (await lab.scenario()).steps.at(-1);
  const disks = [
    { words: 'wiped', step: { disk: 'wiped' } },
    { words: 'with a damaged record', step: { disk: 'corrupt', record: 1 } },
    { words: 'an older copy', step: { disk: 'older' } },
    { words: 'as it was', step: { disk: 'kept' } },
  ];
  const points = [
    { words: 'now', point: 'now' },
    { words: 'before it is written', point: 'before-commit' },
    { words: 'written but not yet sent', point: 'after-commit' },
    { words: 'right after sending', point: 'after-send' },
  ];
  await page.getByLabel('Process', { exact: true }).selectOption('3');
  for (const [i, { words, point }] of points.entries()) {
    await lab.submit({ put: ['x', String(i)] });
    await page.getByRole('button', { name: 'Crash at a chosen point' }).click();
    await page.getByRole('radio', { name: words }).check();
    await page.getByRole('form').getByRole('button', { name: 'Crash' }).click();
    await expect.poll(last).toMatchObject({ do: 'crash', replica: 3, point });
    await lab.runUntil({ replica: 1, executed: 3 + i });
    await expect(lab.replica(3)).toHaveAttribute('data-life', 'crashed');

    await page.getByTestId('restart-with').click();
    await page.getByRole('radio', { name: disks[i]?.words ?? '' }).check();
    await page.getByRole('form').getByRole('button', { name: 'Restart' }).click();
    await expect.poll(last).toMatchObject({ do: 'restart', replica: 3, ...disks[i]?.step });
    await expect(lab.replica(3)).toHaveAttribute('data-life', 'up');
  }
  expect(await lab.finish()).toMatchObject({ safe: true, live: true });
});

test('every behaviour of a replica and of a client is let loose from its form, and safety holds', async ({
  lab,
}) => {
  test.setTimeout(300_000);
  await lab.open('?scenario=normal-case&play=0');
  const { page } = lab;
  for (const process of ['3', 'c0']) {
    await page.getByLabel('Process', { exact: true }).selectOption(process);
    await page.getByTestId('byzantine').click();
    const choice = page.getByLabel('Behaviour');
    await expect(choice).toBeVisible();
    const names = await choice
      .locator('option')
      .evaluateAll((options) => options.map((option) => option.getAttribute('value') ?? ''));
    await page.keyboard.press('Escape');
    expect(names.length).toBeGreaterThan(4);
    for (const name of names) {
      await page.getByTestId('byzantine').click();
      await choice.selectOption(name);
      if (name === 'silent-to') await page.getByRole('checkbox', { name: 'R1' }).check();
      if (name === 'collude') await page.getByLabel('Its partner').selectOption('1');
      await page.getByRole('form').locator('[type="submit"]').click();
      await expect
        .poll(async () => (await lab.scenario()).steps.at(-1))
        .toMatchObject({ do: 'byzantine', behaviour: name });
      await lab.submit({ add: ['x', 1] });
      await lab.runUntil({ atMs: (await lab.nowMs()) + 60 });
    }
  }
  expect((await lab.verdict()).violations).toEqual([]);
});

test('the state and the messages of a replica, and an event of the feed with its rule and section of the paper', async ({
  lab,
}) => {
  await lab.open('?scenario=normal-case&play=0');
  const { page } = lab;
  const inspector = page.getByTestId('inspector');
  await lab.runUntil({ replica: 1, reaches: 'prepared' });
  await expect(page.getByText('Why is everyone waiting?')).toBeVisible();
  await page.keyboard.press('2');
  await page.getByTestId('tab-state').click();
  await expect(inspector).toContainText('0, primary R0');
  await page.getByTestId('tab-messages').click();
  await inspector
    .getByRole('button', { name: /R1 → R\d: .*COMMIT/ })
    .first()
    .click();
  await expect(inspector.getByRole('heading')).toContainText('COMMIT');
  await expect(inspector).toContainText('signed by');

  const feed = page.getByTestId('feed');
  await feed
    .getByRole('button', { name: /prepared/ })
    .last()
    .click();
  await expect(inspector.getByRole('term').filter({ hasText: 'paper' })).toBeVisible();
  await expect(inspector).toContainText('4.2');
  await inspector.getByRole('button', { name: 'Inspect R1' }).click();
  await expect(lab.replica(1)).toHaveAttribute('data-selected', 'true');
});

test('rules for messages take effect as in one thread, and hold until they are released', async ({
  lab,
}) => {
  await lab.open();
  const verdict = await lab.run({
    seed: 5,
    steps: [
      { do: 'submit', operation: { put: ['x', '1'] } },
      { do: 'duplicate', match: { type: 'prepare', from: 1 }, count: 2 },
      { do: 'delay', match: { type: 'prepare', from: 2 }, ms: 40 },
      { do: 'drop', match: { type: 'commit', from: 0 }, count: 1 },
      { do: 'hold', match: { type: 'commit', from: 3 } },
      { do: 'release', match: { from: 3 }, at: 400 },
      { do: 'expectHere', executed: 1, at: 700 },
    ],
    until: { atMs: 800 },
  });
  const trace = await lab.trace();
  const count = (type: string): number => trace.filter((event) => event.type === type).length;

  expect(verdict).toMatchObject({ safe: true, live: true, unmet: [] });
  expect(verdict.counts.duplicated).toBe(2);
  expect(count('delayed')).toBe(3);
  expect(count('held')).toBe(3);
  expect(count('released')).toBe(3);
});
