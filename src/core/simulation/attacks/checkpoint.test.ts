import { describe, expect, it } from 'vitest';

import { attacked, puts, sound, villain } from './attack.ts';

const invented = 'd1'.repeat(32);
const small = { checkpointInterval: 2, logSize: 4 };

describe('checkpoints and state transfer under attack', { timeout: 30_000 }, () => {
  it.each([3, 0])(
    '[A-K1] replica %i tells a wrong digest: the others are stable without it',
    (liar) => {
      const run = attacked({
        protocol: small,
        steps: [{ do: 'byzantine', replica: liar, behaviour: 'lie-checkpoint' }, ...puts(6)],
        until: { executed: 6, atMs: 10_000 },
      });

      expect(run.end).toEqual(sound);
      const stable = run.events('stable').filter(({ process }) => process !== liar);
      expect(stable.length).toBeGreaterThan(0);
      for (const { signers } of stable) expect(signers).not.toContain(liar);
    },
  );

  it('[A-K2] claims about huge sequence numbers of one replica start no transfer', () => {
    const run = attacked({
      steps: [
        villain(3),
        ...Array.from({ length: 30 }, (_, i) => ({
          do: 'send' as const,
          replica: 3,
          to: [0, 1, 2],
          message: { type: 'checkpoint' as const, sequence: 8 * (1000 + i), digest: invented },
          at: i,
        })),
        ...puts(3),
      ],
      until: { executed: 3, atMs: 10_000 },
    });

    expect(run.end).toEqual(sound);
    expect(run.verdict.counts.stateTransfers).toBe(0);
  });

  it('[A-K3] a liar and a lost message leave Q - 1 that agree: not stable until STATUS repairs it', () => {
    const run = attacked({
      protocol: small,
      steps: [
        { do: 'byzantine', replica: 3, behaviour: 'lie-checkpoint' },
        { do: 'drop', match: { type: 'checkpoint', from: 1, to: 0 }, count: 1 },
        ...puts(2),
      ],
      until: { atMs: 3000 },
    });

    expect(run.end).toMatchObject({ safe: true, live: true });
    const [stable] = run.events('stable', 0);
    expect(run.events('dropped').some(({ from, to }) => from === 1 && to === 0)).toBe(true);
    expect(stable?.atMs).toBeGreaterThan(run.events('stable', 2)[0]?.atMs ?? Infinity);
    expect(stable?.signers.toSorted()).toEqual([0, 1, 2]);
  });

  it.each(['bad-chunk', 'bad-meta', 'truncated', 'alternate'])(
    '[A-K4] a liar about the state (%s) is found out piece by piece, and others give it',
    (how) => {
      const run = attacked({
        protocol: small,
        steps: [
          { do: 'partition', groups: [[0, 1, 2, 'c0']], at: 1 },
          { do: 'byzantine', replica: 2, behaviour: 'lie-state', how },
          // What honest sources say first is lost, so that the liar is asked, too.
          ...[0, 1].map((from) => ({
            do: 'drop' as const,
            match: { type: 'data' as const, from, to: 3 },
            count: 3,
          })),
          ...Array.from({ length: 12 }, (_, i) => ({
            do: 'submit' as const,
            operation: { put: [`key ${i}`, 'x'.repeat(3000)] },
          })),
          { do: 'heal', when: { client: 0, answered: 12 } },
        ],
        until: { executed: 12, atMs: 30_000 },
      });

      expect(run.end).toEqual(sound);
      expect(run.refusals(3)).toContain('wrong-state');
      expect(run.events('state-transfer', 3).at(-1)?.deed).toBe('installed');
      expect(run.verdict.replicas[3]?.stateDigest).toBe(run.verdict.replicas[1]?.stateDigest);
    },
  );

  it('[A-K5] a target that is let go while it is fetched is replaced by a newer one', () => {
    const run = attacked({
      protocol: small,
      steps: [
        { do: 'partition', groups: [[0, 1, 2, 'c0']], at: 1 },
        ...puts(16),
        { do: 'heal', when: { client: 0, answered: 8 } },
        { do: 'delay', match: { type: 'data', to: 3 }, ms: 700, count: 2 },
      ],
      until: { executed: 16, atMs: 20_000 },
    });

    expect(run.end).toEqual(sound);
    const targets = run.events('state-transfer', 3).filter(({ deed }) => deed === 'started');
    expect(new Set(targets.map(({ sequence }) => sequence)).size).toBeGreaterThan(1);
  });

  it('[A-K7] a request that the fetched state contains is not executed again', () => {
    const run = attacked({
      protocol: small,
      steps: [
        { do: 'partition', groups: [[0, 1, 2, 'c0']], at: 1 },
        ...puts(8),
        { do: 'heal', when: { client: 0, answered: 8 } },
        { ...villain(2), when: { client: 0, answered: 8 } },
        {
          do: 'send',
          replica: 2,
          to: [3, 0],
          message: { seen: { type: 'request' } },
          when: { replica: 3, executed: 8 },
        },
      ],
      until: { atMs: 6000 },
    });

    expect(run.end).toMatchObject({ safe: true, live: true });
    expect(run.events('state-transfer', 3).some(({ deed }) => deed === 'installed')).toBe(true);
    const replayed = run.events('sent', 2).filter(({ header }) => header.kind === 'request');
    expect(replayed.map(({ to }) => to)).toEqual([3, 0]);
    expect(run.refusals(3)).toContain('stale-request');
    expect(run.executions(0).length).toBe(8);
  });

  it('[A-K8] a replica more than a window behind catches up in an idle cluster', () => {
    const run = attacked({
      protocol: small,
      steps: [
        { do: 'partition', groups: [[0, 1, 2, 'c0']], at: 1 },
        ...puts(12),
        { do: 'heal', when: { client: 0, answered: 12 }, after: 1000 },
      ],
      until: { executed: 12, atMs: 20_000 },
    });

    expect(run.end).toEqual(sound);
    expect(run.events('state-transfer', 3).at(-1)?.deed).toBe('installed');
  });
});
