import { soak } from '#node/soak/soak-run.ts';

import { expect, test } from './lab-test.ts';

test('half a minute of load under terminated, paused, divided and lying replicas loses and contradicts nothing', async ({
  lab,
}) => {
  test.setTimeout(180_000);
  await lab.open('?live=1');
  const report = await soak(lab.page, { n: 4, seed: 1, ms: 30_000 });

  expect(report.failures).toEqual([]);
});
