import { Random } from '#core/base/random.ts';

import { crashPointScenario } from './crash-point-scenario.ts';
import { laggardScenario } from './laggard-scenario.ts';
import { mutationFaults, mutationScenario } from './mutations.ts';
import type { Draft } from './random-faults.ts';
import { frame, randomScenario, submission } from './random-scenario.ts';
import { randomDamages } from './random-traitors.ts';
import type { Scenario, Step } from './scenario.ts';
import { strategies } from './strategies.ts';
import { tonguesFaults, tonguesScenario } from './tongues.ts';
import { treasonFaults, treasonScenario } from './treason.ts';
import { twinsFaults, twinsScenario } from './twins.ts';

/** A source of scenarios: each must be safe and, at its end, live. */
export interface Generator {
  readonly name: string;
  readonly draw: (seed: number, replicas?: number) => Scenario;
  /** The classes of faults that it makes happen, given some hundreds of seeds. */
  readonly faults: readonly string[];
}

const losses = ['crashed', 'loss', 'partition', 'rule'].map((reason) => `dropped: ${reason}`);
const points = ['now', 'before-commit', 'after-commit', 'after-send'].map((p) => `crash: ${p}`);

const swarmFaults: readonly string[] = [
  ...randomDamages.map((damage) => `disk: ${damage}`),
  'disk: kept',
  ...points,
  ...losses,
  'delayed',
  'duplicated',
  'held',
  'paused',
  'partition: groups',
  'partition: one-way',
];

/** Every generator, by the names that the command line takes. */
export const generators: readonly Generator[] = [
  {
    name: 'swarm',
    draw: (seed, replicas) => randomScenario(seed, replicas === undefined ? {} : { replicas }),
    faults: swarmFaults,
  },
  {
    name: 'strategies',
    draw: strategyScenario,
    faults: [
      'byzantine: bad-new-view',
      'byzantine: censor',
      'byzantine: hide-prepared',
      'crash: after-send',
      'disk: wiped',
      'learner: empty-store',
      'new-view',
      'state transfer: installed',
      'view change: faulty-primary',
      'view change: invalid-new-view',
      'view change: join',
      'view change: timer',
    ],
  },
  { name: 'tongues', draw: tonguesScenario, faults: tonguesFaults },
  { name: 'twins', draw: twinsScenario, faults: twinsFaults },
  { name: 'mutations', draw: mutationScenario, faults: mutationFaults },
  { name: 'treason', draw: treasonScenario, faults: treasonFaults },
  {
    name: 'laggards',
    draw: laggardScenario,
    faults: [
      'byzantine: lie-state',
      'disk: older',
      'disk: rotten',
      'learner: older-store',
      'quarantined',
      'state transfer: installed',
    ],
  },
  { name: 'crash-points', draw: crashPointScenario, faults: points.slice(1) },
];

/** The plan of a seed: seeds that follow each other go through all plans. */
function strategyScenario(seed: number, replicas?: number): Scenario {
  const random = new Random(`strategy/${seed}`);
  const drawn = random.pick([4, 4, 5, 6, 7]);
  const draft: Draft = { random, replicas: replicas ?? drawn, clients: 2, untilMs: 400 };
  const strategy = strategies[seed % strategies.length] ?? strategies[0];
  const operations = random.integer(2, 4);
  const steps: readonly Step[] = [
    ...Array.from({ length: operations }, () => submission(draft)),
    ...(strategy?.steps(draft) ?? []),
  ];
  const executed = steps.filter((step) => step.do === 'submit').length;
  const scenario = frame(seed, draft);
  return {
    ...scenario,
    name: `${strategy?.name} ${seed}`,
    network: { ...scenario.network, loss: 0 },
    steps,
    until: { executed, atMs: 90_000 },
  };
}
