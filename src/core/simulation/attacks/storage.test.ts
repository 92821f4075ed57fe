import { describe, expect, it } from 'vitest';

import { defaults } from '#core/pbft/configuration.ts';
import { StoreError } from '#core/persistent/index.ts';
import { ProcessMachine } from '#core/replica/process-machine.ts';
import { TestCluster } from '#core/replica/test-cluster.ts';

import { attacked, operation, type Outcome, puts, type Send, sound, villain } from './attack.ts';

const votes = new Set(['pre-prepare', 'prepare', 'commit', 'view-change', 'new-view']);

/** What is on the disk of replica 1 after some operations. */
function recordsOf(replica: number, seed = 1): readonly Uint8Array[] {
  const cluster = new TestCluster({ seed });
  cluster.submit({ put: ['x', '1'] });
  cluster.submit({ put: ['x', '2'] });
  cluster.run(400);
  return cluster.records.get(replica) ?? [];
}

function refusalOf(records: readonly Uint8Array[]): string {
  try {
    ProcessMachine.restore(1, defaults, records, 1);
  } catch (error) {
    if (error instanceof StoreError) return error.message;
    throw error;
  }
  return 'none';
}

/** A word of replica 0 about the first place. */
function said(type: 'pre-prepare' | 'commit', to: number[], batch: number[]): Send {
  const operations = batch.map((index) => operation(index));
  return { do: 'send', replica: 0, to, message: { type, view: 0, sequence: 1, operations } };
}

/** Replica 0 gets one batch decided at replica 1 with the vote of replica 3, which then starts again; and tries another. */
function amnesia(disk: 'kept' | 'wiped', ablation: 'forget-votes'[]): Outcome {
  const executed = { replica: 1, reaches: 'executed' } as const;
  return attacked({
    ablation,
    steps: [
      villain(0),
      { do: 'drop', match: { type: 'prepare', from: 3, to: 2 }, count: 1 },
      { do: 'drop', match: { type: 'commit', from: 3, to: 2 }, count: 1 },
      { do: 'drop', match: { type: 'commit', from: 1 } },
      { do: 'drop', match: { type: 'prepare', from: 1, to: 2 } },
      ...puts(1),
      { ...said('pre-prepare', [1, 3], [0]), when: { delivered: { type: 'request' } } },
      { ...said('commit', [1], [0]), when: { delivered: { type: 'request' } } },
      {
        do: 'partition',
        cut: [
          [1, 2],
          [2, 1],
          [1, 3],
          [1, 0],
        ],
        when: executed,
      },
      { do: 'restart', replica: 3, disk, when: executed, after: 1 },
      {
        do: 'send',
        replica: 0,
        to: 3,
        message: { type: 'data', kind: 'echo', incarnation: 1, messages: [] },
        when: executed,
        after: 10,
      },
      { ...said('pre-prepare', [2, 3], []), when: executed, after: 200 },
      { ...said('commit', [2, 3], []), when: executed, after: 200 },
    ],
    until: { atMs: 480 },
  });
}

describe('disks', { timeout: 60_000 }, () => {
  const records = recordsOf(1);

  it('[A-S3] a bit that flips anywhere is noticed, and said', () => {
    expect(refusalOf(records)).toBe('none');
    const silent = records.flatMap((record, i) =>
      Array.from({ length: Math.min(record.length, 40) }, (_, step) => {
        const place = Math.floor((step * record.length) / Math.min(record.length, 40));
        const damaged = record.map((byte, at) => (at === place ? byte ^ (1 << (step & 7)) : byte));
        return refusalOf(records.with(i, damaged)) === 'none' ? [`record ${i}, byte ${place}`] : [];
      }).flat(),
    );

    expect(silent).toEqual([]);
  });

  it('[A-S3] a record that is cut short, gone, doubled or in another place is noticed', () => {
    const middle = records.length >> 1;
    const record = records[middle] ?? new Uint8Array();
    for (const damaged of [
      records.with(middle, record.subarray(0, record.length >> 1)),
      records.with(middle, new Uint8Array()),
      records.toSpliced(middle, 1),
      records.toSpliced(middle, 0, record),
      records.toReversed(),
      records.slice(1),
    ]) {
      expect(refusalOf(damaged)).not.toBe('none');
    }
  });

  it.each([
    ['of another replica', recordsOf(2)],
    ['of another cluster', recordsOf(1, 7)],
  ])('[A-S3] a store %s is refused with a message', (_, foreign) => {
    expect(foreign.length).toBeGreaterThan(0);
    expect(refusalOf(foreign)).toMatch(/another/);
  });

  it.each(['wiped', 'corrupt'] as const)(
    '[A-S3] after a restart with a disk %s it never votes',
    (disk) => {
      const run = attacked({
        steps: [...puts(6), { do: 'restart', replica: 2, disk, when: { client: 0, answered: 2 } }],
        until: { executed: 6, atMs: 20_000 },
      });

      expect(run.end).toEqual(sound);
      const [learner] = run.events('learner', 2);
      const said = run
        .events('sent', 2)
        .filter(({ id, header }) => id > (learner?.id ?? 0) && votes.has(header.kind));
      expect(learner).toBeDefined();
      expect(said).toEqual([]);
      expect(run.verdict.replicas[2]).toMatchObject({ status: 'learner' });
    },
  );

  it.each([1, 2, 3])(
    '[A-S2] the last %i records that are lost are no harm beyond that replica',
    (commits) => {
      const run = attacked({
        steps: [
          ...puts(5),
          {
            do: 'restart',
            replica: 1,
            disk: 'lose-last',
            commits,
            when: { replica: 1, reaches: 'prepared', sequence: 2 },
          },
        ],
        until: { executed: 5, atMs: 20_000 },
      });

      expect(run.end).toEqual(sound);
    },
  );

  it.each([
    ['that votes on, its votes forgotten, forks', 'kept', ['forget-votes'], ['agreement']],
    ['that keeps its votes does not', 'kept', [], []],
    ['that has lost everything only listens', 'wiped', [], []],
  ] as const)(
    '[A-S4] beside f Byzantine ones, a restarted replica %s',
    (_, disk, ablation, violated) => {
      const run = amnesia(disk, [...ablation]);

      const violations = run.verdict.violations.map(({ invariant }) => invariant);
      expect(violations.filter((invariant) => invariant === 'agreement')).toEqual(violated);
      expect(run.verdict.safe).toBe(violated.length === 0);
      expect(run.events('executed', 1).length).toBe(1);
      expect(run.events('learner', 3).length).toBe(disk === 'wiped' ? 1 : 0);
    },
  );

  it('[A-S8] all crash together and go on', () => {
    const run = attacked({
      steps: [
        ...puts(4),
        ...[0, 1, 2, 3].map((replica) => ({
          do: 'restart' as const,
          replica,
          when: { replica: 1, reaches: 'prepared' as const, sequence: 2 },
        })),
      ],
      until: { executed: 4, atMs: 20_000 },
    });

    expect(run.end).toEqual(sound);
    expect(run.events('recovered').length).toBe(4);
  });

  it.each([0, 2])('[A-S9] replica %i that sleeps for a minute comes back', (replica) => {
    const run = attacked({
      steps: [
        ...puts(6),
        { do: 'pause', replica, when: { client: 0, answered: 2 } },
        { do: 'resume', replica, when: { client: 0, answered: 2 }, after: 60_000 },
      ],
      until: { executed: 6, atMs: 90_000 },
    });

    expect(run.end).toEqual(sound);
    expect(run.viewsEntered()).toEqual(replica === 0 ? [1] : []);
  });
});
