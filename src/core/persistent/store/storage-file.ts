import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { checksumOf } from './checksum.ts';
import { mergedLog } from './merged-log.ts';
import type { StorageEngine } from './storage.ts';
import { StoreError } from './store-error.ts';

/** 'PSTO' in the order of the bytes, then the format. */
const MAGIC = [0x50, 0x53, 0x54, 0x4f, 1];
const CHECKSUM_BYTES = 8;

/** A whole storage as the bytes of one file. */
export async function exportStorage(storage: StorageEngine): Promise<Uint8Array> {
  const records = await storage.load();
  const writer = new ByteWriter();
  for (const byte of MAGIC) writer.byte(byte);
  writer.uint(records.length);
  for (const record of records) {
    writer.uint(record.length);
    writer.raw(record);
  }
  const content = writer.view();
  const file = new Uint8Array(content.length + CHECKSUM_BYTES);
  file.set(content);
  seal(file);
  return file;
}

/**
 * Fills an empty storage with what was exported, in one step: whenever the process dies, the storage
 * is empty still, or has all of it.
 */
export async function importStorage(file: Uint8Array, storage: StorageEngine): Promise<void> {
  const records = recordsIn(file);
  if ((await storage.load()).length > 0) throw new StoreError('the storage is not empty');
  if (records.length > 0) await storage.reset(mergedLog(records));
}

function recordsIn(file: Uint8Array): Uint8Array[] {
  const isOurs =
    file.length > MAGIC.length + CHECKSUM_BYTES && MAGIC.every((b, i) => file[i] === b);
  if (!isOurs) throw new StoreError('the file is no exported storage of this format');
  const sealed = file.slice();
  seal(sealed);
  if (!sealed.every((byte, i) => byte === file[i])) {
    throw new StoreError('the file is corrupt: its checksum does not match');
  }
  const reader = new ByteReader(file);
  reader.raw(MAGIC.length);
  const records: Uint8Array[] = [];
  for (let left = reader.uint(); left > 0; left--) records.push(reader.raw(reader.uint()).slice());
  return records;
}

/** Writes the checksum of all before it at the end. */
function seal(file: Uint8Array): void {
  const at = file.length - CHECKSUM_BYTES;
  const { high, low } = checksumOf(file.subarray(0, at), 0);
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  view.setUint32(at, high, true);
  view.setUint32(at + 4, low, true);
}
