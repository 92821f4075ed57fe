import type { LabPage } from './lab-page.ts';
import { expect, test } from './lab-test.ts';

type Point = readonly [number, number];

/** Draws on the stage, in its own coordinates (856 x 440). */
async function draw(lab: LabPage, [first, ...others]: readonly [Point, ...Point[]]): Promise<void> {
  const { page } = lab;
  const at = ([x, y]: Point): Promise<Point> =>
    page
      .getByTestId('stage')
      .getByRole('group', { name: 'The cluster' })
      .first()
      .evaluate(
        (svg: SVGSVGElement, [px, py]) => {
          const point = new DOMPoint(px, py).matrixTransform(svg.getScreenCTM() ?? undefined);
          return [point.x, point.y] as const;
        },
        [x, y] as const,
      );
  await page.mouse.move(...(await at(first)));
  await page.mouse.down();
  for (const point of others) await page.mouse.move(...(await at(point)), { steps: 6 });
}

async function lastStep(lab: LabPage): Promise<unknown> {
  return (await lab.scenario()).steps.at(-1);
}

/** The message of this kind that is in flight from one to another. */
async function inFlight(lab: LabPage, kind: string, from: number, to: number): Promise<number> {
  const trace = await lab.trace();
  const sent = trace.findLast(
    (event) =>
      event.type === 'sent' &&
      event.header.kind === kind &&
      event.process === from &&
      event.to === to,
  );
  return sent?.type === 'sent' ? sent.message : -1;
}

test('a line and a ring drawn on the stage divide the network, a slip and Escape do not, twins stand on a side of their own', async ({
  lab,
}) => {
  await lab.open('?scenario=normal-case&play=0');
  const { page } = lab;
  const stroke = page.getByTestId('partition-stroke');
  const steps = async (): Promise<number> => (await lab.scenario()).steps.length;
  const before = await steps();

  await draw(lab, [
    [486, 10],
    [486, 430],
  ]);
  await expect(stroke).toContainText('R0 R3 c0');
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await draw(lab, [
    [486, 200],
    [500, 210],
  ]);
  await page.mouse.up();
  await expect(stroke).toHaveCount(0);
  expect(await steps()).toBe(before);

  await draw(lab, [
    [486, 10],
    [486, 430],
  ]);
  await page.mouse.up();
  await expect(page.getByTestId('partition-shades')).toBeVisible();
  expect(await lastStep(lab)).toMatchObject({
    do: 'partition',
    groups: expect.arrayContaining([
      [0, 3, 'c0'],
      [1, 2],
    ]),
  });
  await page.getByTestId('heal').click();

  await lab.do({ do: 'byzantine', replica: 0, behaviour: 'twin' });
  await expect(page.getByTestId('twin-0')).toBeVisible();
  const place = await page.getByTestId('twin-0').getAttribute('transform');
  const [x = 0, y = 0] = (place ?? '').match(/[\d.]+/g)?.map(Number) ?? [];
  // From the paper below it, and back there.
  await draw(lab, [
    [x + 40, y + 40],
    [x - 19, y + 40],
    [x - 19, y - 40],
    [x + 40, y - 40],
    [x + 41, y + 38],
  ]);
  await expect(stroke).toContainText('R0′');
  await page.mouse.up();
  await expect
    .poll(() => lastStep(lab))
    .toMatchObject({ do: 'partition', groups: expect.arrayContaining([['t0']]) });
});

test('a twin is divided by list, crashed and restarted by hand, and has a lane', async ({
  lab,
}) => {
  await lab.open('?scenario=normal-case&play=0');
  const { page } = lab;
  await lab.do({ do: 'byzantine', replica: 0, behaviour: 'twin' });
  await page.getByTestId('partition').click();
  for (const name of ['R0′', 'R2']) await page.getByLabel(name, { exact: true }).check();
  await expect(page.getByText('On the other: R0, R1, R3, c0.')).toContainText(
    'One side has a quorum of 3',
  );
  await page.getByRole('button', { name: 'Divide', exact: true }).click();
  await expect
    .poll(() => lastStep(lab))
    .toMatchObject({
      groups: [
        ['t0', 2],
        [0, 1, 3, 'c0'],
      ],
    });

  await expect(page.getByTestId('space-time').getByText('R0′')).toBeVisible();
  await page.getByLabel('Process', { exact: true }).selectOption('t0');
  await expect(page.getByTestId('byzantine')).toBeDisabled();
  await page.getByTestId('crash').click();
  await expect(page.getByTestId('twin-0')).toHaveAttribute('data-life', 'crashed');
  expect(await lastStep(lab)).toMatchObject({ do: 'crash', twin: 0 });
  await page.getByTestId('restart').click();
  await expect(page.getByTestId('twin-0')).toHaveAttribute('data-life', 'up');
  await page.getByTestId('heal').click();
  expect(await lab.finish()).toMatchObject({ safe: true, live: true });
});

test('one link is made to double what it carries', async ({ lab }) => {
  await lab.open('?scenario=normal-case&play=0');
  await lab.page.getByTestId('open-network').click();
  const sheet = lab.page.getByRole('form', { name: 'The network' });
  await sheet.getByLabel('one link, one way').check();
  await sheet.getByLabel('doubled %').fill('100');
  await sheet.getByRole('button', { name: 'Change' }).click();
  await expect
    .poll(() => lastStep(lab))
    .toMatchObject({ do: 'network', links: [{ from: 0, to: 1, duplicate: 1 }] });
  const verdict = await lab.finish();
  const copies = (await lab.trace()).filter(
    (event) => event.type === 'sent' && event.copyOf !== undefined,
  );

  expect(verdict).toMatchObject({ safe: true, live: true });
  expect(copies.length).toBeGreaterThan(0);
  expect(copies.every((event) => event.process === 0 && 'to' in event && event.to === 1)).toBe(
    true,
  );
});

test('a message of a Byzantine sender is tampered with in flight, and a forged one is refused', async ({
  lab,
}) => {
  await lab.open('?scenario=normal-case&play=0');
  const { page } = lab;
  const tamper = page.getByRole('button', { name: 'Tamper…' });
  await lab.runUntil({ replica: 1, reaches: 'pre-prepared' });
  const message = await inFlight(lab, 'prepare', 1, 2);
  await page.getByTestId(`message-${message}`).dispatchEvent('click');
  await expect(page.getByText('make replica 1 Byzantine first')).toBeVisible();

  await lab.do({ do: 'byzantine', replica: 1, behaviour: 'silent-to', targets: [] });
  await tamper.click();
  const sheet = page.getByRole('form', { name: 'R1 says something else' });
  await expect(sheet.getByLabel('message', { exact: true })).toHaveValue('prepare');
  await expect(sheet.getByLabel('sequence')).toHaveValue('1');
  await sheet.getByLabel('for', { exact: true }).selectOption('the null request');
  await sheet.getByRole('button', { name: 'Send this instead' }).click();
  await expect
    .poll(async () => (await lab.scenario()).steps.slice(-2))
    .toMatchObject([
      { do: 'message', message, deed: 'drop' },
      {
        do: 'send',
        replica: 1,
        to: [2],
        message: { type: 'prepare', view: 0, sequence: 1, digest: 'null' },
      },
    ]);

  await page.getByRole('button', { name: 'Send one like it…' }).click();
  await sheet.getByLabel('in the name of').selectOption('3');
  await sheet.getByText('As it is written').click();
  await sheet.getByRole('textbox').fill('{"type":"prepare","view":0}');
  await expect(sheet.getByRole('alert')).toContainText('message.sequence: missing');
  await expect(sheet.getByRole('button', { name: 'Send this too' })).toBeDisabled();
  await sheet
    .getByRole('textbox')
    .fill('{"type":"commit","view":0,"sequence":1,"digest":"null","replica":3,"signer":3}');
  await sheet.getByRole('button', { name: 'Send this too' }).click();
  const verdict = await lab.finish();

  expect(verdict).toMatchObject({ safe: true, live: true });
  expect(await lab.trace()).toContainEqual(
    expect.objectContaining({ type: 'rejected', process: 2, reason: 'bad-signature' }),
  );
});
