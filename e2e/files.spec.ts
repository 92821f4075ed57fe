import { readFile } from 'node:fs/promises';

import { expect, test } from './lab-test.ts';

test('everything can be taken away as a file, and a scenario brought back', async ({ lab }) => {
  await lab.open();
  await lab.load('normal-case');
  await lab.runUntil({ replica: 2, reaches: 'prepared', sequence: 1 });
  await lab.crash(2);
  await lab.runUntil({ quiet: true });
  const digest = await lab.digest();
  const take = async (id: string): Promise<string> => {
    const [file] = await Promise.all([
      lab.page.waitForEvent('download'),
      lab.page.getByTestId(`export-${id}`).click(),
    ]);
    return readFile(await file.path(), 'latin1');
  };

  await lab.page.getByTestId('export').click();
  const scenario = await take('scenario');
  expect(JSON.parse(scenario)).toEqual(await lab.scenario());
  expect(JSON.parse(await take('trace'))).toEqual(await lab.trace());
  expect((await take('csv')).split('\r\n')).toHaveLength((await lab.trace()).length + 2);
  expect(await take('shiviz')).toContain('replica-2 {');
  expect(await take('mermaid')).toContain('Note over R2: crashed');
  for (const part of ['stage', 'diagram']) {
    const svg = await take(`${part}-svg`);
    expect(svg).toMatch(/^<svg xmlns=/);
    expect(svg).toContain('R2');
    expect(svg).not.toContain('class=');
    const png = await take(`${part}-png`);
    expect(png.slice(1, 4)).toBe('PNG');
    expect(png.length).toBeGreaterThan(5000);
  }

  await lab.page.getByTestId('open-scenario').setInputFiles({
    name: 'mine.json',
    mimeType: 'application/json',
    buffer: Buffer.from(scenario),
  });
  await expect(lab.page.getByTestId('export-dialog')).toBeHidden();
  await lab.runUntil({ quiet: true });
  expect(await lab.digest()).toBe(digest);
});

test('a file that is no scenario is refused in words, and what is on show stays', async ({
  lab,
}) => {
  await lab.open();
  await lab.load('normal-case');
  await lab.page.getByTestId('export').click();
  const bring = (text: string): Promise<void> =>
    lab.page.getByTestId('open-scenario').setInputFiles({
      name: 'mine.json',
      mimeType: 'application/json',
      buffer: Buffer.from(text),
    });

  await bring('{');
  await expect(lab.page.getByTestId('export-dialog')).toContainText('is no JSON file');
  await bring('{"format":"pbft-lab/scenario@1","steps":[{"do":"crash","replica":7}]}');
  await expect(lab.problems).toContainText('steps[0].replica');
  expect((await lab.scenario()).steps.some((step) => step.do === 'crash')).toBe(false);
});
