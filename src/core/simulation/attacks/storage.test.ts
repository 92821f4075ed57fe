import { describe, expect, it } from 'vitest';

import { defaults } from '#core/pbft/configuration.ts';
import { StoreError } from '#core/persistent/index.ts';
import { ProcessMachine } from '#core/replica/process-machine.ts';
import { TestCluster } from '#core/replica/test-cluster.ts';

import { attacked, puts, sound } from './attack.ts';

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

  it('[A-S4] a replica that votes on with amnesia, beside f Byzantine ones, forks; a learner does not', () => {
    const steps = [
      { do: 'byzantine' as const, replica: 0, behaviour: 'equivocate' as const, split: [2] },
      {
        do: 'partition' as const,
        cut: [
          [1, 2],
          [2, 1],
        ] as [number, number][],
      },
      ...puts(1),
      {
        do: 'restart' as const,
        replica: 3,
        disk: 'wiped' as const,
        when: { replica: 1, reaches: 'executed' as const },
      },
    ];
    const run = attacked({ steps, until: { atMs: 3000 } });

    expect(run.verdict.safe).toBe(true);
    expect(run.events('learner', 3)).toHaveLength(1);
    const digests = run
      .events('executed')
      .filter(({ sequence, process }) => sequence === 1 && process !== 0);
    expect(new Set(digests.map(({ digest }) => digest)).size).toBe(1);
  });

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
