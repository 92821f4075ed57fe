import { describe, expect, it } from 'vitest';

import { attacked, operation, puts, sound, villain } from './attack.ts';

const requested = { delivered: { type: 'request', to: 0 } } as const;

describe('what a Byzantine primary proposes', { timeout: 30_000 }, () => {
  it.each([
    ['[A-P9] a proposal of an empty batch executes as nothing, alike everywhere', [[]], []],
    ['[A-P9] a request twice in a batch executes once', [[operation(0), operation(0)]], []],
    [
      '[A-P9] a request that has executed already executes no more',
      [[operation(0)], [operation(0)]],
      [],
    ],
    [
      '[A-P9] a batch that is too large is refused, and the view changes',
      [Array.from({ length: 5 }, () => operation(0))],
      ['bad-batch'],
    ],
  ] as const)('%s', (_, batches, refusals) => {
    const run = attacked({
      protocol: { batchMax: 4 },
      steps: [
        villain(0),
        ...puts(2),
        ...batches.flatMap((operations, i) =>
          (['pre-prepare', 'commit'] as const).map((type) => ({
            do: 'send' as const,
            replica: 0,
            to: [1, 2, 3],
            message: { type, view: 0, sequence: i + 1, operations: [...operations] },
            when: requested,
          })),
        ),
      ],
      until: { executed: 2, atMs: 10_000 },
    });

    expect(run.end).toEqual(sound);
    expect(run.refusals()).toEqual(expect.arrayContaining([...refusals]));
    for (const i of [1, 2, 3]) {
      expect(run.executions(i)).toEqual(['{"put":["c0","0"]}', '{"put":["c0","1"]}']);
    }
    const decided = run.events('executed', 1).filter(({ sequence }) => sequence <= batches.length);
    expect(decided.length).toBeGreaterThan(0);
  });

  it('[A-P9] a wrong digest is refused, and the view changes', () => {
    const run = attacked({
      steps: [{ do: 'byzantine', replica: 0, behaviour: 'wrong-digest' }, ...puts(1)],
      until: { executed: 1, atMs: 10_000 },
    });

    expect(run.end).toEqual(sound);
    expect(run.refusals()).toContain('wrong-body');
    expect(run.viewsEntered()).toEqual([1]);
  });

  it('[A-P9] a batch with a request that its client has not signed is refused whole, and the view changes', () => {
    const batch = [operation(0, 1), operation(0)];
    const run = attacked({
      clients: 2,
      protocol: { batchMax: 4 },
      steps: [
        villain(0),
        { do: 'byzantine', client: 1, behaviour: 'bad-signature' },
        ...puts(1, 1),
        ...puts(1),
        ...(['pre-prepare', 'commit'] as const).map((type) => ({
          do: 'send' as const,
          replica: 0,
          to: [1, 2, 3],
          message: { type, view: 0, sequence: 1, operations: batch },
          at: 60,
        })),
        { do: 'crash', client: 1, at: 200 },
      ],
      until: { executed: 1, atMs: 10_000 },
    });

    expect(run.end).toEqual(sound);
    for (const i of [1, 2, 3]) {
      const proposals = run
        .events('delivered', i)
        .filter(({ from, header }) => from === 0 && header.kind === 'pre-prepare');
      expect(proposals.length).toBe(1);
      expect(run.refusals(i)).toContain('bad-signature');
      expect(run.executions(i)).toEqual(['{"put":["c0","0"]}']);
    }
    const accepted = run
      .events('pre-prepared')
      .filter(({ process, view }) => process !== 0 && view === 0);
    expect(accepted).toEqual([]);
    expect(run.viewsEntered()).toEqual([1]);
  });

  it('[A-P10] that leaves gaps is replaced, and the gaps are filled with null', () => {
    const run = attacked({
      clients: 3,
      steps: [
        villain(0),
        ...[0, 1, 2].flatMap((client) => puts(1, client)),
        ...[1, 2, 5].flatMap((sequence, client) =>
          (['pre-prepare', 'commit'] as const).map((type) => ({
            do: 'send' as const,
            replica: 0,
            to: [1, 2, 3],
            message: { type, view: 0, sequence, operations: [operation(0, client)] },
            at: 60,
          })),
        ),
      ],
      until: { executed: 3, atMs: 10_000 },
    });

    expect(run.end).toEqual(sound);
    const [entered] = run.events('new-view');
    expect(entered?.entries.map((entry) => [entry.sequence, entry.null])).toEqual([
      [1, false],
      [2, false],
      [3, true],
      [4, true],
      [5, false],
    ]);
    expect(run.executions(1).length).toBe(3);
  });

  it('[A-P11] that proposes at the end of the window costs at most L nulls; beyond it is refused', () => {
    const run = attacked({
      steps: [
        villain(0),
        ...puts(3),
        ...[16, 17, Number.MAX_SAFE_INTEGER].map((sequence) => ({
          do: 'send' as const,
          replica: 0,
          to: [1, 2, 3],
          message: { type: 'pre-prepare' as const, view: 0, sequence, operations: [operation(0)] },
          when: requested,
        })),
      ],
      until: { executed: 3, atMs: 10_000 },
    });

    expect(run.end).toEqual(sound);
    expect(run.events('pre-prepared', 1)[0]?.sequence).toBe(16);
    expect(run.refusals(1)).toContain('outside-watermarks');
    expect(run.events('new-view')[0]?.entries.filter((entry) => entry.null).length).toBe(15);
    expect(run.viewsEntered()).toEqual([1]);
  });

  it('[A-P12] that uses a sequence number at or below the low watermark again is refused', () => {
    const run = attacked({
      protocol: { checkpointInterval: 2, logSize: 4 },
      steps: [
        ...puts(4),
        {
          do: 'byzantine',
          replica: 0,
          behaviour: 'silent',
          when: { replica: 1, reaches: 'stable', sequence: 4 },
        },
        ...[3, 4].map((sequence) => ({
          do: 'send' as const,
          replica: 0,
          to: [1, 2, 3],
          message: { type: 'pre-prepare' as const, view: 0, sequence, operations: [] },
          when: { replica: 1, reaches: 'stable' as const, sequence: 4 },
          after: 60,
        })),
        {
          do: 'submit',
          operation: { get: 'c0' },
          when: { replica: 1, reaches: 'stable', sequence: 4 },
          after: 200,
        },
      ],
      until: { executed: 5, atMs: 10_000 },
    });

    expect(run.end).toEqual(sound);
    expect(run.refusals(1)).toContain('outside-watermarks');
    expect(run.events('pre-prepared', 1).map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5]);
  });

  it('[A-P14] is heard through a backup that forwards its proposal, which may not claim it as its own', () => {
    const run = attacked({
      steps: [
        { do: 'byzantine', replica: 2, behaviour: 'silent-to', targets: [] },
        { do: 'drop', match: { type: 'pre-prepare', from: 0, to: 3 } },
        ...puts(1),
        {
          do: 'send',
          replica: 2,
          to: 3,
          message: { type: 'pre-prepare', view: 0, sequence: 1, operations: [operation(0)] },
          when: { replica: 2, reaches: 'pre-prepared' },
        },
        {
          do: 'send',
          replica: 2,
          to: 3,
          message: { seen: { type: 'pre-prepare' } },
          when: { replica: 2, reaches: 'pre-prepared' },
        },
      ],
      until: { executed: 1, atMs: 10_000 },
    });

    expect(run.end).toEqual(sound);
    expect(run.refusals(3)).toContain('not-the-primary');
    expect(run.events('pre-prepared', 3).length).toBe(1);
  });

  it('[A-P17] whose PRE-PREPARE and NEW-VIEW of old views come again is refused', () => {
    const run = attacked({
      steps: [
        { ...villain(0), when: { client: 0, answered: 1 } },
        { do: 'drop', match: { type: 'pre-prepare', view: 1 } },
        ...puts(3),
        ...(
          [
            { type: 'pre-prepare', view: 0 },
            { type: 'new-view', view: 1 },
          ] as const
        ).map((seen) => ({
          do: 'send' as const,
          replica: 0,
          to: 1,
          message: { seen },
          when: { client: 0, answered: 2 } as const,
        })),
      ],
      until: { executed: 3, atMs: 10_000 },
    });

    expect(run.end).toEqual(sound);
    expect(run.viewsEntered()).toEqual([1, 2]);
    const replayed = run
      .events('sent', 0)
      .filter(({ header }) => header.signer !== 0 || header.view === 0);
    expect(replayed.map(({ header }) => header.kind)).toContain('new-view');
    expect(run.refusals(1)).toContain('another-view');
  });
});
