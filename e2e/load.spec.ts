import { bytesOf, firstMessageOf } from '#node/measure/first-message.ts';

import { expect, test } from './lab-test.ts';

/** What a page may fetch before the first message moves, in a gzip file each: 200 KB. */
const budget = 200_000;

test('before the first message moves a page fetches at most 200 KB of JavaScript, workers included', async ({
  context,
}) => {
  const first = await firstMessageOf(context, './');
  const names = first.scripts.map(({ name }) => name);

  expect(names.some((name) => name.startsWith('process-machine'))).toBe(true);
  expect(bytesOf(first), JSON.stringify(first.scripts)).toBeLessThanOrEqual(budget);
});

test('what is read beside the stage comes by itself', async ({ lab }) => {
  await lab.page.goto('./');

  await expect(lab.page.getByTestId('inspector')).toBeVisible();
  await expect(lab.page.getByTestId('feed')).toBeVisible();
  await expect(lab.page.getByTestId('scenario').getByRole('option')).not.toHaveCount(1);
});
