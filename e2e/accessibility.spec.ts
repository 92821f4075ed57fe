import { AxeBuilder } from '@axe-core/playwright';

import { expect, test } from './lab-test.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    test('nothing on the page is closed to assistive technology', async ({ lab }) => {
      await lab.open('?scenario=normal-case&play=0');
      await lab.runUntil({ replica: 1, reaches: 'prepared' });
      await lab.replica(1).click();

      for (const tab of ['votes', 'state', 'code', 'disk']) {
        await lab.page.getByTestId(`tab-${tab}`).click();
        const { violations } = await new AxeBuilder({ page: lab.page }).analyze();
        expect(violations, `with the tab ${tab}`).toEqual([]);
      }
    });
  });
}

test('the first screen needs no scrolling at 1280 x 800', async ({ lab }) => {
  await lab.open('?scenario=normal-case&play=0');
  const overflow = await lab.page.evaluate(() => {
    const { scrollWidth, scrollHeight, clientWidth, clientHeight } = document.documentElement;
    return [scrollWidth - clientWidth, scrollHeight - clientHeight];
  });

  expect(overflow).toEqual([0, 0]);
});
