import { AxeBuilder } from '@axe-core/playwright';

import { CornerOfPage } from './corner-page.ts';
import { expect, test } from './lab-test.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    test('nothing in the corner is closed to assistive technology', async ({ page }) => {
      const corner = new CornerOfPage(page);
      const check = async (state: string): Promise<void> => {
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations, state).toEqual([]);
      };
      await corner.open('sayer');
      await corner.step();
      await corner.trial.getByRole('button', { name: 'Run' }).click();
      await expect(corner.trial).toContainText('the same each time.', { timeout: 30_000 });
      await check('alive, with a trial');
      await corner.press('Kill');
      await check('dead');
      await corner.open('invoice');
      await corner.step();
      await check('with an error');
    });
  });
}

test('the corner fits 1280 x 800, and 390 without scrolling sideways', async ({ page }) => {
  const corner = new CornerOfPage(page);
  await corner.open('ping-pong');
  const overflow = (): Promise<readonly number[]> =>
    page.evaluate(() => {
      const { scrollWidth, scrollHeight, clientWidth, clientHeight } = document.documentElement;
      return [scrollWidth - clientWidth, scrollHeight - clientHeight];
    });
  expect(await overflow()).toEqual([0, 0]);
  await page.setViewportSize({ width: 390, height: 800 });

  expect((await overflow())[0]).toBe(0);
});

test('everything can be done from the keyboard', async ({ page }) => {
  const corner = new CornerOfPage(page);
  await corner.open('ping-pong');
  for (const name of ['Step', 'Kill', 'Restart', 'Begin anew']) {
    const button = page.getByRole('button', { name, exact: true });
    await button.focus();
    await expect(button).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(corner.last).not.toHaveText('');
  }
  await expect(corner.last).toContainText('The program began');
});
