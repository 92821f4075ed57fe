import { describe, expect, it } from 'vitest';

import { SimulatedDisk } from './disk.ts';

/** A disk after commits 1, 2, 3, …, compacted after some of them. */
function written(commits: number, compactions: readonly number[]): SimulatedDisk {
  const disk = new SimulatedDisk();
  for (let i = 1; i <= commits; i++) {
    disk.append(Uint8Array.of(i));
    if (compactions.includes(i)) disk.compact(Uint8Array.of(i, i));
  }
  return disk;
}

/** What a log says in the end: here, the number of its last commit. */
function stateOf({ records }: SimulatedDisk): number | undefined {
  return records.at(-1)?.[0];
}

describe('simulated disk', () => {
  it('is rolled back to any of its commits, however often it was compacted since', () => {
    for (let lost = 1; lost < 12; lost++) {
      const disk = written(12, [4, 5, 9, 12]);
      disk.prepare({ kind: 'lose-last', commits: lost });

      expect(stateOf(disk), `without the last ${lost}`).toBe(12 - lost);
    }
  });

  it('goes on from there, and is rolled back again', () => {
    const disk = written(12, [4, 8]);
    disk.prepare({ kind: 'older', commits: 6 });
    disk.append(Uint8Array.of(70));
    disk.compact(Uint8Array.of(70, 70));
    disk.append(Uint8Array.of(80));
    disk.prepare({ kind: 'older', commits: 3 });

    expect(stateOf(disk)).toBe(5);
  });

  it('is not rolled back beyond its first commit', () => {
    const disk = written(3, [2]);

    expect(() => {
      disk.prepare({ kind: 'older', commits: 3 });
    }).toThrow('rolled back beyond its first commit');
  });

  it('flips a bit of its first record when there are not so many as are asked for', () => {
    const disk = written(2, []);
    disk.prepare({ kind: 'corrupt', record: 9 });

    expect(disk.records).toEqual([Uint8Array.of(0), Uint8Array.of(2)]);
  });

  it('stays empty when it is to be corrupted', () => {
    const disk = new SimulatedDisk();
    disk.prepare({ kind: 'corrupt', record: 1 });

    expect(disk.records).toEqual([]);
  });
});
