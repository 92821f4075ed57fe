import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';

import type { Disk } from './disk.ts';
import { IndexedDbStorage } from './indexed-db-storage.ts';
import { MemoryDisk } from './memory-disk.ts';
import { StorageError } from './storage-error.ts';

let databases = 0;
const record = (...bytes: number[]): Uint8Array<ArrayBuffer> => Uint8Array.from(bytes);
const lists = (records: readonly Uint8Array[]): number[][] => records.map((bytes) => [...bytes]);

const engines: readonly {
  name: string;
  open: () => Promise<{ disk: Disk; again: () => Promise<Disk> }>;
}[] = [
  {
    name: 'memory',
    open: async () => {
      const disk = new MemoryDisk();
      return { disk, again: () => Promise.resolve(disk) };
    },
  },
  {
    name: 'IndexedDB',
    open: async () => {
      const name = `log-${(databases += 1)}`;
      return { disk: await IndexedDbStorage.open(name), again: () => IndexedDbStorage.open(name) };
    },
  },
];

describe.each(engines)('storage engine $name', ({ open }) => {
  let disk: Disk;
  let again: () => Promise<Disk>;
  beforeEach(async () => {
    ({ disk, again } = await open());
  });

  it('is empty at first', async () => {
    expect(await disk.load()).toEqual([]);
  });

  it('keeps records in the order of their commits, for whoever opens it next', async () => {
    await disk.commit(record(1));
    await disk.commit(record(2, 2));
    await disk.commit(record(3));
    await disk.close();

    expect(lists(await (await again()).load())).toEqual([[1], [2, 2], [3]]);
  });

  it('puts a snapshot in the place of the log and goes on behind it', async () => {
    await disk.commit(record(1));
    await disk.commit(record(2));
    await disk.reset(record(9));
    await disk.commit(record(3));

    expect(lists(await disk.load())).toEqual([[9], [3]]);
  });

  it('clears and replaces whole', async () => {
    await disk.commit(record(1));
    await disk.replace([record(4), record(5)]);
    expect(lists(await disk.load())).toEqual([[4], [5]]);
    await disk.clear();
    expect(await disk.load()).toEqual([]);
  });

  it('keeps a copy: bytes changed after a commit do not reach the disk', async () => {
    const bytes = record(7);
    await disk.commit(bytes);
    bytes[0] = 8;

    expect(lists(await disk.load())).toEqual([[7]]);
  });
});

describe('IndexedDB storage', () => {
  it('says what could not be done, and why, when the browser has closed the database', async () => {
    const disk = await IndexedDbStorage.open('closed');
    await disk.close();

    await expect(disk.commit(record(1))).rejects.toThrow(StorageError);
    await expect(disk.commit(record(1))).rejects.toThrow(
      /A commit could not be written: the browser closed/,
    );
  });

  it('changes nothing when a reset fails half-way', async () => {
    const disk = await IndexedDbStorage.open('half-way');
    await disk.commit(record(1));
    const unstorable = record(2);
    structuredClone(unstorable.buffer, { transfer: [unstorable.buffer] });

    await expect(disk.reset(unstorable)).rejects.toThrow(StorageError);

    expect(lists(await disk.load())).toEqual([[1]]);
  });
});
