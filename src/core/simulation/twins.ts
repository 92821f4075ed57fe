/**
 * The campaign of the Twins paper: up to f replicas run twice with one key, and in every phase of the run the network falls
 * apart in another way, each instance being on whichever side it happens to be. Neither instance lies, and yet the two
 * equivocate, forget and contradict each other. Each of these runs must be safe, and live once the network is whole.
 */
import { Random } from '#core/base/random.ts';
import { clientOf, instancesOf } from '#core/network/process-order.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import { faultsTolerated } from '#core/pbft/quorum.ts';

import { phasePartition, phases } from './phase-partition.ts';
import type { Draft } from './random-faults.ts';
import { frame, submission } from './random-scenario.ts';
import type { Milestone, Scenario, Step } from './scenario.ts';

/** The classes of faults that these scenarios make happen. */
export const twinsFaults: readonly string[] = [
  'byzantine: twin',
  'dropped: partition',
  'dropped: rule',
  'new-view',
  'partition: groups',
];

const milestones: readonly Milestone[] = ['pre-prepared', 'prepared', 'committed', 'view-change'];

/** The network is whole again from here on. */
const calmMs = 1600;

/** The scenario of a seed. */
export function twinsScenario(seed: number, replicas?: number): Scenario {
  const random = new Random(`twins/${seed}`);
  const drawn = random.pick([4, 4, 4, 5, 7]);
  const draft: Draft = { random, replicas: replicas ?? drawn, clients: 2, untilMs: 900 };
  const steps = [
    ...doubling(draft),
    ...Array.from({ length: random.integer(3, 6) }, () => submission(draft)),
    ...divisions(draft),
    { do: 'heal', at: calmMs } as const,
  ];
  const scenario = frame(seed, draft);
  return {
    ...scenario,
    name: `twins ${seed}`,
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

/** Everything falls apart for a while, or one phase of the protocol in one view. */
function divisions(draft: Draft): readonly Step[] {
  const { random } = draft;
  return [
    { do: 'partition', groups: division(draft) },
    ...Array.from({ length: random.integer(1, 4) }, (_, i) => i + 1).flatMap((i) =>
      random.next() < 0.5 ? phaseOfView(draft) : phaseOfTime(draft, i),
    ),
  ];
}

/** What is said in one phase of a view stays on its side. */
function phaseOfView(draft: Draft): readonly Step[] {
  const { random } = draft;
  const sides = division(draft).map((side) => side.filter(isReplica));
  return phasePartition({ type: random.pick(phases), view: random.integer(0, 2) }, sides);
}

/** Begins at a time, or when somebody has come to a phase of the protocol, and lasts until the next one. */
function phaseOfTime(draft: Draft, i: number): readonly Step[] {
  const { random, replicas } = draft;
  const groups = division(draft);
  if (random.next() < 0.5) return [{ do: 'partition', groups, at: i * random.integer(100, 300) }];
  const when = { replica: random.integer(0, replicas - 1), reaches: random.pick(milestones) };
  // It may come late, or in the calm: it takes its own end along.
  return [
    { do: 'partition', groups, when },
    { do: 'heal', when, after: random.integer(100, 900) },
  ];
}

function isReplica(process: ProcessId): boolean {
  return clientOf(process) === undefined;
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
