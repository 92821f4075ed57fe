import { AxeBuilder } from '@axe-core/playwright';

import type { LabPage } from './lab-page.ts';
import { expect, test } from './lab-test.ts';

async function choose(lab: LabPage, replica: number): Promise<void> {
  await lab.page.getByLabel('Process', { exact: true }).selectOption(String(replica));
}

test('a replica is restarted by hand from an older disk, and comes back as a learner', async ({
  lab,
}) => {
  await lab.open('?scenario=normal-case&play=0');
  await lab.runUntil({ replica: 2, executed: 1 });
  await choose(lab, 2);
  await lab.page.getByTestId('crash').click();
  await expect(lab.replica(2)).toHaveAttribute('data-life', 'crashed');
  await lab.page.getByTestId('restart-with').click();
  await lab.page.getByLabel('without its last commits').check();
  await lab.page.getByLabel('how many commits').fill('2');
  const sheet = lab.page.getByRole('form', { name: 'Restart R2' });
  await sheet.getByRole('button', { name: 'Restart' }).click();
  await expect(lab.replica(2)).toHaveAttribute('data-life', 'up');

  const { steps } = await lab.scenario();
  expect(steps.at(-1)).toMatchObject({ do: 'restart', replica: 2, disk: 'lose-last', commits: 2 });
  expect(await lab.finish()).toMatchObject({ safe: true });
});

test('a replica that is suspended takes nothing until it is resumed', async ({ lab }) => {
  await lab.open('?scenario=normal-case&play=0');
  await choose(lab, 3);
  await lab.page.getByTestId('suspend').click();
  await expect(lab.replica(3)).toHaveAttribute('data-life', 'paused');
  await lab.runUntil({ replica: 1, executed: 1 });
  const before = (await lab.trace()).filter(
    ({ type, process }) => type === 'executed' && process === 3,
  );
  expect(before).toEqual([]);

  await lab.page.getByTestId('suspend').click();
  expect(await lab.finish()).toMatchObject({ safe: true, live: true });
});

test('a timer that is fired by hand makes a view change', async ({ lab }) => {
  await lab.open('?scenario=normal-case&play=0');
  await lab.runUntil({ replica: 1, reaches: 'pre-prepared' });
  await choose(lab, 1);
  await lab.page.getByTestId('timeout').click();
  await expect
    .poll(async () => (await lab.trace()).some(({ type }) => type === 'view-change'))
    .toBe(true);

  expect(await lab.finish()).toMatchObject({ safe: true });
});

test('one link is made slow, another is cut one way, and both are recorded', async ({ lab }) => {
  await lab.open('?scenario=normal-case&play=0');
  await lab.page.getByTestId('open-network').click();
  const sheet = lab.page.getByRole('form', { name: 'The network' });
  await sheet.getByLabel('one link, one way').check();
  await sheet.getByLabel('to', { exact: true }).selectOption('3');
  await sheet.getByLabel('latency from (ms)').fill('80');
  await sheet.getByLabel('to (ms)', { exact: true }).fill('90');
  await sheet.getByRole('button', { name: 'Change' }).click();
  await expect
    .poll(async () => (await lab.scenario()).steps.at(-1))
    .toMatchObject({ do: 'network', links: [{ from: 0, to: 3, latencyMs: [80, 90] }] });

  await lab.page.getByTestId('open-network').click();
  await expect(sheet.getByText('R0 → R3: 80 to 90 ms')).toBeVisible();
  await sheet.getByLabel('one link, one way').check();
  await sheet.getByRole('button', { name: 'Cut it' }).click();
  await expect
    .poll(async () => (await lab.scenario()).steps.at(-1))
    .toMatchObject({ do: 'partition', cut: [[0, 1]] });
  expect(await lab.finish()).toMatchObject({ safe: true });
});

test('a Byzantine replica sends what is written by hand', async ({ lab }) => {
  await lab.open('?scenario=normal-case&play=0');
  await lab.runUntil({ replica: 1, reaches: 'pre-prepared' });
  await choose(lab, 3);
  await lab.page.getByTestId('open-send').click();
  const sheet = lab.page.getByRole('form', { name: 'R3 sends' });
  await expect(sheet.getByRole('button', { name: 'Send' })).toBeDisabled();

  await lab.do({ do: 'byzantine', replica: 3, behaviour: 'silent' });
  await sheet.getByLabel('message').selectOption('commit');
  await sheet.getByLabel('for', { exact: true }).selectOption({ index: 1 });
  await sheet.getByRole('button', { name: 'Send' }).click();
  await expect
    .poll(async () =>
      (await lab.trace()).some(
        (event) =>
          event.type === 'sent' && event.header.signer === 3 && event.header.kind === 'commit',
      ),
    )
    .toBe(true);
});

test('a rule that is left out is named for as long as it is, and the run is another one', async ({
  lab,
}) => {
  await lab.open('?scenario=normal-case&play=0');
  await lab.page.getByTestId('open-rules').click();
  await lab.page.getByLabel('no commit phase').check();
  await lab.page.getByRole('button', { name: 'Begin anew' }).click();
  await expect(lab.page.getByTestId('left-out')).toHaveText('rule left out: no commit phase');

  expect((await lab.scenario()).ablation).toEqual(['no-commit-phase']);
  await lab.page.getByTestId('seed').fill('9');
  await lab.page.getByTestId('seed').press('Enter');
  await expect.poll(async () => (await lab.scenario()).seed).toBe(9);
  await expect(lab.page.getByTestId('left-out')).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every form and dialog is open to assistive technology in ${colorScheme}`, async ({
    lab,
  }) => {
    await lab.page.emulateMedia({ colorScheme });
    await lab.open('?scenario=normal-case&play=0');
    const look = async (where: string): Promise<void> => {
      const { violations } = await new AxeBuilder({ page: lab.page }).analyze();
      expect(violations, where).toEqual([]);
    };
    for (const name of ['open-network', 'open-send', 'open-rules', 'byzantine', 'partition']) {
      await lab.page.getByTestId(name).click();
      await expect(lab.page.getByRole('button', { name: 'Cancel' })).toBeVisible();
      await look(name);
      await lab.page.keyboard.press('Escape');
    }
    await lab.page.getByTestId('crash').click();
    await lab.page.getByTestId('restart-with').click();
    await expect(lab.page.getByRole('form', { name: 'Restart R0' })).toBeVisible();
    await look('restart');
    await lab.page.getByTestId('share').click();
    await expect(lab.page.getByTestId('share-dialog')).toBeVisible();
    await look('share');
    await lab.page.keyboard.press('Escape');
    await lab.page.getByLabel('Help and keys').click();
    await look('help');
  });
}
