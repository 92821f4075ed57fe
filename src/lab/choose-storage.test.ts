import { describe, expect, it } from 'vitest';

import { chooseStorage } from './choose-storage.ts';

const everything = { hasIndexedDb: true, hasFiles: true };

describe('choice of storage', () => {
  it('is IndexedDB, relaxed, when nobody says otherwise', () => {
    expect(chooseStorage({}, everything)).toEqual({
      storage: { kind: 'indexed-db', durability: 'relaxed' },
    });
  });

  it('is what the address asks for', () => {
    expect(chooseStorage({ storage: 'opfs', durability: 'strict' }, everything)).toEqual({
      storage: { kind: 'opfs', durability: 'strict' },
    });
    expect(chooseStorage({ storage: 'memory', durability: 'strict' }, everything)).toEqual({
      storage: { kind: 'memory' },
    });
  });

  it('is IndexedDB, with a warning, where there is no private file system', () => {
    const { storage, warning } = chooseStorage(
      { storage: 'opfs' },
      { hasIndexedDb: true, hasFiles: false },
    );

    expect(storage).toEqual({ kind: 'indexed-db', durability: 'relaxed' });
    expect(warning?.title).toBe('The disks are in IndexedDB');
  });

  it.each(['indexeddb', 'opfs'] as const)(
    'is memory, with a warning, where there is no IndexedDB and %s is asked for',
    (storage) => {
      const chosen = chooseStorage({ storage }, { hasIndexedDb: false, hasFiles: true });

      expect(chosen.storage).toEqual({ kind: 'memory' });
      expect(chosen.warning?.title).toBe('This browser keeps nothing');
    },
  );
});
