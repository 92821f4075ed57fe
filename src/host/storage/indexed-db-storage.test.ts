import 'fake-indexeddb/auto';
import { deleteDB, openDB, type IDBPDatabase } from 'idb';
import { describe, expect, it, vi } from 'vitest';

import { IndexedDbStorage } from './indexed-db-storage.ts';
import { StorageError } from './storage-error.ts';

const record = (...bytes: number[]): Uint8Array<ArrayBuffer> => Uint8Array.from(bytes);

function openFirstVersion(name: string): Promise<IDBPDatabase> {
  return openDB(name, 1, {
    upgrade: (database) => void database.createObjectStore('log', { autoIncrement: true }),
  });
}

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

    expect(await disk.load()).toEqual([record(1)]);
  });

  it('keeps a second log beside the first', async () => {
    const disk = await IndexedDbStorage.open('two-logs');
    await disk.commit(record(1));
    await disk.past().commit(record(2));
    await disk.clear();

    expect(await disk.load()).toEqual([]);
    expect(await disk.past().load()).toEqual([record(2)]);
  });

  it('goes on with what the version before has written', async () => {
    const old = await openFirstVersion('older');
    await old.add('log', record(5));
    old.close();

    const disk = await IndexedDbStorage.open('older');

    expect(await disk.load()).toEqual([record(5)]);
    expect(await disk.past().load()).toEqual([]);
  });

  it('refuses what a newer version has written', async () => {
    (await openDB('newer', 99)).close();

    await expect(IndexedDbStorage.open('newer')).rejects.toThrow(
      'The database newer could not be opened: a newer version of the lab has written it. Load the page again to get that version.',
    );
  });

  it('says so when another tab keeps an older version open, and does not hang', async () => {
    const old = await openFirstVersion('blocked');

    await expect(IndexedDbStorage.open('blocked', 'relaxed', { patience: 50 })).rejects.toThrow(
      /The database blocked could not be opened: the browser does not open it: another tab may have an older version/,
    );

    old.close();
    const disk = await IndexedDbStorage.open('blocked');
    expect(await disk.load()).toEqual([]);
  });

  it('gives way to a newer version: its own next commit is refused, what it committed is there', async () => {
    const disk = await IndexedDbStorage.open('given-way');
    await disk.commit(record(1));

    const newer = await openDB('given-way', 99);

    await expect(disk.commit(record(2))).rejects.toThrow(/the browser closed it, or another tab/);
    expect(await newer.getAll('log')).toEqual([record(1)]);
    newer.close();
    await deleteDB('given-way');
  });

  it('is refused in words where the page may keep nothing', async () => {
    const refused = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError');
    });

    await expect(IndexedDbStorage.open('private')).rejects.toThrow(/as in a private window/);
    refused.mockRestore();
  });
});
