import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';

import { CornerOfPage } from './corner-page.ts';
import { expect, test } from './lab-test.ts';

const samples = 'src/core/persistent/samples';

test.describe('every sample runs to its end, in a worker with a disk', () => {
  for (const { name, says } of [
    { name: 'ping-pong', says: ['PONGER: PING 0', 'PINGER: PONG 0', 'PINGER: PONG 2'] },
    { name: 'travel-agent', says: ['booked: book flight #1 and book hotel #1'] },
    { name: 'sayer', says: ['Hello', "G'day"] },
    { name: 'heartbeat', says: ['beat 3 at 3000 ms', 'silent since 3000 ms'] },
    { name: 'alarms', says: ['tea rings as number 1', 'bus rings as number 3'] },
    { name: 'downloader', says: ['got download #1 at 1900 ms'] },
  ]) {
    test(name, async ({ page }) => {
      const corner = new CornerOfPage(page);
      await corner.open(name);
      await corner.stepToTheEnd();

      for (const text of says) await expect(corner.outside).toContainText(text);
      expect(await corner.recordsOnDisk(name)).toBeGreaterThan(2);
    });
  }
});

test('plays by itself, in real time or faster, until nothing is left to happen', async ({
  page,
}) => {
  const corner = new CornerOfPage(page);
  await corner.open('sayer');
  await page.getByLabel('Speed').selectOption('10 × faster');
  await corner.press('Play');
  await expect(corner.next).toHaveText('nothing left to happen');

  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
  await expect(corner.outside).toContainText("G'day");
});

test('a worker killed at an await: a new one stands on the same line with the same locals', async ({
  page,
}) => {
  const corner = new CornerOfPage(page);
  await corner.open('ping-pong');
  for (let turn = 0; turn < 6; turn++) {
    const before = await corner.workflows();
    expect(before).toHaveLength(2);
    await corner.press('Kill');
    await expect(corner.memory).toContainText('Gone');
    await expect.poll(() => page.workers().length).toBe(0);
    await corner.press('Restart');
    await expect(corner.memory).toContainText('worker alive');

    expect(await corner.workflows()).toEqual(before);
    await corner.step();
  }
  await corner.stepToTheEnd();
  await expect(corner.outside.getByTestId('corner-entry')).toHaveCount(6);
});

test('a worker killed while it plays goes on, and the overdue timers ring in their order', async ({
  page,
}) => {
  const corner = new CornerOfPage(page);
  await corner.open('alarms');
  await page.getByLabel('Speed').selectOption('60 × faster');
  await corner.press('Play');
  await corner.press('Kill');
  // Time goes on without a worker: all four alarms are overdue.
  await expect
    .poll(async () => (await corner.clock.textContent())?.replaceAll(/\D/g, '').length, {
      timeout: 20_000,
    })
    .toBeGreaterThan(5);
  await expect(corner.outside).toContainText('Nothing has left');
  await corner.press('Pause');
  await corner.press('Restart');
  await corner.stepToTheEnd();

  const texts = await corner.outside.getByTestId('corner-entry').allTextContents();
  expect(texts.map((text) => /[a-z]+ rings as number \d/.exec(text)?.[0])).toEqual([
    'tea rings as number 1',
    'egg rings as number 2',
    'bus rings as number 3',
  ]);
});

test.describe('the travel agent undoes in reverse, each exactly once, though its worker dies', () => {
  const refusals = [
    { refused: 'reserve funds', undone: [] },
    { refused: 'book flight', undone: ['cancel reservation'] },
    { refused: 'book hotel', undone: ['cancel flight', 'cancel reservation'] },
    { refused: 'deduct funds', undone: ['cancel hotel', 'cancel flight', 'cancel reservation'] },
  ];
  for (const { refused, undone } of refusals) {
    test(`refused: ${refused}`, async ({ page }) => {
      const corner = new CornerOfPage(page);
      await corner.open('travel-agent');
      await corner.chooseWorld(`refuses to ${refused}`);
      const points = [
        'next turn, before its commit',
        'next turn, after its commit',
        'next turn, after the release',
      ];
      for (let turn = 0; (await corner.next.textContent()) !== 'nothing left to happen'; turn++) {
        await page.getByLabel('When to kill').selectOption(points[turn % 3] ?? '');
        await corner.press('Kill');
        await corner.press('Restart');
        await expect(corner.memory).toContainText('worker alive');
        // A turn that was killed before its commit is still to come.
        if (turn % 3 === 0) await corner.step();
      }

      const deeds = await corner.deeds();
      expect(deeds.slice(deeds.indexOf(refused) + 1)).toEqual(undone);
      await expect(corner.outside).toContainText(`not booked: Error: ${refused} is refused`);
    });
  }
});

test('what comes again is known by its number', async ({ page }) => {
  const corner = new CornerOfPage(page);
  await corner.open('travel-agent');
  await page.getByLabel('When to kill').selectOption('next turn, after the release');
  await corner.press('Kill');
  await corner.press('Restart');
  await expect(corner.outside).toContainText('came 2 times, counted once');
  await corner.stepToTheEnd();

  expect(await corner.deeds()).toEqual([
    'reserve funds',
    'book flight',
    'book hotel',
    'deduct funds',
  ]);
});

test('source, compiled form and disk side by side are the real ones', async ({ page }) => {
  const corner = new CornerOfPage(page);
  await corner.open('ping-pong');
  await corner.step();
  const source = readFileSync(`${samples}/ping-pong.ts`, 'utf8').trimEnd().split('\n');
  expect(await corner.lines('corner-source')).toEqual(source);

  const here = await corner.lineHere('corner-source');
  expect(here).toContain('await this.messages.where((m) => m.startsWith(');
  expect(await corner.lineHere('corner-compiled')).toMatch(/\$aw\(\$, 2, .*messages\.where\(/);
  await expect(corner.memory.getByTestId('corner-workflow')).toHaveCount(2);
  await page.getByRole('button', { name: 'Ponger.start' }).click();
  expect(await corner.lineHere('corner-source')).toContain('await sleep(1000)');

  const sizes = await corner.recordSizes('ping-pong');
  expect(sizes).toHaveLength(2);
  await expect(corner.disk).toContainText(`in ${sizes[1]} B`);
  const pinger = corner.disk.getByRole('listitem').filter({ hasText: /^#\d+Pingermessages/ });
  await expect(pinger).toContainText('count: 1');
  await expect(pinger.locator('mark')).toHaveText('count: 1');
});

test('killed at every await the outside sees the same; a world that forgets ids is found out', async ({
  page,
}) => {
  const corner = new CornerOfPage(page);
  await corner.open('travel-agent');
  await corner.chooseWorld('refuses to deduct funds');
  await corner.trial.getByRole('button', { name: 'Run' }).click();
  await expect(corner.trial).toContainText('27 deaths of 27', { timeout: 40_000 });
  await expect(corner.trial).toContainText('the outside has seen the same each time');
  await expect(corner.trial.locator('td[data-equal="true"]')).toHaveCount(27);

  await corner.chooseWorld('forgets the ids it has seen');
  await corner.trial.getByRole('button', { name: 'Run' }).click();
  await expect(corner.trial).toContainText('18 deaths of 18', { timeout: 40_000 });
  await expect(corner.trial.getByTestId('corner-difference')).toContainText(
    'reserve funds: Ann,1000',
  );
});

test('an error after a restore points at the line of the TypeScript source', async ({ page }) => {
  const corner = new CornerOfPage(page);
  await corner.open('invoice');
  await corner.press('Kill');
  await corner.press('Restart');
  await corner.step();
  const failure = page.getByTestId('corner-failure');
  const source = readFileSync(`${samples}/invoice.ts`, 'utf8').split('\n');
  const lineOf = (text: string): number => source.findIndex((line) => line.includes(text)) + 1;
  await expect(failure).toContainText(`invoice.ts:${lineOf('await sleep(1000)')}`);

  const stack = (await failure.locator('pre').textContent()) ?? '';
  const frames = [...stack.matchAll(/(http\S+\.js):(\d+):(\d+)/g)].slice(0, 2);
  const [built = ''] = frames.map(([, address = '']) => address);
  const map = new SourceMap(await (await page.request.get(`${built}.map`)).json());
  const places = frames.map(([, , line, column]) => {
    const entry = map.findEntry(Number(line) - 1, Number(column) - 1);
    return 'originalSource' in entry
      ? [entry.originalSource.replace(/^.*\//, ''), entry.originalLine + 1]
      : [];
  });
  expect(places).toEqual([
    ['invoice.ts', lineOf('throw new RangeError')],
    ['invoice.ts', lineOf('this.dearest()')],
  ]);
});

test('a reload is a kill', async ({ page }) => {
  const corner = new CornerOfPage(page);
  await corner.open('ping-pong');
  await corner.step();
  await corner.step();
  const before = await corner.workflows();
  const outside = await corner.outside.getByTestId('corner-entry').count();
  await page.reload();
  await expect(corner.memory).toContainText('worker alive');

  expect(await corner.workflows()).toEqual(before);
  await expect(corner.outside.getByTestId('corner-entry')).toHaveCount(outside);
});

test('a worker that dies unasked says so, and another goes on from the disk', async ({ page }) => {
  const corner = new CornerOfPage(page);
  await corner.open('ping-pong');
  await corner.step();
  const before = await corner.workflows();
  await page.workers()[0]?.evaluate(() => {
    setTimeout(() => {
      throw new Error('struck by lightning');
    });
  });
  await expect(page.getByTestId('corner-lost')).toContainText('struck by lightning');
  await corner.press('Restart');
  await expect(corner.memory).toContainText('worker alive');

  expect(await corner.workflows()).toEqual(before);
});

test('a disk that the browser takes away stops the worker: nothing leaves that is not stored', async ({
  page,
}) => {
  const corner = new CornerOfPage(page);
  await corner.open('ping-pong');
  const before = await corner.outside.getByTestId('corner-entry').count();
  const devtools = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  await devtools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
  await corner.step();

  await expect(page.getByTestId('corner-lost')).toContainText('the browser closed it');
  await expect(corner.outside.getByTestId('corner-entry')).toHaveCount(before);
});

test('without IndexedDB the disk is in memory, and a killed worker goes on all the same', async ({
  page,
}) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'indexedDB', { value: undefined });
  });
  const corner = new CornerOfPage(page);
  await corner.open('ping-pong');
  await expect(corner.disk).toContainText('memory');
  await corner.step();
  const before = await corner.workflows();
  await corner.press('Kill');
  await corner.press('Restart');
  await expect(corner.memory).toContainText('worker alive');

  expect(await corner.workflows()).toEqual(before);
});

test('the lab leads to the corner, the corner back to the lab; a second tab is told', async ({
  lab,
  context,
}) => {
  await lab.open();
  await lab.page.getByRole('link', { name: 'Persistent programs' }).click();
  const corner = new CornerOfPage(lab.page);
  await expect(corner.memory).toContainText('worker alive');
  await lab.page.getByRole('button', { name: 'Sayer' }).click();
  await expect(corner.memory).toContainText('converse');
  expect(lab.page.url()).toContain('corner=sayer');
  const second = await context.newPage();
  await second.goto('?corner=sayer');
  await expect(second.getByRole('heading')).toHaveText(
    'Persistent programming is open in another tab',
  );

  await lab.page.getByRole('link', { name: 'Back to the lab' }).click();
  await lab.ready();
});
