import { AxeBuilder } from '@axe-core/playwright';

import { expect, test } from './lab-test.ts';
import { LivePage } from './live-page.ts';

test('a class sees the dip of a crashed primary and the recovery', async ({ lab, page }) => {
  await lab.open('?scenario=normal-case');
  await page.getByTestId('open-live').click();
  const live = new LivePage(page);
  await live.start();
  await live.serves(50);
  await expect.poll(() => live.rate()).toBeGreaterThan(0);

  await page.getByRole('button', { name: 'Crash replica 0' }).click();
  await expect(live.replica(0)).toHaveAttribute('data-state', 'down');
  await expect(live.happenings).toContainText(/View [1-9]\d* has begun\./, { timeout: 30_000 });
  await live.serves(50);
  await page.getByRole('button', { name: 'Restart replica 0' }).click();
  await expect(live.happenings).toContainText('Replica 0 votes again', { timeout: 30_000 });
  await expect(live.said).not.toBeEmpty();
  await live.serves(50);

  await live.stop();
  await expect(live.result).toHaveAttribute('data-sound', 'true');
  await expect(live.result).toContainText('All 4 states are equal');
  await expect(live.result).toContainText('1 crash');

  const nowMs = await lab.nowMs();
  await page.getByTestId('leave-live').click();
  await expect(lab.replica(0)).toBeVisible();
  expect(await lab.nowMs()).toBe(nowMs);
});

test('an address begins a load, which divides and heals, and ends by itself', async ({ page }) => {
  const live = new LivePage(page);
  await live.open('?live=1&n=4&batch=8&clients=16&seed=5&run=1');
  await expect(live.field('batch')).toHaveValue('8');
  await live.serves(20);
  await page.getByRole('button', { name: 'Cut off' }).click();
  await expect(live.happenings).toContainText('The network is divided.');
  await page.getByRole('button', { name: 'Heal' }).click();
  await page.getByLabel('Behaviour of replica 3').selectOption('lie-reply');
  await expect(live.happenings).toContainText('Replica 3 changes its behaviour.');
  await live.serves(20);
  await live.stop();
  await expect(live.result).toHaveAttribute('data-sound', 'true');

  await live.field('operations').fill('60');
  await live.start();
  await expect(live.result).toBeHidden();
  await expect(live.result).toContainText('60 operations in', { timeout: 30_000 });
  await expect(live.result).toHaveAttribute('data-sound', 'true');
});

test('what cannot be served is refused in words, and nothing is broken', async ({ page }) => {
  const live = new LivePage(page);
  await live.open('?live=1');
  const refused = async (says: RegExp): Promise<void> => {
    await live.start();
    await expect(live.problems).toHaveText(says);
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await expect(live.root).toHaveAttribute('data-phase', 'idle');
  };
  await live.field('load').selectOption('open');
  await live.field('rate').fill('0');
  await refused(/operations a second .* not 0/);
  await live.field('rate').fill('plenty');
  await refused(/The rate is a number, not ‘plenty’/);
  await live.field('rate').fill('100');
  await live.field('batch').fill('-1');
  await refused(/requests in a batch .* not -1/);
  await live.field('batch').fill('10');
  await live.field('operations').fill('10000000');
  await refused(/operations .* not 10000000/);
  await live.field('operations').fill('');

  await live.start();
  await live.serves(20);
  const second = page.evaluate(() => window.pbftLab.live.start());
  await expect(second).rejects.toThrow(/Stop it before another begins/);
  await expect(page.evaluate(() => window.pbftLab.live.crash(4))).rejects.toThrow(
    /There is no replica 4/,
  );
  await live.serves(20);
  await live.stop();
  await expect(live.result).toHaveAttribute('data-sound', 'true');
  await expect(page.evaluate(() => window.pbftLab.live.stop())).rejects.toThrow(/Nothing runs/);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    test('nothing of the dashboard is closed to assistive technology', async ({ page }) => {
      const live = new LivePage(page);
      const check = async (state: string): Promise<void> => {
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations, state).toEqual([]);
      };
      await live.open('?live=1&clients=8');
      await check('before a run');
      // What is served as fast as it goes leaves little to whoever looks.
      await live.field('load').selectOption('open');
      await live.field('rate').fill('40');
      await live.start();
      await live.serves(20);
      await page.getByRole('button', { name: 'Crash replica 3' }).click();
      await expect(live.replica(3)).toHaveAttribute('data-state', 'down');
      await check('while it runs');
      await live.stop();
      await check('with a result');
    });
  });
}

test('the dashboard fits 1280 x 800, and 390 without scrolling sideways', async ({ page }) => {
  const live = new LivePage(page);
  await live.open('?live=1&run=1');
  await live.serves(20);
  const overflow = (): Promise<readonly number[]> =>
    page.evaluate(() => {
      const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
      return [scrollWidth - clientWidth, scrollHeight - clientHeight];
    });
  expect(await overflow()).toEqual([0, 0]);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(live.replica(0)).toBeVisible();
  expect((await overflow())[0]).toBe(0);
  await live.stop();
});
