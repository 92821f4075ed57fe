import { AxeBuilder } from '@axe-core/playwright';

import type { LabPage } from './lab-page.ts';
import { expect, test } from './lab-test.ts';

async function violationsOn(page: LabPage['page'], part = 'body'): Promise<readonly unknown[]> {
  const { violations } = await new AxeBuilder({ page }).include(part).analyze();
  return violations;
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    test('nothing on the page is closed to assistive technology', async ({ lab }) => {
      await lab.open('?scenario=normal-case&play=0');
      await lab.runUntil({ replica: 1, reaches: 'prepared' });
      await lab.replica(1).click();

      for (const tab of ['votes', 'state', 'code', 'disk']) {
        await lab.page.getByTestId(`tab-${tab}`).click();
        expect(await violationsOn(lab.page), `with the tab ${tab}`).toEqual([]);
      }
    });

    test('the sheet of a crash and the dialog of files are open to it too', async ({ lab }) => {
      await lab.open('?scenario=normal-case&play=0');
      await lab.page.getByRole('button', { name: 'Crash at a chosen point' }).click();
      await expect(lab.page.getByRole('form', { name: /Crash/ })).toBeVisible();
      expect(await violationsOn(lab.page, 'form'), 'with the crash sheet').toEqual([]);
      await lab.page.getByTestId('export').click();
      await expect(lab.page.getByRole('dialog')).toBeVisible();
      expect(await violationsOn(lab.page, 'dialog[open]'), 'with the files dialog').toEqual([]);
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

test('who wants no motion sees messages as arrows that appear, and steps that cut', async ({
  lab,
}) => {
  await lab.page.emulateMedia({ reducedMotion: 'reduce' });
  await lab.open('?scenario=normal-case&play=0');
  await lab.runUntil({ replica: 1, reaches: 'pre-prepared' });
  await lab.step(1);
  const flying = (await lab.trace()).find(
    (event) => event.type === 'sent' && event.header.kind === 'prepare',
  );
  const message = flying?.type === 'sent' ? flying : undefined;
  const glyph = lab.page.getByTestId(`message-${message?.message}`);
  const picture = async (): Promise<string> =>
    `${await glyph.getAttribute('transform')} ${await glyph.locator('line').getAttribute('x1')}`;
  const world = lab.page.getByTestId('space-time').locator('svg').first();
  const arrow = await picture();
  // An arrow begins at its sender: its tail is longer than the trail of a moving glyph.
  expect(Number(await glyph.locator('line').getAttribute('x1'))).toBeLessThan(-60);

  await lab.seek(((message?.atMs ?? 0) + (await lab.nowMs())) / 2);
  expect(await picture()).toBe(arrow);
  await lab.finish();
  const times = (await lab.trace()).map(({ atMs }) => atMs);
  const gaps = times
    .slice(1)
    .map((atMs, i) => ({ fromMs: times[i] ?? 0, ms: atMs - (times[i] ?? 0) }));
  const { fromMs, ms } = gaps.reduce((longest, gap) => (gap.ms > longest.ms ? gap : longest));
  await lab.seek(fromMs + ms * 0.1);
  const quiet = await world.getAttribute('style');
  await lab.page.evaluate(() => {
    void window.pbftLab.play(0.01);
  });
  await expect.poll(() => lab.nowMs()).toBeGreaterThan(fromMs + ms * 0.3);
  await lab.page.evaluate(() => {
    void window.pbftLab.pause();
  });
  expect(await lab.nowMs()).toBeLessThan(fromMs + ms);
  expect(await world.getAttribute('style')).toBe(quiet);
  expect(await lab.page.evaluate(() => document.getAnimations().length)).toBe(0);
});
