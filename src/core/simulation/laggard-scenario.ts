/**
 * Plans about replicas that lag and stores that lie (pbft.md 1.15, 1.16, A-K4 to A-K8, A-S5): somebody misses more than a
 * window, and what happens while it fetches the state is drawn. At most f replicas are Byzantine or damaged: each
 * run must be safe and live.
 */
import { Random } from '#core/base/random.ts';

import type { Draft } from './random-faults.ts';
import { frame, submission } from './random-scenario.ts';
import type { Condition, Scenario, Step } from './scenario.ts';

/** What is drawn for a plan: who lags, who may be faulty, and when the laggard hears again. */
interface Cast extends Draft {
  readonly laggard: number;
  readonly villain: number;
  readonly back: Condition;
}

const plans: readonly (readonly [name: string, steps: (cast: Cast) => readonly Step[]])[] = [
  ['laggard', () => []],
  ['laggard and a liar about the state', liar],
  ['laggard dies while it fetches', fetcherDies],
  ['laggard asks one that dies', sourceDies],
  ['laggard fetches what is let go', targetCollected],
  ['laggard while views change', viewsChange],
  ['laggard has lost its disk', laggardForgets],
  ['state rots', stateRots],
  ['older disk among restarts', olderDisk],
];

/** The plan of a seed: seeds that follow each other go through all plans. */
export function laggardScenario(seed: number, replicas?: number): Scenario {
  const random = new Random(`laggard/${seed}`);
  const count = replicas ?? random.pick([4, 4, 5, 6, 7]);
  const draft: Draft = { random, replicas: count, clients: 2, untilMs: 400 };
  const laggard = random.integer(0, count - 1);
  const villain = (laggard + random.integer(1, count - 1)) % count;
  const operations = 8 + random.integer(0, 4);
  const back: Condition = { client: 0, answered: random.integer(7, 8) };
  const [name, plan] = plans[seed % plans.length] ?? ['laggard', () => []];
  const steps: readonly Step[] = [
    ...awayUntil(draft, laggard, back),
    ...Array.from({ length: operations }, (_, i) => write(random, i)),
    submission(draft),
    ...plan({ ...draft, laggard, villain, back }),
  ];
  const executed = steps.filter((step) => step.do === 'submit').length;
  const scenario = frame(seed, draft);
  const protocol = { ...scenario.protocol, checkpointInterval: 2, logSize: 4 };
  return {
    ...scenario,
    name: `${name} ${seed}`,
    protocol,
    network: { ...scenario.network, loss: 0 },
    steps,
    until: { executed, atMs: 90_000 },
  };
}

/** The longest that somebody is away, in ms. */
const awayMs = 15_000;

function awayUntil({ replicas, random }: Draft, laggard: number, back: Condition): readonly Step[] {
  const rest = Array.from({ length: replicas }, (_, i) => i).filter((i) => i !== laggard);
  return [
    { do: 'partition', groups: [[...rest, 'c0', 'c1']], at: random.integer(0, 50) },
    { do: 'heal', when: back, after: random.integer(0, 300) },
    // With somebody else out of order there is no quorum, and what it waits for never comes.
    { do: 'heal', at: awayMs },
  ];
}

/** Some values are large, so that a state has several pieces. */
function write(random: Random, i: number): Step {
  const value = 'x'.repeat(random.pick([1, 20, 3000]));
  return { do: 'submit', client: 0, operation: { put: [`k${i}`, value] } };
}

/** A-K4 */
function liar({ random, villain }: Cast): readonly Step[] {
  const how = random.pick(['bad-chunk', 'bad-meta', 'truncated', 'alternate'] as const);
  return [{ do: 'byzantine', replica: villain, behaviour: 'lie-state', how }];
}

/** A-K5 */
function fetcherDies({ random, laggard, back }: Cast): readonly Step[] {
  const point = random.pick(['before-commit', 'after-commit', 'after-send'] as const);
  return Array.from({ length: random.integer(1, 3) }, () => random.integer(200, 2500)).flatMap(
    (after): readonly Step[] => [
      { do: 'crash', replica: laggard, point, when: back, after },
      { do: 'restart', replica: laggard, when: back, after: after + random.integer(20, 300) },
    ],
  );
}

/** A-K5 */
function sourceDies({ random, villain, back }: Cast): readonly Step[] {
  const after = random.integer(200, 1500);
  return [
    { do: 'crash', replica: villain, when: back, after },
    { do: 'restart', replica: villain, when: back, after: after + random.integer(100, 3000) },
  ];
}

/** A-K5: what the laggard asks for is slow to come, and others go on. */
function targetCollected({ random, laggard, back }: Cast): readonly Step[] {
  const ms = random.integer(100, 700);
  return [
    { do: 'delay', match: { type: 'data', to: laggard }, ms, count: random.integer(3, 20) },
    ...Array.from({ length: 6 }, (_, i): Step => ({
      do: 'submit',
      client: 1,
      operation: { put: [`more ${i}`, 'y'.repeat(random.pick([1, 3000]))] },
      when: back,
      after: 300 + 200 * i,
    })),
  ];
}

/** A-V13 */
function viewsChange({ random, replicas, back }: Cast): readonly Step[] {
  const after = random.integer(100, 1500);
  return Array.from({ length: replicas }, (_, replica) => replica).flatMap((replica) =>
    random.next() < 0.2
      ? []
      : [{ do: 'timeout', replica, when: back, after: after + random.integer(0, 40) } as const],
  );
}

/** It is the one that may be faulty. */
function laggardForgets({ random, laggard, back }: Cast): readonly Step[] {
  const after = random.integer(1, 1500);
  const disk = random.pick(['wiped', 'lose-last', 'older'] as const);
  return [
    {
      do: 'restart',
      replica: laggard,
      disk,
      when: back,
      after,
      ...(disk === 'lose-last' && { commits: random.integer(1, 4) }),
      ...(disk === 'older' && { from: random.integer(0, 400) }),
    },
    { do: 'restart', replica: laggard, when: back, after: after + random.integer(100, 1000) },
  ];
}

/** A-K6: the laggard's state, or another's. */
function stateRots({ random, laggard, villain }: Cast): readonly Step[] {
  const replica = random.pick([laggard, villain, villain]);
  const when: Condition = { client: 0, answered: random.integer(1, 6) };
  return [
    { do: 'restart', replica, disk: 'rotten', when, after: random.integer(0, 100) },
    ...(random.next() < 0.5
      ? ([{ do: 'restart', replica, when, after: random.integer(101, 1500) }] as const)
      : []),
  ];
}

/** A-S5, A-S8: everybody restarts, one of them from an older disk. */
function olderDisk({ random, replicas, villain, back }: Cast): readonly Step[] {
  return Array.from({ length: replicas }, (_, replica): Step => {
    const after = 500 + random.integer(0, 60);
    if (replica !== villain) return { do: 'restart', replica, when: back, after };
    const from = random.integer(30, 900);
    return { do: 'restart', replica, disk: 'older', from, when: back, after };
  });
}
