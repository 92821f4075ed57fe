import { expect, it } from 'vitest';

import { SimulatedCluster } from '#core/simulation/cluster.ts';
import { loadScenario } from '#core/simulation/scenarios/library.ts';

import { networkAfter } from './network-now.ts';

it('the network is as the last step left it, field by field', () => {
  const parsed = loadScenario('normal-case');
  if (!parsed.ok) throw new Error(parsed.problem);
  const slow = { from: 0, to: 3, latencyMs: [80, 80] } as const;
  const { conductor } = new SimulatedCluster({
    ...parsed.scenario,
    steps: [
      { do: 'network', loss: 0.5, at: 1 },
      { do: 'network', links: [slow], at: 2 },
    ],
  });
  const cluster = new SimulatedCluster(conductor.scenario());
  cluster.run();

  expect(networkAfter(parsed.scenario.network, cluster.conductor.trace)).toEqual({
    ...parsed.scenario.network,
    loss: 0.5,
    links: [slow],
  });
});
