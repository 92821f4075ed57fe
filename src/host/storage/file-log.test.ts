import { describe, expect, it } from 'vitest';

import { FileLog, type SyncFile } from './file-log.ts';
import { StorageError } from './storage-error.ts';

/** A file in memory that can be cut off in the middle of its k-th change. */
class MemoryFile implements SyncFile {
  bytes = new Uint8Array(0);
  readonly budget: { changes: number };

  constructor(budget: { changes: number } = { changes: Infinity }) {
    this.budget = budget;
  }

  read(into: Uint8Array, { at }: { at: number }): number {
    const part = this.bytes.subarray(at, at + into.length);
    into.set(part);
    return part.length;
  }

  write(from: Uint8Array, { at }: { at: number }): number {
    const whole = this.spend();
    const part = whole ? from : from.subarray(0, from.length >> 1);
    const grown = new Uint8Array(Math.max(this.bytes.length, at + part.length));
    grown.set(this.bytes);
    grown.set(part, at);
    this.bytes = grown;
    if (!whole) throw new Error('the process was terminated');
    return part.length;
  }

  truncate(size: number): void {
    if (!this.spend()) throw new Error('the process was terminated');
    const cut = new Uint8Array(size);
    cut.set(this.bytes.subarray(0, size));
    this.bytes = cut;
  }

  getSize(): number {
    return this.bytes.length;
  }

  flush(): void {}

  close(): void {}

  copy(): MemoryFile {
    const file = new MemoryFile();
    file.bytes = this.bytes.slice();
    return file;
  }

  private spend(): boolean {
    this.budget.changes -= 1;
    return this.budget.changes >= 0;
  }
}

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

    await expect(log.commit(Uint8Array.of(1))).rejects.toThrow(/could not be written/);
    expect(lists(await log.load())).toEqual(lists(records));
  });
});
