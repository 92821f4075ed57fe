import { describe, expect, it } from 'vitest';

import { attacked, operation, puts, sound, villain } from './attack.ts';

const requested = { delivered: { type: 'request', to: 0 } } as const;

describe('a Byzantine primary', { timeout: 30_000 }, () => {
  it('[A-P1] that gives the majority one batch and a backup another gets one decided, and is convicted', () => {
    const run = attacked({
      steps: [{ do: 'byzantine', replica: 0, behaviour: 'equivocate', split: [3] }, ...puts(2)],
      until: { executed: 2, atMs: 10_000 },
    });

    expect(run.end).toEqual(sound);
    expect(
      new Set(
        run
          .events('prepared')
          .filter(({ view, sequence }) => view === 0 && sequence === 1)
          .map(({ digest }) => digest),
      ).size,
    ).toBe(1);
    expect(run.executions(3)).toEqual(run.executions(1));
    expect(run.culprits()).toEqual([0]);
  });

  it('[A-P2] that gives every backup another batch prepares nothing; the next view executes each request once', () => {
    const run = attacked({
      clients: 2,
      protocol: { batchMax: 2 },
      steps: [
        villain(0),
        ...puts(1, 0),
        ...puts(1, 1),
        ...[[operation(0, 0)], [operation(0, 1)], [operation(0, 0), operation(0, 1)]].map(
          (operations, i) => ({
            do: 'send' as const,
            replica: 0,
            to: i + 1,
            message: { type: 'pre-prepare' as const, view: 0, sequence: 1, operations },
            at: 60,
          }),
        ),
      ],
      until: { executed: 2, atMs: 10_000 },
    });

    expect(run.end).toEqual(sound);
    expect([1, 2, 3].map((i) => run.events('pre-prepared', i)[0]?.view)).toEqual([0, 0, 0]);
    expect(run.events('prepared').filter(({ view }) => view === 0)).toEqual([]);
    expect(run.viewsEntered()).toEqual([1]);
    expect(run.executions(1).toSorted()).toEqual(['{"put":["c0","0"]}', '{"put":["c1","0"]}']);
  });

  it('[A-P3] that prepares what it proposes, on both sides, is not counted', () => {
    const sides = [
      { to: [1], operations: [operation(0)] },
      { to: [2, 3], operations: [] },
    ];
    const run = attacked({
      steps: [
        villain(0),
        ...puts(1),
        ...sides.flatMap(({ to, operations }) =>
          (['pre-prepare', 'prepare', 'commit'] as const).map((type) => ({
            do: 'send' as const,
            replica: 0,
            to,
            message: { type, view: 0, sequence: 1, operations },
            when: requested,
          })),
        ),
      ],
      until: { executed: 1, atMs: 10_000 },
    });

    expect(run.end).toEqual(sound);
    expect(run.refusals()).toContain('primary-prepares');
    expect(run.events('prepared', 1).filter(({ view }) => view === 0)).toEqual([]);
    expect(run.executions(1)).toEqual(['{"put":["c0","0"]}']);
  });

  it('[A-P4] that sends one backup another body under the same digest is refused there; the others repair it', () => {
    const honest = attacked({ steps: puts(1), until: { executed: 1 } });
    const [digest = ''] = honest.events('pre-prepared').map((event) => event.digest);
    const proposal = { type: 'pre-prepare', view: 0, sequence: 1 } as const;
    const run = attacked({
      steps: [
        villain(0),
        ...puts(1),
        {
          do: 'send',
          replica: 0,
          to: [1, 2],
          message: { ...proposal, operations: [operation(0)] },
          when: requested,
        },
        {
          do: 'send',
          replica: 0,
          to: 3,
          message: { ...proposal, digest, operations: [] },
          when: requested,
        },
        {
          do: 'send',
          replica: 0,
          to: [1, 2],
          message: { ...proposal, type: 'commit', operations: [operation(0)] },
          when: requested,
        },
        { do: 'byzantine', replica: 3, behaviour: 'correct' },
      ],
      until: { executed: 1, atMs: 10_000 },
    });

    expect(run.end).toEqual(sound);
    expect(run.refusals(3)).toContain('wrong-body');
    expect(run.executions(3)).toEqual(['{"put":["c0","0"]}']);
  });

  it.each([
    ['from the start', { sent: { type: 'request' } }],
    ['after it has served one request', { client: 0, answered: 1 }],
    ['exactly after its PRE-PREPARE', { sent: { type: 'pre-prepare' } }],
    ['after its COMMIT', { sent: { type: 'commit', from: 0 } }],
  ] as const)(
    '[A-P5] that falls silent %s is replaced; what prepared keeps its place',
    (_, when) => {
      const run = attacked({
        steps: [{ do: 'byzantine', replica: 0, behaviour: 'silent', when }, ...puts(3)],
        until: { executed: 3, atMs: 10_000 },
      });

      expect(run.end).toEqual(sound);
      expect(run.viewsEntered()).toEqual([1]);
      const first = run.events('prepared').filter(({ sequence }) => sequence === 1);
      expect(new Set(first.map(({ digest }) => digest)).size).toBe(1);
      expect(run.executions(1).length).toBe(3);
    },
  );

  it('[A-P6] that never speaks to one backup changes no view: the peers of that backup repair it', () => {
    const run = attacked({
      steps: [{ do: 'byzantine', replica: 0, behaviour: 'silent-to', targets: [3] }, ...puts(3)],
      until: { executed: 3, atMs: 10_000 },
    });

    expect(run.end).toEqual(sound);
    expect(run.viewsEntered()).toEqual([]);
    expect(run.verdict.counts.stateTransfers).toBe(0);
    expect(run.executions(3).length).toBe(3);
  });

  it('[A-P7] that censors one client is replaced although it serves the other', () => {
    const run = attacked({
      clients: 2,
      steps: [
        { do: 'byzantine', replica: 0, behaviour: 'censor', client: 1 },
        ...puts(12, 0),
        ...puts(1, 1),
      ],
      until: { executed: 13, atMs: 10_000 },
    });

    expect(run.end).toEqual(sound);
    expect(run.viewsEntered()).toEqual([1]);
    const [censored] = run.events('answered').filter(({ client }) => client === 1);
    expect(censored?.view).toBe(1);
    expect(
      run
        .events('executed', 1)
        .some(({ atMs }) => atMs < (run.events('view-change')[0]?.atMs ?? 0)),
    ).toBe(true);
  });

  it('[A-P8] that delays every proposal to just below the timeout stays, and costs a timeout a request', () => {
    const run = attacked({
      steps: [
        { do: 'byzantine', replica: 0, behaviour: 'silent-to', targets: [] },
        { do: 'delay', match: { type: 'pre-prepare', from: 0 }, ms: 380 },
        ...puts(4),
      ],
      until: { executed: 4, atMs: 20_000 },
    });

    expect(run.end).toEqual(sound);
    expect(run.viewsEntered()).toEqual([]);
    expect(run.verdict.endedAtMs).toBeGreaterThan(4 * 380);
  });
});
