import { AxeBuilder } from '@axe-core/playwright';

import type { LabPage } from './lab-page.ts';
import { expect, test } from './lab-test.ts';

/** The view below the stage with this name. */
async function show(lab: LabPage, name: string): Promise<void> {
  const bar = lab.page.getByRole('button', { name, exact: true });
  await bar.click();
  await expect(bar).toHaveAttribute('aria-pressed', 'true');
}

async function expectAccessible(lab: LabPage): Promise<void> {
  const { violations } = await new AxeBuilder({ page: lab.page }).analyze();
  expect(violations).toEqual([]);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    test('a change of views is told as data: V, the computation of O, who enters', async ({
      lab,
    }) => {
      await lab.open('?scenario=prepared-across-views&play=0');
      await lab.runUntil({ atMs: 1250 });
      await show(lab, 'View change');
      const view = lab.page.getByTestId('view-change');

      await expect(view.getByRole('region', { name: 'VIEW-CHANGE messages' })).toContainText(
        '3 heard, Q = 3',
      );
      const order = view.getByRole('region', { name: 'The computation of O' });
      await expect(order).toContainText('max-s = 1');
      await expect(order).toContainText('the only certificate');
      await expect(view.getByRole('region', { name: 'Verdicts of the replicas' })).toContainText(
        'computed O again',
      );
      await expectAccessible(lab);
    });
  });
}

test('the figure of the paper shows one sequence number, and follows the selected slot', async ({
  lab,
}) => {
  await lab.open('?scenario=normal-case&play=0');
  await lab.finish();
  await show(lab, 'Phases');
  const figure = lab.page.getByTestId('swimlane');

  for (const phase of ['request', 'pre-prepare', 'prepare', 'commit', 'reply']) {
    await expect(figure.getByText(phase, { exact: true })).toBeVisible();
  }
  await show(lab, 'Slots');
  await lab.page.getByRole('columnheader', { name: '1', exact: true }).getByRole('button').click();
  await show(lab, 'Phases');
  await expect(figure).toContainText('n = 1, view 0');
  await figure.getByRole('button', { name: 'The next sequence number' }).click();
  await expect(figure).toContainText('n = 2, view 0');
  await expect(lab.page.getByTestId('inspector')).toContainText('Sequence 2');
  await expectAccessible(lab);

  const messages = figure.getByRole('group', { name: 'Messages of the phases' });
  await messages.getByRole('button', { name: /^request from c0 to R0/ }).focus();
  await lab.page.keyboard.press('ArrowRight');
  const proposal = messages.getByRole('button', { name: /^pre-prepare from R0/ }).first();
  await expect(proposal).toBeFocused();
  await expect(proposal).toHaveAttribute('data-lit', 'true');
  await lab.page.keyboard.press('Enter');
  await expect(lab.page.getByTestId('inspector')).toContainText('PRE-PREPARE for sequence 2');
  await expect(figure).toContainText('n = 2, view 0');

  await show(lab, 'Space-time');
  const diagram = lab.page.getByRole('slider', { name: 'Messages in the diagram' });
  await diagram.focus();
  await lab.page.keyboard.press('End');
  await expect(diagram).toHaveAttribute('aria-valuetext', /from .* to .*, \w+/);
  await lab.page.keyboard.press('Enter');
  await expect(lab.page.getByTestId('inspector')).toContainText(/message \d+/);
});

test('a slot says at every replica which vote it has not got', async ({ lab }) => {
  await lab.open('?scenario=normal-case&play=0');
  await lab.runUntil({ replica: 1, reaches: 'pre-prepared' });
  await expect(lab.page.getByTestId('phase')).toContainText('view 0 · sequence 1');
  await show(lab, 'Slots');
  await lab.page.getByRole('columnheader', { name: '1', exact: true }).getByRole('button').click();

  await expect(lab.page.getByTestId('inspector')).toContainText(/R1 needs \d more PREPARE/);
  await expect(lab.page.getByTitle(/^pre-prepared: needs \d more PREPARE/).first()).toBeVisible();
  await expectAccessible(lab);
});

test('each of two changes of views can be looked at, and names who was heard by nobody', async ({
  lab,
}) => {
  await lab.open('?scenario=two-view-changes&play=0');
  await show(lab, 'View change');
  const view = lab.page.getByTestId('view-change');
  await expect(view).toContainText('Nobody has asked for another view');
  await lab.finish();

  await expect(view).toContainText('primary R2 = 2 mod n');
  await expect(view).toContainText('heard by nobody');
  await view.getByRole('button', { name: 'to view 1' }).click();
  await expect(view).toContainText('nobody has heard its NEW-VIEW');
  await view.getByRole('button', { name: 'R3', exact: true }).click();
  await expect(lab.page.getByTestId('inspector')).toContainText('Replica 3 asks for view 1');
});

test('a violation shows the way to it, and who is convicted', async ({ lab }) => {
  await lab.open('?scenario=more-than-f&play=0');
  await lab.finish();
  await lab.page.getByTestId('verdict').click();
  const panel = lab.page.getByTestId('verdict-panel');

  await expect(panel).toContainText('Their own signatures convict R0 and R3.');
  await expect(panel).toContainText('How it came to this');
  await expectAccessible(lab);
  const step = panel.getByRole('button', { name: /accepted the PRE-PREPARE/ }).first();
  const before = await lab.nowMs();
  await step.click();
  expect(await lab.nowMs()).toBeLessThan(before);
  await expect(lab.page.getByTestId('inspector')).toContainText('pre prepared');
});

test('the votes of a slot stand by digest and signer, and two certificates by who signed both', async ({
  lab,
}) => {
  await lab.open('?scenario=more-than-f&play=0');
  await lab.finish();
  await lab.replica(2).click();
  await lab.page.getByTestId('tab-votes').click();
  const votes = lab.page.getByTestId('vote-matrix');

  await expect(votes).toContainText('2 of 2');
  await expect(votes).toContainText('3 of 3');
  await expect(votes.getByRole('img', { name: /PRE-PREPARE of R0/ })).toBeVisible();
  const shared = lab.page.getByTestId('intersection');
  await expect(shared).toContainText('R0 and R3 signed both, and none of them is correct.');
  await expect(shared).toContainText('2Q − n = 6 − 4 = 2');
  await shared.getByLabel('One certificate').selectOption({ label: 'R2 committed ff57, view 0' });
  await expectAccessible(lab);

  await lab.load('double-voting-backup');
  await lab.runUntil({ replica: 1, reaches: 'executed', sequence: 1 });
  await lab.replica(1).click();
  await expect(votes.getByRole('rowheader')).toHaveCount(2);
  await expect(votes.getByRole('img', { name: /does not count/ }).first()).toBeVisible();
  await expect(shared).toContainText(/signed both/);

  await lab.load('prepared-across-views');
  await lab.finish();
  await lab.replica(3).click();
  await lab.page.getByLabel('slot').selectOption({ label: 'n = 1, view 0 · left behind' });
  await expect(votes.getByRole('img', { name: /PRE-PREPARE of R0/ })).toBeVisible();
  await expect(shared).toContainText('its VIEW-CHANGE says so');
});

test('a ring empties while a timer runs, and each replica has the hue of its view until it catches up', async ({
  lab,
}) => {
  await lab.open('?scenario=crashed-primary&play=0');
  await lab.runUntil({ atMs: 700 });
  const ring = lab.page.getByTestId('timer-2');
  await expect(ring).toBeHidden();
  await lab.runUntil({ atMs: 1200 });
  await expect(ring).toBeVisible();
  await expect(ring).toHaveAttribute('data-timer', 'request');
  const left = async (): Promise<number> =>
    Number.parseFloat((await ring.locator('[data-rest]').getAttribute('stroke-dasharray')) ?? '');
  const before = await left();
  await lab.runUntil({ atMs: 1400 });
  expect(await left()).toBeLessThan(before);
  await lab.runUntil({ replica: 2, reaches: 'new-view', view: 1 });
  await lab.seek(1200);
  await expect(ring).toBeVisible();
  expect(await left()).toBe(before);

  await lab.finish();
  await lab.control('timeline').press('End');
  const laneBands = lab.page.getByTestId('space-time').locator('[data-view-hue="1"]');
  await expect(laneBands).toHaveCount(4);
  const timeline = lab.page.getByRole('contentinfo', { name: 'Time' });
  await expect(timeline.getByText('v1', { exact: true })).toBeVisible();
});

test('a client shows who has answered what, when it asks everybody, and whether its history is sound', async ({
  lab,
}) => {
  await lab.open('?scenario=silent-primary&play=0');
  await lab.runUntil({ atMs: 700 });
  await lab.page.getByTestId('client-c0').click();
  const meter = lab.page.getByTestId('quorum-meter');
  const timer = lab.page.getByTestId('retransmission');

  await expect(meter).toContainText('needs f + 1 = 2 equal replies, has 0');
  await expect(meter).toContainText('no reply yet from R0, R1, R2 and R3');
  await expect(timer).toContainText('asks everybody in');
  await lab.runUntil({ atMs: 1300 });
  await expect(timer).toContainText('asks everybody again in');
  await expect(timer).toContainText('has done so once');
  await expectAccessible(lab);

  await lab.finish();
  await lab.page.getByTestId('client-c0').click();
  await expect(lab.page.getByTestId('linearizable')).toContainText('Linearizable so far');
  await expect(lab.page.getByTestId('inspector').getByRole('columnheader')).toHaveText([
    'no.',
    'operation',
    'result',
    'said by',
  ]);
});
