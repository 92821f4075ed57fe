import { describe, expect, it } from 'vitest';

import { MemoryFolder } from './contract/memory-file.ts';
import { openOpfsStorage } from './opfs-storage.ts';

describe('OPFS storage', () => {
  it('waits for a worker that is still dying', async () => {
    const folder = new MemoryFolder();
    const root = (): Promise<MemoryFolder> => Promise.resolve(folder);
    const dying = await openOpfsStorage('a:b', 'relaxed', { root });
    await dying.load();
    await dying.commit(Uint8Array.of(1));
    setTimeout(() => void dying.close(), 30);

    const next = await openOpfsStorage('a:b', 'relaxed', { root });

    expect(await next.load()).toEqual([Uint8Array.of(1)]);
  });

  it('lets go of the first file when the second is taken', async () => {
    const folder = new MemoryFolder();
    const root = (): Promise<MemoryFolder> => Promise.resolve(folder);
    const second = await (await folder.getDirectoryHandle('a')).getFileHandle('second.log');
    const taken = await second.createSyncAccessHandle?.();

    await expect(openOpfsStorage('a', 'relaxed', { patience: 0, root })).rejects.toThrow(
      'The storage a could not be opened: another tab or worker has it open. Close the other tab.',
    );

    taken?.close();
    const disk = await openOpfsStorage('a', 'relaxed', { patience: 0, root });
    expect(await disk.load()).toEqual([]);
  });

  it('says so where there is no private file system', async () => {
    await expect(openOpfsStorage('a')).rejects.toThrow(
      /this browser has no private file system \(OPFS\)\. Use storage=indexeddb\./,
    );
  });

  it('says so where files cannot be opened for writing', async () => {
    const folder = {
      kind: 'directory' as const,
      getDirectoryHandle: () => Promise.resolve(folder),
      getFileHandle: () => Promise.resolve({ kind: 'file' as const }),
    };

    await expect(
      openOpfsStorage('a', 'relaxed', { root: () => Promise.resolve(folder) }),
    ).rejects.toThrow(/only in workers, or not at all/);
  });
});
