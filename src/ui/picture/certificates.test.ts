import { describe, expect, it } from 'vitest';

import { quorumsOf, quorumsUnder, type Quorums } from '#core/pbft/quorum.ts';
import { consequenceWords, promiseWords, sharedWords } from '#ui/words/intersection-words.ts';

import {
  certificatesAt,
  intersectionOf,
  tellingPair,
  type Certificate,
  type Intersection,
} from './certificates.ts';
import { faultyIn } from './faulty.ts';
import { scenarioTrace } from './scenario-trace.ts';

/** What the two most telling certificates at the first place of a scenario have in common. */
function storyOf(name: string): {
  readonly first: Certificate;
  readonly second: Certificate;
  readonly quorums: Quorums;
  readonly intersection: Intersection;
} {
  const { scenario, trace } = scenarioTrace(name);
  const { replicas, f, ablation } = scenario;
  const quorums = quorumsUnder((rule) => ablation.includes(rule), quorumsOf(replicas, f));
  const pair = tellingPair(certificatesAt(trace, 1, replicas));
  if (pair === undefined) throw new Error(`${name} has no two certificates`);
  const [first, second] = pair;
  const intersection = intersectionOf(first, second, quorums, faultyIn(trace));
  return { first, second, quorums, intersection };
}

describe('certificates', () => {
  it('are held by every replica of a fault-free run, each made of Q votes', () => {
    const { trace } = scenarioTrace('normal-case');
    const certificates = certificatesAt(trace, 1, 4);

    expect(certificates.map(({ holder, kind }) => `${holder} ${kind}`).sort()).toEqual(
      [0, 1, 2, 3].flatMap((holder) => [`${holder} committed`, `${holder} prepared`]),
    );
    expect(new Set(certificates.map(({ signers }) => signers.length))).toEqual(new Set([3]));
    expect(certificates.filter(({ kind }) => kind === 'prepared')).toSatisfy(
      (prepared: Certificate[]) => prepared.every(({ signers }) => signers.includes(0)),
    );
  });

  it('are none at a place where nothing prepared, and none where COMMITs are not needed', () => {
    const { trace } = scenarioTrace('no-commit-phase');

    expect(certificatesAt(trace, 99, 4)).toEqual([]);
    expect(certificatesAt(trace, 1, 4).every(({ kind }) => kind === 'prepared')).toBe(true);
  });
});

describe('quorum intersection', () => {
  it('names the correct replica that signed both', () => {
    const { first, second, quorums, intersection } = storyOf('prepared-across-views');

    expect([first.view, second.view]).toEqual([0, 1]);
    expect(intersection).toEqual({ shared: [1, 2, 3], correct: [1, 2, 3], promised: 2 });
    expect(sharedWords(intersection)).toBe(
      'R1, R2 and R3 signed both, and all of them are correct.',
    );
    expect(promiseWords(quorums, intersection)).toContain('2Q − n = 6 − 4 = 2 replicas');
    expect(consequenceWords(first, second, intersection)).toContain('its VIEW-CHANGE says so');
  });

  it('is among liars only where two digests were certified in one view', () => {
    const { first, second, intersection } = storyOf('more-than-f');

    expect(first.digest).not.toBe(second.digest);
    expect(first.view).toBe(second.view);
    expect(intersection).toMatchObject({ shared: [0, 3], correct: [] });
    expect(sharedWords(intersection)).toBe('R0 and R3 signed both, and none of them is correct.');
    expect(consequenceWords(first, second, intersection)).toContain('two digests');
  });

  it('promises nobody correct where the quorums are too small', () => {
    const naive = storyOf('naive-quorum');
    const weak = storyOf('ablation-weak-quorum');

    expect(naive.intersection).toEqual({ shared: [0], correct: [], promised: 1 });
    expect(promiseWords(naive.quorums, naive.intersection)).toContain('not more than f = 1');
    expect(consequenceWords(naive.first, naive.second, naive.intersection)).toContain('not kept');
    expect(weak.intersection).toEqual({ shared: [], correct: [], promised: 0 });
    expect(promiseWords(weak.quorums, weak.intersection)).toContain('need not share any');
  });

  it('says where a rule that was left out let a correct replica sign two digests', () => {
    const { first, second, intersection } = storyOf('amnesia');

    expect(intersection.correct).toEqual([3]);
    expect(consequenceWords(first, second, intersection)).toContain('R3 signed two digests');
  });

  it('is not enough for what was only prepared', () => {
    const { first, second, intersection } = storyOf('no-commit-phase');

    expect(intersection.correct.length).toBeGreaterThan(0);
    expect(consequenceWords(first, second, intersection)).toContain('was only prepared');
  });
});
