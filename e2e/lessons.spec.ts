import { AxeBuilder } from '@axe-core/playwright';

import type { LabPage } from './lab-page.ts';
import { expect, test } from './lab-test.ts';

/** Beats come soon when time goes fast. */
async function fast(lab: LabPage): Promise<void> {
  await lab.page.evaluate(async () => {
    await window.pbftLab.play(1);
  });
}

test('a lesson is played with a wrong and a right prediction, and remembered', async ({ lab }) => {
  await lab.open('?lesson=normal-case');
  const beat = lab.page.getByTestId('beat');
  await expect(beat).toContainText('One request');
  await fast(lab);

  await expect(beat).toContainText('PRE-PREPARE: a proposal');
  await expect(lab.page.getByTestId('next-beat')).toBeDisabled();
  await beat.getByRole('button', { name: '12' }).click();
  await lab.page.getByTestId('next-beat').click();
  await expect(beat).toContainText('PREPARE: votes for it');
  await expect(lab.page.getByTestId('outcome')).toContainText('Not so: 9.');

  await beat.getByRole('button', { name: 'A COMMIT' }).click();
  await lab.page.keyboard.press('ArrowRight');
  await expect(beat).toContainText('4 of 6');
  await expect(lab.page.getByTestId('outcome')).toContainText('Right: A COMMIT');

  await lab.page.getByTestId('next-beat').click();
  await expect(beat).toContainText('5 of 6');
  await lab.page.getByTestId('skip-question').click();
  await expect(beat).toContainText('6 of 6');
  await expect(lab.page.getByTestId('outcome')).toContainText('What happened: 2.');

  await lab.page.getByTestId('lessons').click();
  const done = lab.page.getByTestId('lessons-dialog').locator('[data-done="true"]');
  await expect(done).toHaveText(['6 beats']);
  expect(new URL(lab.page.url()).searchParams.get('lesson')).toBe('normal-case');
});

test('beats are gone back to by key and command, and hidden', async ({ lab }) => {
  await lab.open('?lesson=why-three-phases');
  const beat = lab.page.getByTestId('beat');
  await lab.runUntil({ atMs: 1500 });
  await expect(beat).toBeHidden();
  await lab.page.getByTestId('lesson-bar').getByRole('button', { name: '‹ Beat' }).click();
  await expect(beat).toContainText('What COMMIT adds');
  await lab.page.getByTestId('previous-beat').click();
  await expect(beat).toContainText('Two requests at number 1');
  await expect(lab.page.getByTestId('outcome')).toContainText('Another request');

  await lab.page.locator('body').press('Escape');
  await expect(beat).toBeHidden();
});

test('a beat of any scenario stops playback, and Enter goes on', async ({ lab }) => {
  await lab.open();
  await lab.load({
    until: { atMs: 300 },
    steps: [
      { do: 'say', title: 'Look here', text: 'Something begins.', question: 'What?', at: 50 },
      { do: 'say', title: 'And here', text: 'It goes on.', at: 120 },
    ],
  });
  await fast(lab);
  const beat = lab.page.getByTestId('beat');
  await expect(beat).toContainText('What?');
  expect(await lab.nowMs()).toBe(50);

  await lab.page.locator('body').press('Enter');
  await expect(beat).toContainText('And here');
  await lab.control('back').click();
  await expect(beat).toContainText('Look here');
});

test('a challenge fails, and is solved by hand', async ({ lab }) => {
  await lab.open('?lesson=primary-lies');
  await lab.page.getByTestId('lessons').click();
  await lab.page.getByTestId('lesson-why-3f-plus-1').click();
  const beat = lab.page.getByTestId('beat');
  await expect(beat).toContainText('n = 4, f = 1');
  await lab.runUntil({ atMs: 900 });
  await lab.page.getByTestId('lesson-bar').getByRole('button', { name: '‹ Beat' }).click();
  await lab.page.getByTestId('open-challenge').click();
  const challenge = lab.page.getByTestId('challenge');
  await expect(challenge).toContainText('Stall it');

  await lab.page.getByTestId('check-challenge').click();
  await expect(challenge.locator('[data-met="false"]')).toHaveCount(1);
  await expect(challenge).not.toContainText('Solved');

  await challenge.getByRole('button', { name: 'Start again' }).click();
  await expect(challenge.locator('[data-met]')).toHaveCount(0);
  await lab.crash(2);
  await lab.crash(3);
  await lab.page.getByTestId('check-challenge').click();
  await expect(challenge).toContainText('Solved');
  await lab.page.getByTestId('lessons').click();
  const done = lab.page.getByTestId('lessons-dialog').locator('[data-done="true"]');
  await expect(done).toHaveText(['6 beats', 'challenge: stall it']);
});

test('a network that stays divided is kept live by another partition', async ({ lab }) => {
  await lab.open('?lesson=divided-network');
  const { page } = lab;
  await lab.runUntil({ atMs: 900 });
  await page.getByTestId('open-challenge').click();
  const requirements = page.getByTestId('requirement');
  await expect(requirements).toHaveCount(4);
  await page.evaluate(() => window.pbftLab.pause());
  await page.getByTestId('partition').click();
  await page.getByLabel('R0', { exact: true }).check();
  await expect(page.getByText('One side has a quorum of 3')).toBeVisible();
  await page.getByRole('button', { name: 'Divide', exact: true }).click();
  await page.getByTestId('check-challenge').click();
  await expect(page.getByTestId('challenge')).toContainText('Solved', { timeout: 20_000 });
  await expect(page.locator('[data-testid="requirement"][data-met="true"]')).toHaveCount(4);
});

test('a lesson is taken in a presentation, and inside another page', async ({ lab }) => {
  const { page } = lab;
  const beat = page.getByTestId('beat');
  await lab.open('?lesson=divided-network&present=1');
  await expect(page.getByTestId('presenter')).toBeVisible();
  await fast(lab);
  await expect(beat).toContainText('Two and two');
  await beat.getByRole('button', { name: 'Nothing, as long as' }).click();
  await page.getByTestId('next-beat').click();
  await expect(beat).toContainText('No half is enough');
  await expect(page.getByTestId('outcome')).toContainText('Right');
  expect(await beat.evaluate((element) => getComputedStyle(element).fontSize)).toBe('24px');
  const audit = async (): Promise<void> => {
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations).toEqual([]);
  };
  await audit();
  await page.keyboard.press('PageUp');
  await expect(beat).toContainText('Two and two');
  await page.getByTestId('leave').click();
  await expect(page.getByTestId('scenario')).toBeVisible();
  await page.getByTestId('close-lesson').click();
  await expect(beat).not.toContainText('of 3');

  await lab.open('?lesson=divided-network&embed=1');
  await expect(page.getByTestId('embedded')).toBeVisible();
  await fast(lab);
  await expect(beat).toContainText('Two and two');
  await page.getByTestId('skip-question').click();
  await expect(beat).toContainText('No half is enough');
  const stage = await page.getByTestId('stage').boundingBox();
  const card = await beat.boundingBox();
  expect((stage?.y ?? 0) + (stage?.height ?? 0)).toBeLessThanOrEqual((card?.y ?? 0) + 1);
  await audit();
});

test('an unknown lesson is told, and the lab opens', async ({ lab }) => {
  await lab.open('?lesson=nonsense&play=0');
  await expect(lab.problems).toContainText('There is no lesson "nonsense"');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    test('lessons are open to assistive technology, and fit a phone', async ({ lab }) => {
      const audit = async (where: string): Promise<void> => {
        const { violations } = await new AxeBuilder({ page: lab.page }).analyze();
        expect(violations, where).toEqual([]);
      };
      await lab.open('?lesson=why-3f-plus-1');
      await lab.runUntil({ atMs: 10 });
      await expect(lab.page.getByTestId('beat')).toContainText('One is gone');
      await audit('a beat that asks');
      await lab.page.getByTestId('lessons').click();
      await expect(lab.page.getByTestId('lessons-dialog')).toBeVisible();
      await audit('the list');
      await lab.page.keyboard.press('Escape');

      await lab.page.setViewportSize({ width: 390, height: 844 });
      const box = await lab.page.getByTestId('beat').boundingBox();
      expect(box?.x).toBeGreaterThanOrEqual(0);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
    });
  });
}
