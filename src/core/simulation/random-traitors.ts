import { defined } from '#core/base/assert.ts';
import { faultsTolerated } from '#core/pbft/quorum.ts';
import {
  behaviourEntry,
  clientBehaviourNames,
  replicaBehaviourNames,
} from '#core/replica/byzantine/catalogue.ts';

import type { Draft } from './random-faults.ts';
import type { DeedOf, Step } from './scenario.ts';

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
  const ids = idsOf(replicas);
  const traitors: number[] = [];
  while (traitors.length < Math.min(count, faultsTolerated(replicas))) {
    const candidate = random.next() < 0.4 ? traitors.length : random.pick(ids);
    if (!traitors.includes(candidate)) traitors.push(candidate);
  }
  const steps = traitors.flatMap((replica) =>
    random.next() < 0.7 ? [corruption(draft, replica, traitors)] : amnesia(draft, replica),
  );
  return { traitors, steps };
}

/** When a Byzantine client is gone, and when its run ends: how much gets executed for it is up to it. */
export const rogueLife = { goneAtMs: 10_000, untilAtMs: 25_000 };

/** A Byzantine client, in some runs with more than one. */
export function randomRogue(draft: Draft): readonly Step[] {
  const { random, clients } = draft;
  if (clients < 2 || random.next() < 0.6) return [];
  return treachery(draft, random.pick(clientBehaviourNames), random.integer(0, clients - 1));
}

/** A client takes to a behaviour, until it is gone. */
export function treachery(
  { random, replicas }: Draft,
  name: string,
  client: number,
): readonly Step[] {
  const behaviour = defined(
    clientBehaviourNames.find((known) => known === name),
    `${name} is a behaviour of clients`,
  );
  const some = idsOf(replicas).filter(() => random.next() < 0.5);
  return [
    {
      do: 'byzantine',
      client,
      behaviour,
      ...(behaviour === 'equivocate' && random.next() < 0.7 && { split: some }),
      ...(behaviour === 'bad-signature' && random.next() < 0.7 && { targets: [0, ...some] }),
    },
    { do: 'crash', client, at: rogueLife.goneAtMs },
  ];
}

/** All that one instance does alone; twins have a generator of their own. */
const loneBehaviourNames = replicaBehaviourNames.filter((name) => name !== 'twin');

/** A replica takes to a behaviour, the one by this name or any, with options of all kinds. */
export function corruption(
  { random, replicas, clients }: Draft,
  replica: number,
  traitors: readonly number[],
  name?: string,
): Step {
  const drawn = random.pick(loneBehaviourNames);
  const behaviour = replicaBehaviourNames.find((known) => known === name) ?? drawn;
  const others = idsOf(replicas).filter((i) => i !== replica);
  const some = others.filter(() => random.next() < 0.5);
  const accomplices = traitors.filter((traitor) => traitor !== replica);
  const how = behaviourEntry('replica', behaviour)?.options.find((option) => option.name === 'how');
  return {
    do: 'byzantine',
    replica,
    behaviour,
    at: random.pick([0, 0, 100]),
    ...(behaviour === 'silent-to' && { targets: some.length > 0 ? some : others }),
    ...(behaviour === 'equivocate' && random.next() < 0.7 && { split: some }),
    ...(behaviour === 'collude' && {
      with: random.pick(accomplices.length > 0 ? accomplices : others),
    }),
    ...(behaviour === 'censor' && { client: random.integer(0, clients - 1) }),
    ...(behaviour === 'delay' && { ms: random.pick([40, 300, 2000]) }),
    ...(how !== undefined && random.next() < 0.5 && { how: random.pick(how.choices ?? []) }),
  };
}

function idsOf(replicas: number): readonly number[] {
  return Array.from({ length: replicas }, (_, i) => i);
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
