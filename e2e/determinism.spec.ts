import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import type { Verdict } from '#core/simulation/scenario.ts';

import { expect, test } from './lab-test.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** What one process says of every built-in scenario, in one thread. */
let simulated: ReadonlyMap<string, Verdict> = new Map();

test.beforeAll(async () => {
  test.setTimeout(120_000);
  const { stdout } = await promisify(execFile)('npm', ['run', '-s', 'simulate', '--', '--all'], {
    cwd: root,
    maxBuffer: 2 ** 26,
  });
  const verdicts: Readonly<Record<string, Verdict>> = JSON.parse(stdout);
  simulated = new Map(Object.entries(verdicts));
});

/** A page is used for several scenarios, one after the other; a fresh one now and then says which of them it was. */
const pages = 6;

for (let part = 0; part < pages; part += 1) {
  test(`built-in scenarios, part ${part + 1} of ${pages}: the page meets what each expects, with the verdict and trace digest of one thread`, async ({
    lab,
  }) => {
    test.setTimeout(180_000);
    await lab.open();
    for (const [i, [name, verdict]] of [...simulated].entries()) {
      if (i % pages !== part) continue;
      await test.step(name, async () => {
        expect(verdict.met, name).toBe(true);
        expect(await lab.run(name), name).toEqual(verdict);
      });
    }
  });
}

test('the list of scenarios on the page is that of the simulation', async ({ lab }) => {
  await lab.open();
  const options = lab.page.getByTestId('scenario').locator('option');
  const offered = (): Promise<readonly (string | null)[]> =>
    options.evaluateAll((all) => all.map((option) => option.getAttribute('value')));

  // The library comes when the first scenario is on its way.
  await expect.poll(offered).toEqual(expect.arrayContaining([...simulated.keys()]));
});
