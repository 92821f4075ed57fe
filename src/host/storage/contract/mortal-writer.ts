import { assert } from '#core/base/assert.ts';
import type { Disk } from '#host/storage/disk.ts';

/** So many commits lie between two compactions. */
const commitsPerLog = 7;
const headBytes = 5;

/**
 * Goes on from what a storage holds, commit after commit, until it dies. Each record tells its number, and a snapshot
 * tells the number of the last commit that it contains.
 */
export async function mortalWriter(
  disk: Disk,
  acknowledged: (number: number) => void | Promise<void>,
): Promise<never> {
  for (let number = survivorOf(await disk.load()) + 1; ; number++) {
    await disk.commit(recordOf(number, 'commit'));
    await acknowledged(number);
    if (number % commitsPerLog === 0) await disk.reset(recordOf(number, 'snapshot'));
  }
}

/** The number of the last commit of a log, which is whole and without a gap; 0 for none. */
export function survivorOf(records: readonly Uint8Array[]): number {
  let last = 0;
  for (const [i, record] of records.entries()) {
    const number = new DataView(record.buffer, record.byteOffset).getUint32(0);
    const kind = record[headBytes - 1] === 1 ? 'snapshot' : 'commit';
    const expected = recordOf(number, kind);
    assert(
      expected.length === record.length && expected.every((byte, k) => byte === record[k]),
      `record ${i} is whole`,
    );
    const isFirst = i === 0 && (kind === 'snapshot' || number === 1);
    assert(isFirst || number === last + 1, `commit ${number} does not follow commit ${last}`);
    last = number;
  }
  return last;
}

/** From a few bytes to some thousand, all following from the number. */
function recordOf(number: number, kind: 'commit' | 'snapshot'): Uint8Array {
  const bytes = new Uint8Array(headBytes + ((number * 7919) % 5003));
  bytes.fill(number % 251);
  new DataView(bytes.buffer).setUint32(0, number);
  bytes[headBytes - 1] = kind === 'snapshot' ? 1 : 0;
  return bytes;
}
