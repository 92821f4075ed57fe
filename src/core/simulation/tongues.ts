/**
 * Byzantine replicas with two tongues, which forge and lie as no twin can, in a network that is divided anew for every phase of
 * every view: what the first views do is up to the adversary, the later ones are left alone, and the run must be live.
 */
import { Random } from '#core/base/random.ts';
import { faultsTolerated } from '#core/pbft/quorum.ts';

import { phasePartition, phases, randomGroups } from './phase-partition.ts';
import type { Draft } from './random-faults.ts';
import { frame, submission } from './random-scenario.ts';
import { corruption } from './random-traitors.ts';
import type { Scenario, Step } from './scenario.ts';

/** The views that the adversary divides. */
const viewsDivided = 3;

/** What says one thing here and another there. */
const tongues = [
  'equivocate',
  'equivocate',
  'double-vote',
  'collude',
  'hide-prepared',
  'bad-view-change',
  'bad-new-view',
  'forge-sender',
  'mutate',
];

/** The classes of faults that these scenarios make happen. To collude takes two, and a proposal of the other. */
export const tonguesFaults: readonly string[] = [
  ...[...new Set(tongues)].filter((name) => name !== 'collude').map((name) => `byzantine: ${name}`),
  'dropped: rule',
  'view change: timer',
];

/** The scenario of a seed. */
export function tonguesScenario(seed: number, size?: number): Scenario {
  const random = new Random(`tongues/${seed}`);
  const drawn = random.pick([4, 4, 5, 6, 7]);
  const replicas = size ?? drawn;
  const draft: Draft = { random, replicas, clients: 2, untilMs: 400 };
  const operations = random.integer(2, 3);
  const scenario = frame(seed, draft);
  return {
    ...scenario,
    name: `tongues ${seed}`,
    network: { ...scenario.network, loss: 0 },
    steps: [
      ...twoTongued(draft),
      ...Array.from({ length: operations }, () => submission(draft)),
      ...divisions(draft),
      ...departures(draft),
    ],
    until: { executed: operations, atMs: 90_000 },
  };
}

/** As many as there may be, the first primaries more often than others. */
function twoTongued(draft: Draft): readonly Step[] {
  const { random, replicas } = draft;
  const count = faultsTolerated(replicas);
  const first = random.pick([0, 0, 1, random.integer(0, replicas - 1)]);
  const traitors = Array.from({ length: count }, (_, i) => (first + i) % replicas);
  return traitors.map((replica) => corruption(draft, replica, traitors, random.pick(tongues)));
}

/** Of a few divisions, one for each phase of each of the first views. */
function divisions(draft: Draft): readonly Step[] {
  const { random } = draft;
  const known = [randomGroups(draft), randomGroups(draft)];
  return Array.from({ length: viewsDivided }, (_, view) => view).flatMap((view) =>
    phases.flatMap((type) => {
      if (random.next() < 0.6) return [];
      return phasePartition({ type, view }, random.pick(known));
    }),
  );
}

/** Everybody loses patience, once or twice; some come back from their disks in between. */
function departures({ random, replicas }: Draft): readonly Step[] {
  const everybody = Array.from({ length: replicas }, (_, i) => i);
  const rounds = Array.from({ length: random.integer(0, 2) }, (_, i) => 150 + 200 * i);
  return rounds.flatMap((at) => [
    ...everybody.flatMap((replica): readonly Step[] =>
      random.next() < 0.15 ? [{ do: 'restart', replica, at: at - random.integer(1, 60) }] : [],
    ),
    ...everybody.flatMap((replica): readonly Step[] =>
      random.next() < 0.8 ? [{ do: 'timeout', replica, at: at + random.integer(0, 40) }] : [],
    ),
  ]);
}
