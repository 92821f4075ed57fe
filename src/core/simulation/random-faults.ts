import type { Random } from '#core/base/random.ts';
import type { Match } from '#core/network/match.ts';
import { processesOf } from '#core/network/process-order.ts';
import type { CrashPoint } from '#core/network/trace-event.ts';
import type { ProcessId } from '#core/pbft/message.ts';

import type { Condition, Milestone, Step } from './scenario.ts';

/** What a generator draws from, and for which cluster. */
export interface Draft {
  readonly random: Random;
  readonly replicas: number;
  readonly clients: number;
  /** Faults begin before this time. */
  readonly untilMs: number;
}

/** Faults of a random subset of kinds. Every crash brings its restart along, every pause its end. */
export function randomFaults(draft: Draft): readonly Step[] {
  const { random } = draft;
  return kinds.flatMap((kind) => {
    if (random.next() < 0.5) return [];
    const count = random.integer(1, 3);
    return Array.from({ length: count }, () => kind(draft)).flat();
  });
}

type Kind = (draft: Draft) => readonly Step[];

const kinds: readonly Kind[] = [
  crashInTurn,
  crashAt,
  crashClient,
  interference,
  split,
  suspension,
  impatience,
];

const points: readonly CrashPoint[] = ['now', 'before-commit', 'after-commit', 'after-send'];

const milestones: readonly Milestone[] = [
  'pre-prepared',
  'prepared',
  'committed',
  'executed',
  'checkpoint',
  'stable',
  'view-change',
  'new-view',
];

/** A replica dies in the very turn in which it reaches something, and comes back. */
function crashInTurn({ random, replicas }: Draft): readonly Step[] {
  const replica = random.integer(0, replicas - 1);
  const reaches = random.pick(milestones);
  const place = random.integer(1, 3);
  const isOfView = reaches === 'view-change' || reaches === 'new-view';
  const when: Condition = {
    replica,
    reaches,
    ...(isOfView ? { view: place } : { sequence: place }),
  };
  return [
    { do: 'crash', replica, point: random.pick(points), when },
    { do: 'restart', replica, when, after: random.integer(1, 250) },
  ];
}

/** A replica dies at some time, or in its next turn after it. */
function crashAt({ random, replicas, untilMs }: Draft): readonly Step[] {
  const replica = random.integer(0, replicas - 1);
  const at = random.integer(1, untilMs - 1);
  return [
    { do: 'crash', replica, point: random.pick(points), at },
    { do: 'restart', replica, at: at + random.integer(1, 300) },
  ];
}

function crashClient({ random, clients, untilMs }: Draft): readonly Step[] {
  const client = random.integer(0, clients - 1);
  const at = random.integer(1, untilMs - 1);
  return [
    { do: 'crash', client, point: random.pick(points), at },
    { do: 'restart', client, at: at + random.integer(1, 300) },
  ];
}

/** Something happens to the next few messages of a kind. */
function interference(draft: Draft): readonly Step[] {
  const { random, untilMs } = draft;
  const match = randomMatch(draft);
  const count = random.integer(1, 5);
  const at = random.integer(0, untilMs - 1);
  return random.pick<() => readonly Step[]>([
    () => [{ do: 'drop', match, count, at }],
    () => [{ do: 'duplicate', match, count, at }],
    () => [{ do: 'delay', match, count, ms: random.integer(1, 400), at }],
    () => [
      { do: 'hold', match, count, at },
      { do: 'release', at: at + random.integer(1, 400) },
    ],
  ])();
}

const matchedTypes: readonly NonNullable<Match['type']>[] = [
  'pre-prepare',
  'prepare',
  'commit',
  'checkpoint',
  'reply',
  'view-change',
  'new-view',
  'status',
  'fetch',
  'data',
];

function randomMatch({ random, replicas, clients }: Draft): Match {
  const processes = processesOf(replicas, clients);
  return {
    ...(random.next() < 0.7 && {
      type: random.pick(matchedTypes),
    }),
    ...(random.next() < 0.5 && { from: random.pick(processes) }),
    ...(random.next() < 0.5 && { to: random.pick(processes) }),
  };
}

/** Two groups, or a few one-way cuts, for a while. */
function split({ random, replicas, clients, untilMs }: Draft): readonly Step[] {
  const processes = processesOf(replicas, clients);
  const at = random.integer(0, untilMs - 1);
  const heal: Step = { do: 'heal', at: at + random.integer(50, 500) };
  if (random.next() < 0.5) {
    const isLeft = new Map(processes.map((process) => [process, random.next() < 0.5]));
    const groups = [true, false].map((side) =>
      processes.filter((process) => isLeft.get(process) === side),
    );
    return [{ do: 'partition', groups, at }, heal];
  }
  const cut = Array.from({ length: random.integer(1, 4) }, (): readonly [ProcessId, ProcessId] => [
    random.pick(processes),
    random.pick(processes),
  ]);
  return [{ do: 'partition', cut, at }, heal];
}

function suspension({ random, replicas, untilMs }: Draft): readonly Step[] {
  const replica = random.integer(0, replicas - 1);
  const at = random.integer(0, untilMs - 1);
  return [
    { do: 'pause', replica, at },
    { do: 'resume', replica, at: at + random.integer(1, 400) },
  ];
}

/** Some lose patience with the primary, with or without reason. */
function impatience({ random, replicas, untilMs }: Draft): readonly Step[] {
  const at = random.integer(0, untilMs - 1);
  const everybody = Array.from({ length: replicas }, (_, replica) => replica);
  return everybody
    .filter(() => random.next() < 0.7)
    .map((replica) => ({ do: 'timeout', replica, at: at + random.integer(0, 60) }));
}
