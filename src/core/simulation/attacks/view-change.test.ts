import { describe, expect, it } from 'vitest';

import { attacked, puts, sound, villain } from './attack.ts';

const everyone = [0, 1, 2, 3];

describe('changes of views under attack', { timeout: 30_000 }, () => {
  it('[A-V1] a storm of VIEW-CHANGEs of one replica, up to view 10^9, moves nobody', () => {
    const run = attacked({
      steps: [
        { do: 'byzantine', replica: 3, behaviour: 'view-change-storm' },
        ...Array.from({ length: 20 }, (_, i) => ({
          do: 'send' as const,
          replica: 3,
          to: [0, 1, 2],
          message: { type: 'view-change' as const, nextView: 1_000_000_000 + i },
          at: 5 * i,
        })),
        ...puts(5),
      ],
      until: { executed: 5, atMs: 10_000 },
    });

    expect(run.end).toEqual(sound);
    expect(everyone.slice(0, 3).flatMap((i) => run.events('view-change', i))).toEqual([]);
    expect(run.verdict.replicas.slice(0, 3).map(({ view }) => view)).toEqual([0, 0, 0]);
  });

  it('[A-V2] a liar and one timeout make the others join, at the smallest view of the two', () => {
    const run = attacked({
      steps: [
        villain(3),
        { do: 'drop', match: { type: 'pre-prepare', view: 0 } },
        ...puts(2),
        {
          do: 'send',
          replica: 3,
          to: [0, 1, 2],
          message: { type: 'view-change', nextView: 1_000_000_000 },
          at: 50,
        },
        { do: 'timeout', replica: 1, at: 1200 },
      ],
      until: { executed: 2, atMs: 10_000 },
    });

    expect(run.end).toEqual(sound);
    const joined = [0, 2].flatMap((i) => run.events('view-change', i));
    expect(joined.map(({ view, cause }) => [view, cause])).toEqual([
      [1, 'join'],
      [1, 'join'],
    ]);
    expect(run.viewsEntered()).toEqual([1]);
  });

  it('[A-V3] an invalid VIEW-CHANGE is refused whole, and the others’ count all the same', () => {
    const prePrepare = { seen: { type: 'pre-prepare', sequence: 1 } } as const;
    const prepares = [
      { seen: { type: 'prepare', signer: 1 } },
      { seen: { type: 'prepare', signer: 2 } },
    ] as const;
    const bad = { type: 'view-change', nextView: 1 } as const;
    const run = attacked({
      steps: [
        ...puts(1),
        villain(3),
        { do: 'crash', replica: 0, when: { client: 0, answered: 1 }, after: 60 },
        ...[
          { ...bad, prepared: [{ prePrepare, prepares: [prepares[0]] }] },
          { ...bad, prepared: [{ prePrepare, prepares: [prepares[0], prepares[0]] }] },
          {
            ...bad,
            prepared: [
              { prePrepare, prepares: [...prepares] },
              { prePrepare, prepares: [...prepares] },
            ],
          },
          { ...bad, stable: 8 },
        ].map((message, i) => ({
          do: 'send' as const,
          replica: 3,
          to: [1, 2],
          message,
          at: 300 + i,
        })),
        { ...villain(3), behaviour: 'correct', at: 400 },
        { do: 'submit', operation: { get: 'c0' }, at: 400 },
      ],
      until: { executed: 2, atMs: 10_000 },
    });

    expect(run.end).toEqual(sound);
    expect(run.events('rejected', 1).map(({ reason }) => reason)).toEqual(
      expect.arrayContaining(['bad-prepared-proof', 'bad-checkpoint-proof']),
    );
    expect(run.viewsEntered()).toEqual([1]);
  });

  it('[A-V4] who hides what has prepared cannot make it forgotten', () => {
    const run = attacked({
      steps: [
        { do: 'byzantine', replica: 3, behaviour: 'hide-prepared' },
        ...[0, 1].map((to) => ({
          do: 'drop' as const,
          match: { type: 'commit' as const, view: 0, to },
        })),
        ...puts(2),
        { do: 'crash', replica: 0, when: { replica: 2, reaches: 'committed', sequence: 1 } },
      ],
      until: { executed: 2, atMs: 10_000 },
    });

    expect(run.end).toEqual(sound);
    const first = run.events('executed').filter(({ sequence }) => sequence === 1);
    expect(new Set(first.map(({ digest }) => digest)).size).toBe(1);
    expect(run.viewsEntered()).toEqual([1]);
    expect(run.culprits()).toEqual([3]);
  });

  it('[A-V5] two VIEW-CHANGEs of one replica for one view: evidence where they meet, and one at most in V', () => {
    const prepared = [
      {
        prePrepare: { seen: { type: 'pre-prepare', sequence: 1 } },
        prepares: [
          { seen: { type: 'prepare', signer: 1 } },
          { seen: { type: 'prepare', signer: 2 } },
        ],
      },
    ] as const;
    const run = attacked({
      steps: [
        ...puts(1),
        villain(3),
        ...[
          { to: [1, 2], message: { type: 'view-change' as const, nextView: 1 } },
          {
            to: [2],
            message: {
              type: 'view-change' as const,
              nextView: 1,
              prepared: [...prepared].map(({ prePrepare, prepares }) => ({
                prePrepare,
                prepares: [...prepares],
              })),
            },
          },
        ].map((said, i) => ({ do: 'send' as const, replica: 3, ...said, at: 200 + 40 * i })),
        { do: 'crash', replica: 0, at: 300 },
        { do: 'submit', operation: { get: 'c0' }, at: 310 },
        { ...villain(3), behaviour: 'correct', at: 320 },
      ],
      until: { executed: 2, atMs: 10_000 },
    });

    expect(run.end).toEqual(sound);
    expect(run.events('evidence', 2)).toMatchObject([{ culprit: 3, kind: 'view-change', view: 1 }]);
    for (const { signers } of run.events('new-view')) {
      expect(signers.filter((i) => i === 3).length).toBeLessThanOrEqual(1);
    }
  });

  it('[A-V6] what prepared in view 0 is proposed again in view 2, although view 1 only pre-prepared it', () => {
    const run = attacked({
      steps: [
        ...[0, 1, 2].map((to) => ({
          do: 'drop' as const,
          match: { type: 'commit' as const, view: 0, to },
        })),
        { do: 'drop', match: { type: 'data' }, count: 30 },
        { do: 'drop', match: { type: 'prepare', view: 1 } },
        ...puts(1),
        ...[1, 2].map((replica) => ({
          do: 'timeout' as const,
          replica,
          when: { replica: 3, reaches: 'executed' as const },
          after: 60,
        })),
      ],
      until: { executed: 1, atMs: 20_000 },
    });

    expect(run.end).toEqual(sound);
    const [decided] = run.events('executed', 3);
    const later = run.events('new-view').filter(({ view }) => view >= 1);
    for (const { entries } of later) expect(entries[0]?.digest).toBe(decided?.digest);
    expect(later.length).toBeGreaterThan(0);
  });
});
