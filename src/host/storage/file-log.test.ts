import { describe, expect, it } from 'vitest';

import { MemoryFile } from './contract/memory-file.ts';
import { mortalWriter, survivorOf } from './contract/mortal-writer.ts';
import { FileLog, type SyncFile } from './file-log.ts';
import { StorageError } from './storage-error.ts';

const records = [
  Uint8Array.of(1, 2, 3),
  new Uint8Array(0),
  Uint8Array.of(9),
  new Uint8Array(40).fill(7),
];
const lists = (found: readonly Uint8Array[]): number[][] => found.map((bytes) => [...bytes]);

async function written(): Promise<[MemoryFile, MemoryFile]> {
  const files: [MemoryFile, MemoryFile] = [new MemoryFile(), new MemoryFile()];
  const log = new FileLog(files);
  await log.load();
  for (const record of records) await log.commit(record);
  return files;
}

describe('a log in two files', () => {
  it('gives back what was committed, in order', async () => {
    expect(lists(await new FileLog(await written()).load())).toEqual(lists(records));
  });

  it('goes on behind a snapshot', async () => {
    const files = await written();
    const log = new FileLog(files);
    await log.load();
    await log.reset(Uint8Array.of(5));
    await log.commit(Uint8Array.of(6));

    expect(lists(await new FileLog(files).load())).toEqual([[5], [6]]);
  });

  it('cuts a torn tail at every length, to the last complete commit', async () => {
    const [whole] = await written();
    for (let size = 0; size < whole.bytes.length; size++) {
      const file = whole.copy();
      file.truncate(size);
      const found = lists(await new FileLog([file, new MemoryFile()]).load());
      expect(found).toEqual(lists(records).slice(0, found.length));
      expect(found.length).toBeLessThan(records.length);
    }
  });

  it('refuses a flipped bit anywhere, or loses nothing', async () => {
    const [whole] = await written();
    for (let at = 0; at < whole.bytes.length; at++) {
      const file = whole.copy();
      file.bytes[at] = (file.bytes[at] ?? 0) ^ 0x10;
      await expect(new FileLog([file, new MemoryFile()]).load()).rejects.toThrow(StorageError);
    }
  });

  it('names the record that is harmed', async () => {
    const [file] = await written();
    file.bytes[file.bytes.length - 20] = 0;

    await expect(new FileLog([file, new MemoryFile()]).load()).rejects.toThrow(/at record 3/);
  });

  it('survives a kill at every change of a compaction with the old log or the new one', async () => {
    const outcomes = new Set<string>();
    for (let changes = 0; changes < 12; changes++) {
      const [first, second] = await written();
      const budget = { changes: Infinity };
      const files: [MemoryFile, MemoryFile] = [new MemoryFile(budget), new MemoryFile(budget)];
      files[0].bytes = first.bytes;
      files[1].bytes = second.bytes;
      const log = new FileLog(files);
      await log.load();
      budget.changes = changes;
      await log.reset(Uint8Array.of(5)).catch(() => undefined);

      const found = lists(await new FileLog([files[0].copy(), files[1].copy()]).load());
      outcomes.add(JSON.stringify(found));
    }

    expect([...outcomes].sort()).toEqual([JSON.stringify(lists(records)), '[[5]]'].sort());
  });

  it('takes back a commit that could not be written whole', async () => {
    const [first] = await written();
    const full: SyncFile = Object.assign(first.copy(), { write: () => 3 });
    const log = new FileLog([full, new MemoryFile()]);
    await log.load();

    await expect(log.commit(Uint8Array.of(1))).rejects.toThrow(/no room left/);
    expect(lists(await log.load())).toEqual(lists(records));
  });

  it('survives a kill at every change of a life with the last commit that was acknowledged, or the one after', async () => {
    for (const durability of ['relaxed', 'strict'] as const) {
      for (let changes = 1; changes < 120; changes++) {
        const fate = { changes };
        const files: [MemoryFile, MemoryFile] = [new MemoryFile(fate), new MemoryFile(fate)];
        let acknowledged = 0;
        await mortalWriter(new FileLog(files, durability), (number) => {
          acknowledged = number;
        }).catch(() => undefined);

        const log = new FileLog([files[0].copy(), files[1].copy()], durability);
        const survivor = survivorOf(await log.load());
        expect({ changes, survivor, acknowledged }).toEqual({
          changes,
          survivor: expect.toSatisfy(
            (number) => number === acknowledged || number === acknowledged + 1,
          ),
          acknowledged,
        });
      }
    }
  });
});
