/**
 * The campaign of the Twins paper: up to f replicas run twice with one key, and in every phase of the run the network falls
 * apart in another way, each instance being on whichever side it happens to be. Neither instance lies, and yet the two
 * equivocate, forget and contradict each other. Each of these runs must be safe, and live once the network is whole.
 */
import { Random } from '#core/base/random.ts';
import { instancesOf } from '#core/network/process-order.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import { faultsTolerated } from '#core/pbft/quorum.ts';

import type { Draft } from './random-faults.ts';
import { frame, submission } from './random-scenario.ts';
import type { Milestone, Scenario, Step } from './scenario.ts';

/** The classes of faults that these scenarios make happen. */
export const doublesFaults: readonly string[] = [
  'byzantine: twin',
  'dropped: partition',
  'new-view',
  'partition: groups',
];

/** The network is whole again from here on. */
const calmMs = 1600;

/** The scenario of a seed. */
export function doublesScenario(seed: number, replicas?: number): Scenario {
  const random = new Random(`doubles/${seed}`);
  const drawn = random.pick([4, 4, 4, 5, 7]);
  const draft: Draft = { random, replicas: replicas ?? drawn, clients: 2, untilMs: 900 };
  const steps = [
    ...doubling(draft),
    ...Array.from({ length: random.integer(3, 6) }, () => submission(draft)),
    ...phases(draft),
    { do: 'heal', at: calmMs } as const,
  ];
  const scenario = frame(seed, draft);
  return {
    ...scenario,
    name: `doubles ${seed}`,
    network: { ...scenario.network, loss: 0 },
    steps,
    until: { executed: steps.filter((step) => step.do === 'submit').length, atMs: 90_000 },
  };
}

/** Up to f replicas are twins: mostly those that lead first, some only after they have worked alone. */
function doubling({ random, replicas }: Draft): readonly Step[] {
  const ids = Array.from({ length: replicas }, (_, i) => i);
  const count = random.integer(Math.min(1, faultsTolerated(replicas)), faultsTolerated(replicas));
  const chosen: number[] = [];
  while (chosen.length < count) {
    const candidate = random.next() < 0.6 ? chosen.length : random.pick(ids);
    if (!chosen.includes(candidate)) chosen.push(candidate);
  }
  return chosen.map((replica) => ({
    do: 'byzantine',
    replica,
    behaviour: 'twin',
    at: random.pick([0, 0, 0, 60, 300]),
  }));
}

/** Each begins at a time, or when somebody has come to a phase of the protocol, and lasts until the next one. */
function phases(draft: Draft): readonly Step[] {
  const { random, replicas } = draft;
  const milestones: readonly Milestone[] = ['pre-prepared', 'prepared', 'committed', 'view-change'];
  return Array.from({ length: random.integer(2, 5) }, (_, i) => i).flatMap((i): readonly Step[] => {
    const groups = division(draft);
    if (i === 0) return [{ do: 'partition', groups }];
    if (random.next() < 0.5) return [{ do: 'partition', groups, at: i * random.integer(100, 300) }];
    const reaches = random.pick(milestones);
    const when = { replica: random.integer(0, replicas - 1), reaches };
    // It may come late, or in the calm: it takes its own end along.
    return [
      { do: 'partition', groups, when },
      { do: 'heal', when, after: random.integer(100, 900) },
    ];
  });
}

/** Two sides or three; who stands where is drawn, for either instance on its own. */
function division({ random, replicas, clients }: Draft): readonly (readonly ProcessId[])[] {
  const sides = random.pick([2, 2, 2, 3]);
  const places = instancesOf(replicas, clients).map((process) => ({
    process,
    side: random.integer(0, sides - 1),
  }));
  return Array.from({ length: sides }, (_, side) =>
    places.filter((place) => place.side === side).map(({ process }) => process),
  ).filter((group) => group.length > 0);
}
