import { beforeAll, describe, expect, it } from 'vitest';

import { Engine, StoreError } from '#core/persistent/index.ts';

import { Garden } from './graph-fixture.ts';
import { MemoryStorage } from './memory-storage.ts';
import { shouldCompact } from './storage.ts';

const OPTIONS = { seed: 'garden' };

/** A storage log of four records. */
function log(first: string): Uint8Array[] {
  const engine = Engine.create(OPTIONS);
  const garden = new Garden();
  engine.attach('garden', garden);
  const records = [engine.commit(1)];
  for (const key of [first, 'b', 'c']) {
    engine.turn(0, () => garden.setKey(key, [key]));
    records.push(engine.commit(records.length + 1));
  }
  return records;
}

function refusalOf(records: readonly Uint8Array[]): StoreError {
  try {
    Engine.restore(records, OPTIONS);
  } catch (error) {
    if (error instanceof StoreError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('a storage log', () => {
  let records: Uint8Array[];
  beforeAll(() => {
    records = log('a');
  });

  it('[R13] with any byte flipped is refused, and the record is named', () => {
    for (const [number, record] of records.entries()) {
      for (let i = 0; i < record.length; i++) {
        for (const flip of [0x01, 0x80, 0xff]) {
          const damaged = record.with(i, (record[i] ?? 0) ^ flip);
          expect(refusalOf(records.with(number, damaged)).record).toBe(number);
        }
      }
    }
  });

  it('[R13] with a truncated record is refused', () => {
    for (const [number, record] of records.entries()) {
      for (let length = 0; length < record.length; length++) {
        const refusal = refusalOf(records.with(number, record.slice(0, length)));
        expect(refusal).toMatchObject({
          record: number,
          reason: expect.stringMatching(/^truncated/),
        });
      }
    }
  });

  it.each([
    ['without its first record', (r: Uint8Array[]) => r.slice(1), 0, 'a record is missing'],
    ['with a gap', (r: Uint8Array[]) => r.toSpliced(2, 1), 2, 'a record is missing'],
    [
      'with a record twice',
      (r: Uint8Array[]) => r.toSpliced(2, 0, ...r.slice(1, 2)),
      2,
      'a record',
    ],
    [
      'of two logs',
      (r: Uint8Array[]) => r.toSpliced(2, 1, ...log('z').slice(2, 3)),
      2,
      'another log',
    ],
  ] as [string, (r: Uint8Array[]) => Uint8Array[], number, string][])(
    '[R13] %s is refused',
    (_, change, number, reason) => {
      const refusal = refusalOf(change(records));
      expect(refusal.record).toBe(number);
      expect(refusal.reason).toContain(reason);
    },
  );

  it('[R13] of nothing is refused', () => {
    expect(refusalOf([]).message).toBe('the storage log is empty');
  });

  it('[R13] that is foreign or newer is refused as such', () => {
    expect(refusalOf([new Uint8Array(100)]).message).toBe(
      'record 0: foreign: not a record of this runtime',
    );
    const newer = records.map((record) => record.with(4, 200));
    expect(refusalOf(newer).message).toBe(
      'record 0: format 200 is newer than 1, the newest this program can read',
    );
  });

  it('[R12] does not notice a snapshot, and begins anew with a compaction', () => {
    const engine = Engine.restore(records, OPTIONS);
    engine.snapshot(5);
    const next = engine.commit(5);
    const snapshot = engine.compact(5);
    const last = engine.commit(6);

    expect(Engine.restore([...records, next], OPTIONS).turnOfLastRecord).toBe(5);
    expect(Engine.restore([snapshot, last], OPTIONS).turnOfLastRecord).toBe(6);
    expect(refusalOf([...records, next, last])).toMatchObject({ record: 5 });
  });

  it('[R12] is compacted when it is long, or much larger than its snapshot', () => {
    expect(shouldCompact(500, 1000, 10)).toBe(false);
    expect(shouldCompact(501, 1000, 10)).toBe(true);
    expect(shouldCompact(2, 400_001, 100_000)).toBe(true);
    expect(shouldCompact(2, 400_000, 100_000)).toBe(false);
  });
});

describe('memory storage', () => {
  it('keeps records until it is reset, and is not used when closed', async () => {
    const storage = new MemoryStorage();
    const [first, second] = [new Uint8Array([1]), new Uint8Array([2])];
    await storage.commit(first);
    await storage.commit(second);
    first[0] = 9;
    expect(await storage.load()).toEqual([new Uint8Array([1]), second]);

    await storage.reset(second);
    expect(await storage.load()).toEqual([second]);

    await storage.close();
    expect(() => storage.load()).toThrow('closed');
  });
});
