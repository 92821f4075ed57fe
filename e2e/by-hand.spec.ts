import { expect, test } from './lab-test.ts';

test('a replica crashed by a key between prepared and commit waits on the same line after its restart, and finishes', async ({
  lab,
}) => {
  await lab.open('?scenario=normal-case&play=0');
  await lab.runUntil({ replica: 2, reaches: 'prepared', sequence: 1 });
  await lab.replica(2).getByText('R2').click();
  await lab.page.getByTestId('tab-code').click();
  const figure = lab.page.getByTestId('inspector').locator('figure').first();
  await expect(figure).toContainText('await');
  const before = await figure.innerText();

  await lab.page.keyboard.press('c');
  await expect(lab.replica(2)).toHaveAttribute('data-life', 'crashed');
  await lab.replica(2).getByText('R2').click();
  await lab.page.keyboard.press('c');
  await expect(lab.replica(2)).toHaveAttribute('data-life', 'up');
  await lab.page.getByTestId('tab-code').click();
  await expect(figure).toHaveText(before, { useInnerText: true });

  const verdict = await lab.finish();
  expect(verdict).toMatchObject({ safe: true, live: true });
  expect(new Set(verdict.replicas.map(({ stateDigest }) => stateDigest)).size).toBe(1);
});

test('a network divided by hand decides nothing until it is healed', async ({ lab }) => {
  await lab.open('?scenario=normal-case&play=0');
  await lab.page.getByTestId('partition').click();
  for (const name of ['R0', 'R1']) await lab.page.getByLabel(name, { exact: true }).check();
  await lab.page.getByRole('button', { name: 'Divide', exact: true }).click();
  await lab.runUntil({ atMs: 200 });
  expect((await lab.verdict()).counts.decided).toBe(0);

  await lab.page.getByTestId('heal').click();
  await lab.runUntil({ client: 0, answered: 1 });
  expect((await lab.verdict()).counts.decided).toBeGreaterThan(0);
});

test('keys step, go back and move to the next phase', async ({ lab }) => {
  await lab.open('?scenario=normal-case&play=0');
  await lab.page.keyboard.press('ArrowDown');
  const preprepared = await lab.nowMs();
  expect((await lab.trace()).some(({ type }) => type === 'pre-prepared')).toBe(true);
  await lab.page.keyboard.press('ArrowLeft');
  await expect.poll(() => lab.nowMs()).toBeLessThan(preprepared);
  await lab.page.keyboard.press('ArrowRight');

  await expect.poll(() => lab.nowMs()).toBe(preprepared);
});

test('a primary made to equivocate by hand leaves evidence that the feed tells of', async ({
  lab,
}) => {
  await lab.open('?scenario=normal-case&play=0');
  await lab.replica(0).getByText('R0').click();
  await lab.page.getByTestId('byzantine').click();
  await lab.page.getByLabel(/behaviour/i).selectOption('equivocate');
  await lab.page.getByRole('button', { name: 'Let it' }).click();
  await lab.runUntil({ atMs: 400 });

  const trace = await lab.trace();
  expect(trace.filter(({ type }) => type === 'evidence').length).toBeGreaterThan(0);
  expect((await lab.verdict()).safe).toBe(true);
});
