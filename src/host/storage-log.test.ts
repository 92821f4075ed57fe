import { describe, expect, it } from 'vitest';

import { StorageLog } from './storage-log.ts';
import type { Drive } from './storage/disk.ts';
import { MemoryDisk } from './storage/memory-disk.ts';

/** So large that a log of a few is due for compaction. */
const recordBytes = 14_000;

class Death extends Error {
  override readonly name = 'Death';
}

/** A disk that dies with its process before one of its changes, and is there again for the next. */
class MortalDisk extends MemoryDisk {
  private readonly fate: { changes: number };

  constructor(fate: { changes: number }) {
    super();
    this.fate = fate;
  }

  override commit(record: Uint8Array): Promise<void> {
    return this.fate.changes-- === 0 ? Promise.reject(new Death()) : super.commit(record);
  }

  override replace(records: readonly Uint8Array[]): Promise<void> {
    return this.fate.changes-- === 0 ? Promise.reject(new Death()) : super.replace(records);
  }
}

function mortalDrive(): { drive: Drive; fate: { changes: number } } {
  const fate = { changes: Infinity };
  const past = new MortalDisk(fate);
  return { drive: { log: new MortalDisk(fate), past: () => Promise.resolve(past) }, fate };
}

function record(number: number): Uint8Array {
  return new Uint8Array(recordBytes).fill(number);
}

/** What the state after a log's last record is: here, that record's number. */
async function stateOf({ log }: Drive): Promise<number | undefined> {
  return (await log.load()).at(-1)?.[0];
}

/** Commits records `from` to `to`, compacting where it is due. */
async function live(log: StorageLog, from: number, to: number): Promise<void> {
  for (let number = from; number <= to; number++) {
    await log.commit(record(number));
    await log.compact(() => record(number).subarray(0, 100));
  }
}

async function livedTo(to: number): Promise<ReturnType<typeof mortalDrive>> {
  const made = mortalDrive();
  const log = new StorageLog(made.drive);
  await log.open({ kind: 'new' });
  await live(log, 1, to);
  return made;
}

describe('storage log', () => {
  it('compacts when it has outgrown its state, and keeps what it replaces', async () => {
    const { drive } = await livedTo(21);

    expect((await drive.log.load()).length).toBeLessThan(7);
    expect(await (await drive.past()).load()).toHaveLength(4);
  });

  it('is rolled back to any of its commits, however often it was compacted since', async () => {
    for (let lost = 1; lost < 21; lost++) {
      const { drive } = await livedTo(21);
      await new StorageLog(drive).open({ kind: 'lose-last', commits: lost });

      expect(await stateOf(drive), `without the last ${lost}`).toBe(21 - lost);
    }
  });

  it('goes on from an older copy, and is rolled back again', async () => {
    const { drive } = await livedTo(21);
    const log = new StorageLog(drive);
    await log.open({ kind: 'older', commits: 12 });
    await live(log, 110, 120);

    await new StorageLog(drive).open({ kind: 'older', commits: 11 + 4 });

    expect(await stateOf(drive)).toBe(5);
  });

  it('is rolled back all the same after a death at any change of a compaction or a roll-back', async () => {
    for (let changes = 0; changes < 16; changes++) {
      const { drive, fate } = await livedTo(11);
      const log = new StorageLog(drive);
      await log.open({ kind: 'kept' });
      fate.changes = changes;
      const died = await live(log, 12, 14)
        .then(() => new StorageLog(drive).open({ kind: 'older', commits: 6 }))
        .then(() => false)
        .catch((error: unknown) => error instanceof Death);
      fate.changes = Infinity;
      const state = (await stateOf(drive)) ?? 0;
      const again = new StorageLog(drive);
      await again.open({ kind: 'kept' });
      await live(again, 201, 209);

      await new StorageLog(drive).open({ kind: 'older', commits: 9 + state - 3 });

      expect({ changes, died, state: await stateOf(drive) }).toEqual({ changes, died, state: 3 });
    }
  });

  it('forgets the past with the identity', async () => {
    const { drive } = await livedTo(21);
    await new StorageLog(drive).open({ kind: 'wiped' });

    expect(await drive.log.load()).toEqual([]);
    expect(await (await drive.past()).load()).toEqual([]);
  });
});
