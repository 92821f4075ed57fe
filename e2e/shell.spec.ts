import { AxeBuilder } from '@axe-core/playwright';

import { expect, test } from './lab-test.ts';

const talk = {
  name: 'A talk',
  steps: [
    { do: 'submit', client: 0, operation: { put: ['x', '1'] } },
    { do: 'say', title: 'One request', text: 'A client asks the primary.' },
    {
      do: 'say',
      title: 'Prepared',
      text: 'A quorum has the same order.',
      question: 'Is it decided?',
      when: { replica: 1, reaches: 'prepared' },
    },
    {
      do: 'say',
      title: 'Committed',
      text: 'Now it is.',
      when: { replica: 1, reaches: 'committed' },
    },
  ],
};

test.describe('a presentation', () => {
  test('goes from beat to beat with the keys of a remote, shows the notes, and ends with Escape', async ({
    lab,
  }) => {
    await lab.open('?play=0&present=1');
    await lab.load(talk);
    const notes = lab.page.getByTestId('notes');
    const { keyboard } = lab.page;

    await expect(notes).toContainText('A client asks the primary.');
    await expect(lab.page.getByTestId('scenario')).toHaveCount(0);
    expect(await notes.evaluate((element) => getComputedStyle(element).fontSize)).toBe('24px');
    await keyboard.press('PageDown');
    await expect(notes).toContainText('Is it decided?');
    await keyboard.press('PageDown');
    await expect(notes).toContainText('Now it is.');
    await keyboard.press('PageUp');
    await expect(notes).toContainText('Prepared');
    await keyboard.press('.');
    await expect(lab.page.getByTestId('blank')).toBeVisible();
    await keyboard.press('.');
    await expect(lab.page.getByTestId('blank')).toHaveCount(0);

    await keyboard.press('Escape');
    await expect(lab.page.getByTestId('presenter')).toHaveCount(0);
    await expect(lab.page.getByTestId('scenario')).toBeVisible();
    expect(lab.page.url()).not.toContain('present');
  });

  test('of a scenario that says nothing goes from phase to phase', async ({ lab }) => {
    await lab.open('?scenario=normal-case&play=0');
    await lab.page.getByTestId('present').click();
    await expect(lab.page.getByTestId('presenter')).toBeVisible();
    await lab.page.keyboard.press('PageDown');
    const isPrePrepared = async (): Promise<boolean> =>
      (await lab.trace()).some(({ type }) => type === 'pre-prepared');
    await expect.poll(isPrePrepared).toBe(true);
    const first = await lab.nowMs();
    await lab.page.keyboard.press('PageDown');
    await expect.poll(() => lab.nowMs()).toBeGreaterThan(first);
    await lab.page.keyboard.press('PageUp');

    await expect.poll(() => lab.nowMs()).toBe(first);
    expect(lab.page.url()).toContain('present=1');
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`is open to assistive technology in ${colorScheme}`, async ({ lab }) => {
      await lab.page.emulateMedia({ colorScheme });
      await lab.open('?play=0&present=1');
      await lab.load(talk);
      await lab.page.keyboard.press('v');
      const { violations } = await new AxeBuilder({ page: lab.page }).analyze();
      expect(violations).toEqual([]);
    });
  }
});

test.describe('inside another page', () => {
  test('there are the stage and the controls of time, and a way to the lab', async ({ lab }) => {
    await lab.open('?scenario=normal-case&seed=5&play=0&embed=1');
    await expect(lab.page.getByTestId('scenario')).toHaveCount(0);
    await lab.control('step').click();
    await expect.poll(() => lab.nowMs()).toBeGreaterThanOrEqual(0);
    const { violations } = await new AxeBuilder({ page: lab.page }).analyze();
    expect(violations).toEqual([]);

    const link = lab.page.getByTestId('open-in-lab');
    const address = new URL((await link.getAttribute('href')) ?? '');
    expect(Object.fromEntries(address.searchParams)).toEqual({
      scenario: 'normal-case',
      seed: '5',
      n: '4',
      play: '0',
    });
  });

  test('there may be several, beside a lab in a tab of its own', async ({ lab, context }) => {
    await lab.open();
    const second = lab.on(await context.newPage());
    await second.open('?embed=1&play=0');
    const third = lab.on(await context.newPage());
    await third.open('?embed=1&play=0');

    expect(await second.run('normal-case')).toMatchObject({ safe: true, live: true });
    expect(await third.run('normal-case')).toMatchObject({ safe: true, live: true });
    await third.reload();
    await expect(third.problems).toHaveCount(0);
  });
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('the stage is on top, the rest in a drawer that keys and fingers move', async ({ lab }) => {
    await lab.open('?scenario=normal-case&play=0');
    const { page } = lab;
    const size = await page.evaluate(() => {
      const { scrollWidth, scrollHeight, clientWidth, clientHeight } = document.documentElement;
      return [scrollWidth - clientWidth, scrollHeight - clientHeight];
    });
    expect(size).toEqual([0, 0]);

    const drawer = page.getByTestId('drawer');
    const stage = page.getByTestId('stage');
    const top = async (): Promise<number> => (await drawer.boundingBox())?.y ?? 0;
    const half = await top();
    const box = await stage.boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(half + 1);
    await drawer.press('ArrowUp');
    expect(await top()).toBeLessThan(half);
    await drawer.press('ArrowDown');
    await drawer.press('ArrowDown');
    await expect(drawer).toHaveAttribute('aria-expanded', 'false');
    expect(await top()).toBeGreaterThan(half);

    await drawer.click();
    await page.getByTestId('submit').click();
    await expect
      .poll(async () => (await lab.scenario()).steps.filter((step) => step.do === 'submit').length)
      .toBeGreaterThan(1);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations).toEqual([]);
  });
});
