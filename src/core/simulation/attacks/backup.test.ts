import { describe, expect, it } from 'vitest';

import { attacked, operation, puts, sound, villain } from './attack.ts';

const vote = { view: 0, sequence: 1 } as const;
const invented = 'd1'.repeat(32);
const others = [0, 1, 2];

describe('a Byzantine backup', { timeout: 30_000 }, () => {
  it('[A-B1] that votes for two digests is convicted, and changes nothing', () => {
    const run = attacked({
      steps: [{ do: 'byzantine', replica: 3, behaviour: 'double-vote' }, ...puts(3)],
      until: { executed: 3, atMs: 10_000 },
    });

    expect(run.end).toEqual(sound);
    expect(run.culprits()).toEqual([3]);
    expect(run.viewsEntered()).toEqual([]);
  });

  it('[A-B2] whose PREPARE comes three times counts once', () => {
    const run = attacked({
      steps: [
        villain(3),
        { do: 'drop', match: { type: 'prepare', from: 1 } },
        { do: 'drop', match: { type: 'prepare', from: 2 } },
        ...puts(1),
        ...[1, 2, 3].map(() => ({
          do: 'send' as const,
          replica: 3,
          to: 0,
          message: { type: 'prepare' as const, ...vote, operations: [operation(0)] },
          when: { replica: 0, reaches: 'pre-prepared' as const },
        })),
      ],
      until: { atMs: 400 },
    });

    expect(run.events('rejected', 0).map(({ reason }) => reason)).toEqual([
      'duplicate',
      'duplicate',
    ]);
    expect(run.events('prepared', 0)).toEqual([]);
    expect(run.verdict.safe).toBe(true);
  });

  it('[A-B2] nothing counts twice where the network delivers everything twice', () => {
    const run = attacked({
      network: { latencyMs: [20, 28], duplicate: 1 },
      steps: puts(4),
      until: { executed: 4, atMs: 10_000 },
    });

    expect(run.end).toEqual(sound);
    const counted = run
      .events('counted')
      .filter(({ kind }) => kind !== 'reply')
      .map(({ process, kind, view, sequence, signer }) =>
        [process, kind, view, sequence, signer].join(),
      );
    expect(new Set(counted).size).toBe(counted.length);
  });

  it('[A-B3] whose invalid votes are refused can still cast a valid one', () => {
    const prepare = { type: 'prepare', ...vote, operations: [operation(0)] } as const;
    const run = attacked({
      steps: [
        villain(3),
        { do: 'drop', match: { type: 'prepare', from: 2 } },
        ...puts(1),
        ...[
          { ...prepare, signature: 'bad' as const },
          { ...prepare, replica: 2 },
          { ...prepare, replica: 2, signer: 2 },
          { ...prepare, replica: 7, signer: 7 },
          prepare,
        ].map((message, i) => ({
          do: 'send' as const,
          replica: 3,
          to: 0,
          message,
          when: { replica: 0, reaches: 'pre-prepared' as const },
          after: 10 * i,
        })),
      ],
      until: { atMs: 300 },
    });

    expect(
      run
        .events('rejected', 0)
        .map(({ reason }) => reason)
        .toSorted(),
    ).toEqual(['bad-signature', 'bad-signature', 'not-a-member', 'wrong-signer']);
    expect(run.events('prepared', 0)[0]?.signers).toContain(3);
    expect(run.verdict.safe).toBe(true);
  });

  it('[A-B4] whose votes are of other views, or outside the window, is ignored', () => {
    const places = [
      { view: 1, sequence: 1 },
      { view: 9, sequence: 1 },
      { view: 0, sequence: 0 },
      { view: 0, sequence: 17 },
      { view: 0, sequence: Number.MAX_SAFE_INTEGER },
      { view: Number.MAX_SAFE_INTEGER, sequence: 1 },
    ];
    const run = attacked({
      steps: [
        villain(3),
        ...places.flatMap((place) =>
          (['prepare', 'commit'] as const).map((type) => ({
            do: 'send' as const,
            replica: 3,
            to: others,
            message: { type, ...place, digest: invented },
            at: 10,
          })),
        ),
        ...puts(3),
      ],
      until: { executed: 3, atMs: 10_000 },
    });

    expect(run.end).toEqual(sound);
    expect(run.refusals(1)).toEqual(['another-view', 'outside-watermarks']);
    expect(run.viewsEntered()).toEqual([]);
    expect(
      others.flatMap((i) => run.events('counted', i)).filter(({ signer }) => signer === 3),
    ).toEqual([]);
  });

  it('[A-B6] that withholds every vote leaves exactly Q, which is enough', () => {
    const run = attacked({
      steps: [villain(3), ...puts(10)],
      until: { executed: 10, atMs: 10_000 },
    });

    expect(run.end).toEqual(sound);
    expect(run.viewsEntered()).toEqual([]);
    expect(run.events('prepared', 1)[0]?.signers.toSorted()).toEqual([1, 2]);
  });

  it('[A-B7] that commits what has not prepared decides nothing', () => {
    const run = attacked({
      steps: [
        villain(3),
        { do: 'drop', match: { type: 'prepare', view: 0 } },
        ...puts(1),
        {
          do: 'send',
          replica: 3,
          to: others,
          message: { type: 'commit', ...vote, operations: [operation(0)] },
          when: { replica: 1, reaches: 'pre-prepared' },
        },
      ],
      until: { executed: 1, atMs: 10_000 },
    });

    expect(run.end).toEqual(sound);
    expect(run.events('counted', 1)).toContainEqual(
      expect.objectContaining({ kind: 'commit', signer: 3, sequence: 1 }),
    );
    expect(run.events('committed').filter(({ view }) => view === 0)).toEqual([]);
  });

  it('[A-B9] that asks with false STATUS for everything, again and again, gets each message once a while', () => {
    const run = attacked({
      steps: [
        ...puts(4),
        villain(3),
        ...Array.from({ length: 40 }, (_, i) => ({
          do: 'send' as const,
          replica: 3,
          to: 0,
          message: { type: 'status' as const, view: 0 },
          at: 1000 + i,
        })),
      ],
      until: { atMs: 1200 },
    });

    const answers = run.events('sent', 0).filter(({ to, atMs }) => to === 3 && atMs > 1015);
    expect(answers.length).toBeGreaterThan(0);
    expect(answers.length).toBeLessThan(20);
    expect(run.end).toMatchObject({ safe: true, live: true });
  });

  it('[A-B10] that relays a request a hundred times, and invents others, has each executed once', () => {
    const run = attacked({
      steps: [
        villain(3),
        ...puts(3),
        ...Array.from({ length: 100 }, (_, i) => ({
          do: 'send' as const,
          replica: 3,
          to: others,
          message: { seen: { type: 'request' as const } },
          when: { sent: { type: 'request' as const } },
          after: i,
        })),
        ...[{ signer: 3 }, { signer: 'c0' as const }, { client: 9 }].map((lie) => ({
          do: 'send' as const,
          replica: 3,
          to: others,
          message: {
            type: 'request' as const,
            client: 0,
            timestamp: 99,
            operation: { put: ['x', 'lie'] },
            ...lie,
          },
          at: 5,
        })),
      ],
      until: { executed: 3, atMs: 10_000 },
    });

    expect(run.end).toEqual(sound);
    expect(run.executions(1)).toEqual(['0', '1', '2'].map((value) => `{"put":["c0","${value}"]}`));
    expect(run.refusals(1)).toEqual(
      expect.arrayContaining(['bad-signature', 'unknown-client', 'wrong-signer']),
    );
  });
});
