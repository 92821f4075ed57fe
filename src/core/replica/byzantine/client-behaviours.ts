import { type BehaviourEntry, count } from './behaviour-entry.ts';

/** Every way for a client to be Byzantine. */
export const clientBehaviours = [
  {
    name: 'equivocate',
    of: 'client',
    words: 'It asks different replicas for different operations under one timestamp.',
    options: [
      {
        name: 'split',
        kind: 'replicas',
        words: 'Who gets the second operation',
        initial: 'the upper half',
      },
    ],
  },
  {
    name: 'replay',
    of: 'client',
    words: 'With every request it sends its old ones again.',
    options: [],
  },
  {
    name: 'bad-signature',
    of: 'client',
    words: 'The signatures of its requests are invalid.',
    options: [
      {
        name: 'targets',
        kind: 'processes',
        words: 'Before whom',
        initial: 'all',
      },
    ],
  },
  {
    name: 'flood',
    of: 'client',
    words: 'It sends one request after the other and waits for no answer.',
    options: [count('How many each time', 8)],
  },
  {
    name: 'backups-only',
    of: 'client',
    words: 'It sends its requests to the backups, and never to the primary.',
    options: [],
  },
  {
    name: 'exhaust-timestamp',
    of: 'client',
    words: 'It uses the highest timestamp there is.',
    options: [],
  },
] as const satisfies readonly BehaviourEntry[];
