import { describe, expect, it } from 'vitest';

import { attacked, operation, puts, sound, villain } from './attack.ts';

const everyone = [0, 1, 2, 3];

describe('the beginning of a view under attack', { timeout: 30_000 }, () => {
  it.each([
    ['nothing of what prepared', []],
    [
      'null for what prepared',
      [{ type: 'pre-prepare' as const, view: 1, sequence: 1, digest: 'null' }],
    ],
    [
      'something above max-s',
      [
        { type: 'pre-prepare' as const, view: 1, sequence: 1, operations: [operation(0)] },
        { type: 'pre-prepare' as const, view: 1, sequence: 2, digest: 'null' },
      ],
    ],
    [
      'a place twice',
      [1, 1].map((sequence) => ({
        type: 'pre-prepare' as const,
        view: 1,
        sequence,
        operations: [operation(0)],
      })),
    ],
    [
      'headers of another view',
      [{ type: 'pre-prepare' as const, view: 5, sequence: 1, operations: [operation(0)] }],
    ],
    [
      'an unsigned header',
      [
        {
          type: 'pre-prepare' as const,
          view: 1,
          sequence: 1,
          operations: [operation(0)],
          signature: 'bad' as const,
        },
      ],
    ],
  ])('[A-V7] a NEW-VIEW with %s is refused, and the next view begins at once', (_, prePrepares) => {
    const run = attacked({
      steps: [
        villain(1),
        { do: 'drop', match: { type: 'commit', view: 0 } },
        ...puts(1),
        {
          do: 'crash',
          replica: 0,
          when: { replica: 3, reaches: 'prepared', sequence: 1 },
          after: 60,
        },
        { do: 'restart', replica: 0, at: 1200 },
        {
          do: 'send',
          replica: 1,
          to: [2, 3],
          message: {
            type: 'new-view',
            view: 1,
            viewChanges: [
              { type: 'view-change', nextView: 1 },
              { seen: { signer: 2, view: 1 } },
              { seen: { signer: 3, view: 1 } },
            ],
            prePrepares,
          },
          when: { replica: 3, reaches: 'view-change' },
          after: 100,
        },
      ],
      until: { executed: 1, atMs: 20_000 },
    });

    expect(run.end).toEqual(sound);
    const causes = [2, 3].map(
      (i) => run.events('view-change', i).find(({ view }) => view === 2)?.cause,
    );
    expect(causes).toContain('invalid-new-view');
    expect(run.viewsEntered()).toEqual([2]);
  });

  it('[A-V9] a NEW-VIEW for a past view and one of a backup change nothing', () => {
    const viewChanges = [0, 2, 3].map((signer) => ({
      seen: { type: 'view-change' as const, signer },
    }));
    const run = attacked({
      steps: [
        { do: 'byzantine', replica: 1, behaviour: 'silent-to', targets: [] },
        { do: 'drop', match: { type: 'pre-prepare', view: 0 } },
        ...puts(2),
        ...[0, 2].map((view) => ({
          do: 'send' as const,
          replica: 1,
          to: [2, 3],
          message: { type: 'new-view' as const, view, viewChanges },
          when: { replica: 3, reaches: 'new-view' as const },
          after: 60,
        })),
      ],
      until: { executed: 2, atMs: 10_000 },
    });

    expect(run.end).toEqual(sound);
    expect(run.refusals(3)).toEqual(expect.arrayContaining(['another-view', 'not-the-primary']));
    expect(run.viewsEntered()).toEqual([1]);
  });

  it('[A-V10] f silent primaries in a row are passed over, each time more patiently', () => {
    const run = attacked({
      replicas: 7,
      steps: [villain(0), villain(1), ...puts(2)],
      until: { executed: 2, atMs: 20_000 },
    });

    expect(run.end).toEqual(sound);
    expect(run.viewsEntered()).toEqual([2]);
    const lengths = run
      .events('timing', 3)
      .flatMap(({ timer, deed, ms }) =>
        timer === 'view-change' && deed === 'started' && ms !== undefined ? [ms] : [],
      );
    expect(lengths).toEqual([1000, 2000]);
  });

  it('[A-V11] a new primary without the batch of a prepared place fetches it, and puts no null there', () => {
    const run = attacked({
      steps: [
        { do: 'drop', match: { type: 'pre-prepare', view: 0, to: 1 } },
        { do: 'drop', match: { type: 'request', to: 1 } },
        { do: 'drop', match: { type: 'commit', view: 0 } },
        { do: 'drop', match: { type: 'status', from: 1 }, count: 3 },
        ...puts(1),
        ...[1, 2, 3].map((replica) => ({
          do: 'timeout' as const,
          replica,
          when: { replica: 2, reaches: 'prepared' as const },
          after: 60,
        })),
        { do: 'crash', replica: 0, when: { replica: 2, reaches: 'prepared' }, after: 60 },
      ],
      until: { executed: 1, atMs: 20_000 },
    });

    expect(run.end).toMatchObject({ safe: true, live: true, ended: 'executed', violations: [] });
    const [prepared] = run.events('prepared');
    for (const { entries } of run.events('new-view')) {
      expect(entries).toMatchObject([{ sequence: 1, digest: prepared?.digest, null: false }]);
    }
    expect(run.events('sent', 1).some(({ header }) => header.kind === 'fetch')).toBe(true);
  });

  it.each([
    ['execution', { reaches: 'committed', sequence: 3 }],
    ['a checkpoint', { reaches: 'checkpoint', sequence: 2 }],
    ['a stable checkpoint', { reaches: 'stable', sequence: 4 }],
  ] as const)('[A-V13] a primary lost in %s leaves nothing executed twice', (_, reached) => {
    const run = attacked({
      protocol: { checkpointInterval: 2, logSize: 4 },
      steps: [
        { do: 'partition', groups: [[0, 1, 2, 'c0']], at: 1 },
        ...puts(8),
        { do: 'heal', when: { replica: 1, ...reached } },
        { do: 'crash', replica: 0, when: { replica: 1, ...reached } },
      ],
      until: { executed: 8, atMs: 30_000 },
    });

    expect(run.end).toEqual(sound);
    expect(run.executions(1).length).toBe(8);
    expect(new Set(run.executions(1)).size).toBe(8);
  });

  it('[A-V13] a primary lost while a replica fetches the state: it takes part in the view change, and executes nothing twice', () => {
    const fetching = { sent: { type: 'fetch', from: 3 } } as const;
    const run = attacked({
      protocol: { checkpointInterval: 2, logSize: 4 },
      steps: [
        { do: 'partition', groups: [[0, 1, 2, 'c0']], at: 1 },
        ...puts(10),
        { do: 'heal', when: { client: 0, answered: 8 } },
        { do: 'delay', match: { type: 'data', to: 3 }, ms: 1500, when: { client: 0, answered: 8 } },
        { do: 'crash', replica: 0, when: fetching, after: 10 },
        { do: 'submit', operation: { put: ['last', '1'] }, when: fetching, after: 20 },
      ],
      until: { executed: 11, atMs: 30_000 },
    });

    expect(run.end).toEqual(sound);
    const [started, ...transfers] = run.events('state-transfer', 3);
    const installed = transfers.find(({ deed }) => deed === 'installed');
    const [entered] = run.events('new-view', 3);
    expect(started?.atMs).toBeLessThan(entered?.atMs ?? 0);
    expect(installed?.atMs).toBeGreaterThan(entered?.atMs ?? Infinity);
    expect(new Set(run.executions(3)).size).toBe(run.executions(3).length);
    expect(run.executions(1).length).toBe(11);
  });

  it.each([1, 2, 3])(
    '[A-V14] view changes under a loss of 30%% end when the network calms down (seed %i)',
    (seed) => {
      const run = attacked({
        seed,
        network: { latencyMs: [10, 60], loss: 0.3 },
        protocol: { requestTimeoutMs: 150, viewChangeTimeoutMs: 300 },
        steps: [...puts(4), { do: 'network', loss: 0, latencyMs: [10, 30], at: 4000 }],
        until: { executed: 4, atMs: 30_000 },
      });

      expect(run.end).toEqual(sound);
      expect(run.verdict.counts.viewChanges).toBeGreaterThan(0);
    },
  );

  it('[A-V15] a NEW-VIEW below the view that a replica wants is ignored', () => {
    const run = attacked({
      steps: [
        { do: 'drop', match: { type: 'pre-prepare', view: 0 } },
        { do: 'hold', match: { type: 'new-view', to: 3 } },
        ...puts(1),
        { do: 'timeout', replica: 3, when: { replica: 2, reaches: 'new-view' }, after: 30 },
        { do: 'heal', when: { replica: 2, reaches: 'new-view' }, after: 60 },
      ],
      until: { atMs: 3000 },
    });

    expect(run.end).toMatchObject({ safe: true, live: true, unmet: [] });
    expect(run.refusals(3)).toContain('another-view');
    expect(run.events('new-view', 3)).toEqual([]);
    expect(run.verdict.replicas[3]).toMatchObject({
      status: 'changing-view',
      view: 2,
      executed: 1,
    });
  });

  it('[A-V16] VIEW-CHANGEs that were all lost are sent again: the views change without a client', () => {
    const run = attacked({
      steps: [
        { do: 'drop', match: { type: 'pre-prepare', view: 0 } },
        ...puts(1),
        { do: 'crash', client: 0, at: 1200 },
        { do: 'partition', groups: [[0], [1], [2], [3]], at: 1210 },
        { do: 'heal', at: 3000 },
      ],
      until: { atMs: 6000 },
    });

    expect(run.end).toMatchObject({ safe: true, violations: [] });
    expect(run.events('view-change').every(({ atMs }) => atMs < 3100)).toBe(true);
    expect(run.verdict.replicas.map(({ status, view }) => [status, view])).toEqual(
      everyone.map(() => ['normal', 1]),
    );
  });

  it('[A-V17] two valid NEW-VIEWs to different backups: one digest prepares at most, and the run goes on', () => {
    const halves = [
      { signers: [2, 3], to: [2] },
      { signers: [0, 3], to: [0, 3] },
    ];
    const run = attacked({
      steps: [
        villain(1),
        { do: 'drop', match: { type: 'pre-prepare', view: 0 } },
        ...puts(2),
        ...halves.map(({ signers, to }) => ({
          do: 'send' as const,
          replica: 1,
          to,
          message: {
            type: 'new-view' as const,
            view: 1,
            viewChanges: [
              { type: 'view-change' as const, nextView: 1 },
              ...signers.map((signer) => ({ seen: { type: 'view-change' as const, signer } })),
            ],
          },
          when: { sent: { type: 'view-change' as const, from: 0 } },
          after: 60,
        })),
      ],
      until: { executed: 2, atMs: 20_000 },
    });

    expect(run.end).toEqual(sound);
    expect([0, 2, 3].map((i) => run.events('new-view', i)[0]?.signers.toSorted())).toEqual([
      [0, 1, 3],
      [1, 2, 3],
      [0, 1, 3],
    ]);
    const slots = run
      .events('prepared')
      .map(({ view, sequence, digest }) => [
        `${view}/${sequence}/${digest}`,
        `${view}/${sequence}`,
      ]);
    const digests = new Map(slots.map(([full = '', place = '']) => [full, place]));
    expect(new Set(digests.values()).size).toBe(digests.size);
  });
});
