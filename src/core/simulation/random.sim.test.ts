import { beforeAll, describe, expect, it } from 'vitest';

import type { CrashPoint } from '#core/network/trace-event.ts';

import { runScenario } from './cluster.ts';
import { randomBehaviours, randomScenario } from './random-scenario.ts';
import type { Verdict } from './scenario.ts';

const seeds = Array.from({ length: 200 }, (_, i) => i + 1);

const points: readonly CrashPoint[] = ['now', 'before-commit', 'after-commit', 'after-send'];

/** How often each kind of fault happened, over all runs. */
const fired = new Map<string, number>();

function count(fault: string): void {
  fired.set(fault, (fired.get(fault) ?? 0) + 1);
}

function run(seed: number, ablation: readonly string[] = []): Verdict {
  const { verdict, trace } = runScenario(randomScenario(seed, ablation));
  for (const event of trace) {
    if (event.type === 'misbehaved') count(event.behaviour);
    if (event.type === 'crashed') count(event.point);
    if (event.type === 'dropped') count(`dropped: ${event.reason}`);
    if (event.type === 'held' || event.type === 'delayed') count(event.type);
  }
  return verdict;
}

describe('200 random scenarios', () => {
  const verdicts = new Map<number, Verdict>();

  beforeAll(() => {
    for (const seed of seeds) verdicts.set(seed, run(seed));
  }, 300_000);

  it.each(seeds)('seed %i breaks no invariant and comes to what it expects', (seed) => {
    const verdict = verdicts.get(seed);

    expect(verdict?.violations).toEqual([]);
    expect(verdict?.unmet).toEqual([]);
  });

  it.each([...randomBehaviours, ...points])('have %s happen', (fault) => {
    expect(fired.get(fault)).toBeGreaterThan(0);
  });

  it.each([
    'dropped: loss',
    'dropped: partition',
    'dropped: rule',
    'dropped: crashed',
    'held',
    'delayed',
  ])('have messages %s', (fault) => {
    expect(fired.get(fault)).toBeGreaterThan(0);
  });

  it('decide something in at least half of the runs', () => {
    const decided = [...verdicts.values()].filter(({ counts }) => counts.decided > 0);

    expect(decided.length).toBeGreaterThanOrEqual(seeds.length / 2);
  });
});

describe('a program with a rule left out', () => {
  it.each([
    ['send-before-commit', 'write-ahead'],
    ['forget-votes', 'no-contradiction'],
    ['no-vote-deduplication', 'committed-backed'],
    ['no-vote-deduplication', 'agreement'],
    ['no-execution-order', 'contiguous-execution'],
    ['no-commit-phase', 'committed-backed'],
  ])(
    '%s is caught breaking %s within 20 seeds',
    (ablation, invariant) => {
      const found = seeds
        .slice(0, 20)
        .some((seed) =>
          run(seed, [ablation]).violations.some((violation) => violation.invariant === invariant),
        );

      expect(found).toBe(true);
    },
    60_000,
  );
});
