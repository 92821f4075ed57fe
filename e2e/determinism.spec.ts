import { expect, test } from './lab-test.ts';
import { Simulator } from './simulator.ts';

let simulator: Simulator;

test.beforeAll(async () => {
  simulator = await Simulator.start();
});

test.afterAll(() => simulator.close());

test.describe.configure({ timeout: 900_000 });

test('every built-in scenario has the same verdict and trace digest in the page and in the simulation', async ({
  lab,
}) => {
  await lab.open();
  const names = simulator.names();
  for (const name of names) {
    await test.step(name, async () => {
      const inPage = lab.run(name);
      const simulated = simulator.verdict(name);
      expect(await inPage, name).toEqual(simulated);
    });
  }
  expect(names.length).toBeGreaterThan(50);
});
