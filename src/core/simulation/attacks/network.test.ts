import { describe, expect, it } from 'vitest';

import { attacked, puts, sound } from './attack.ts';

type Group = (number | `c${number}`)[];

/** Everyone, in groups: in two, and in three. */
function splits(parts: number): readonly Group[][] {
  const all = Array.from({ length: parts ** 4 }, (_, code) =>
    Array.from({ length: parts }, (_, part) =>
      [0, 1, 2, 3].filter((i) => Math.floor(code / parts ** i) % parts === part),
    ),
  );
  const seen = new Set<string>();
  return all
    .filter((groups) => groups.every(({ length }) => length > 0))
    .map((groups) => groups.toSorted((a, b) => (a[0] ?? 0) - (b[0] ?? 0)))
    .filter((groups) => !seen.has(JSON.stringify(groups)) && seen.add(JSON.stringify(groups)));
}

const moments = [
  ['before a PRE-PREPARE', { sent: { type: 'request' } }],
  ['after it', { replica: 1, reaches: 'pre-prepared' }],
  ['when it has prepared', { replica: 1, reaches: 'prepared' }],
  ['when one has committed', { replica: 1, reaches: 'committed' }],
] as const;

describe('the network', { timeout: 60_000 }, () => {
  it.each([0.01, 0.05, 0.1, 0.3])('[2.6] that loses %d of all messages costs time only', (loss) => {
    const run = attacked({
      network: { latencyMs: [10, 30], loss },
      steps: puts(4),
      until: { executed: 4, atMs: 60_000 },
    });

    expect(run.end).toEqual(sound);
    expect(run.verdict.counts.dropped).toBeGreaterThan(0);
  });

  it('[2.6] that duplicates and reorders everything changes nothing', () => {
    const run = attacked({
      network: { latencyMs: [1, 200], duplicate: 1 },
      protocol: { requestTimeoutMs: 5000 },
      steps: puts(5),
      until: { executed: 5, atMs: 60_000 },
    });

    expect(run.end).toEqual(sound);
    expect(run.viewsEntered()).toEqual([]);
  });

  it('[2.6] whose link stalls for seconds is caught up with', () => {
    const run = attacked({
      steps: [
        { do: 'hold', match: { from: 0, to: 2 } },
        ...puts(4),
        { do: 'release', at: 3000 },
        { do: 'heal', at: 3000 },
      ],
      until: { executed: 4, atMs: 20_000 },
    });

    expect(run.end).toEqual(sound);
  });

  it.each([...splits(2), ...splits(3)].map((groups) => ({ groups })))(
    '[2.6] split into $groups is safe, and whole again when it heals',
    ({ groups }) => {
      const run = attacked({
        steps: [
          {
            do: 'partition',
            groups: groups.map((group, i) => (i === 0 ? [...group, 'c0' as const] : group)),
            when: { client: 0, answered: 1 },
          },
          ...puts(3),
          { do: 'heal', at: 2500 },
        ],
        until: { executed: 3, atMs: 40_000 },
      });

      expect(run.end).toEqual(sound);
      const hasQuorum = groups.some(({ length }) => length >= 3);
      const during = run
        .events('executed')
        .filter(({ atMs, sequence }) => sequence > 1 && atMs < 2400);
      expect(hasQuorum ? [] : during).toEqual([]);
    },
  );

  it.each([
    ['the primary is not heard', [1, 2, 3].map((i): [number, number] => [0, i])],
    ['the primary does not hear', [1, 2, 3].map((i): [number, number] => [i, 0])],
    ['one backup is not heard', [0, 1, 2].map((i): [number, number] => [3, i])],
    ['A hears B, and B not A', [[1, 2]] as [number, number][]],
    ['the next primary is not heard', [0, 2, 3].map((i): [number, number] => [1, i])],
  ])('[2.6] in which %s goes on', (_, cut) => {
    const run = attacked({
      steps: [{ do: 'partition', cut }, ...puts(3), { do: 'heal', at: 4000 }],
      until: { executed: 3, atMs: 40_000 },
    });

    expect(run.end).toEqual(sound);
  });

  it.each(moments)('[2.6] that parts %s heals, and nothing is lost', (_, when) => {
    const run = attacked({
      steps: [
        ...puts(2),
        {
          do: 'partition',
          groups: [
            [0, 1],
            [2, 3, 'c0'],
          ],
          when,
        },
        { do: 'heal', when, after: 2000 },
      ],
      until: { executed: 2, atMs: 40_000 },
    });

    expect(run.end).toEqual(sound);
  });

  it.each(['view-change', 'new-view'] as const)('[2.6] that parts at a %s heals', (reaches) => {
    const run = attacked({
      steps: [
        ...puts(2),
        { do: 'crash', replica: 0, when: { client: 0, answered: 1 } },
        { do: 'restart', replica: 0, when: { client: 0, answered: 1 }, after: 1500 },
        { do: 'partition', groups: [[1], [2, 3, 'c0']], when: { replica: 2, reaches } },
        { do: 'heal', when: { replica: 2, reaches }, after: 2500 },
      ],
      until: { executed: 2, atMs: 40_000 },
    });

    expect(run.end).toEqual(sound);
  });

  it('[2.6] that flaps does no harm', () => {
    const run = attacked({
      steps: [
        ...puts(5),
        ...Array.from({ length: 12 }, (_, i) => [
          {
            do: 'partition' as const,
            groups: [
              [0, 1, 'c0' as const],
              [2, 3],
            ],
            at: 100 + 200 * i,
          },
          { do: 'heal' as const, at: 180 + 200 * i },
        ]).flat(),
      ],
      until: { executed: 5, atMs: 40_000 },
    });

    expect(run.end).toEqual(sound);
  });

  it('[2.6] that delivers the words of an earlier life after a restart does no harm', () => {
    const run = attacked({
      steps: [
        { do: 'hold', match: { from: 2 } },
        ...puts(3),
        { do: 'restart', replica: 2, when: { client: 0, answered: 1 } },
        { do: 'heal', when: { client: 0, answered: 2 } },
      ],
      until: { executed: 3, atMs: 20_000 },
    });

    expect(run.end).toEqual(sound);
  });
});
