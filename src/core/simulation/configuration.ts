import type { Configuration } from '#core/pbft/configuration.ts';

import type { Scenario } from './scenario.ts';

/** The cluster that a scenario speaks of. */
export function configurationOf(scenario: Scenario): Configuration {
  const { replicas, f, clients, seed, service, protocol, ablation } = scenario;
  return { n: replicas, f, clients, seed, service, ...protocol, ablation };
}
