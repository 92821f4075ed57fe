import { faultsTolerated } from '#core/pbft/quorum.ts';
import type { Behaviour } from '#core/replica/process.ts';

import type { Draft } from './random-faults.ts';
import type { DeedOf, Step } from './scenario.ts';

/** Every behaviour that the generators give to a replica. */
export const randomBehaviours: readonly Behaviour['behaviour'][] = [
  'silent',
  'silent-to',
  'equivocate',
  'double-vote',
  'wrong-digest',
  'bad-signature',
  'censor',
  'replay',
  'lie-checkpoint',
  'lie-reply',
  'lie-view',
  'hide-prepared',
  'bad-new-view',
  'view-change-storm',
];

/** Every damage that the generators do to a disk. */
export const randomDamages: readonly NonNullable<DeedOf<'restart'>['disk']>[] = [
  'wiped',
  'lose-last',
  'corrupt',
  'older',
];

/** At most f replicas that are Byzantine or forget, and the steps that make them so. */
export function randomTraitors(draft: Draft): {
  readonly traitors: readonly number[];
  readonly steps: readonly Step[];
} {
  const { random, replicas } = draft;
  const count = random.next() < 0.2 ? 0 : random.integer(1, Math.max(1, faultsTolerated(replicas)));
  const ids = Array.from({ length: replicas }, (_, i) => i);
  const traitors: number[] = [];
  while (traitors.length < Math.min(count, faultsTolerated(replicas))) {
    const candidate = random.next() < 0.4 ? traitors.length : random.pick(ids);
    if (!traitors.includes(candidate)) traitors.push(candidate);
  }
  const steps = traitors.flatMap((replica) =>
    random.next() < 0.7 ? [corruption(draft, replica)] : amnesia(draft, replica),
  );
  return { traitors, steps };
}

function corruption({ random, replicas }: Draft, replica: number): Step {
  const behaviour = random.pick(randomBehaviours);
  const others = Array.from({ length: replicas }, (_, i) => i).filter((i) => i !== replica);
  const some = others.filter(() => random.next() < 0.5);
  return {
    do: 'byzantine',
    replica,
    behaviour,
    at: random.pick([0, 0, 100]),
    ...(behaviour === 'silent-to' && { targets: some }),
    ...(behaviour === 'equivocate' && random.next() < 0.7 && { split: some }),
  };
}

/** A replica comes back, and its disk is not what it was. */
function amnesia({ random, untilMs }: Draft, replica: number): readonly Step[] {
  const at = random.integer(30, untilMs - 200);
  const disk = random.pick(randomDamages);
  return [
    { do: 'crash', replica, at },
    {
      do: 'restart',
      replica,
      disk,
      at: at + random.integer(1, 150),
      ...(disk === 'lose-last' && { commits: random.integer(1, 4) }),
      ...(disk === 'corrupt' && { record: random.integer(1, 4) }),
      ...(disk === 'older' && { from: random.integer(0, at) }),
    },
  ];
}
