import { checksumOf } from '#core/persistent/store/checksum.ts';

import type { Disk, Durability } from './disk.ts';
import { StorageError, storageError } from './storage-error.ts';

/**
 * A storage log in two files, of which one is current. It owns layout and recovery; opening files is its caller's.
 *
 * 1. A record is framed as [length, number, checksum of these two], its bytes, their checksum. A frame that runs past
 *    the end of the file was never acknowledged: it is cut. Any other mismatch is corruption and refuses the whole log.
 * 2. A file begins with [magic, generation, checksum]. Compaction writes the other file without that header, makes it
 *    durable, then writes the header with the next generation, then empties the old file. A crash at any point leaves
 *    a whole old log or a whole new one, and a harmed header never brings back an older history.
 * 3. A commit is acknowledged once the operating system has it, with `strict` once the medium has it.
 * 4. What could not be written ends the log's use: it is loaded again first, which cuts what is there of it.
 */
export interface SyncFile {
  read(bytes: Uint8Array, options: { at: number }): number;
  write(bytes: Uint8Array, options: { at: number }): number;
  truncate(size: number): void;
  getSize(): number;
  flush(): void;
  close(): void;
}

/** 'PFIL', little endian. */
const MAGIC = 0x4c494650;
const FILE_HEADER_BYTES = 16;
const FRAME_HEADER_BYTES = 12;
const CHECKSUM_BYTES = 8;

/** The storage log over two files. Every record that `load` returns was committed whole and in this order. */
export class FileLog implements Disk {
  readonly #files: readonly [SyncFile, SyncFile];
  readonly #durability: Durability;
  #current: 0 | 1 = 0;
  #generation = 0;
  #end = 0;
  #count = 0;
  #loaded = false;

  constructor(files: readonly [SyncFile, SyncFile], durability: Durability = 'strict') {
    this.#files = files;
    this.#durability = durability;
  }

  load(): Promise<Uint8Array[]> {
    return this.#attempt('The storage log could not be read', () => {
      this.#choose();
      const { records, end } = readFrames(wholeOf(this.#file));
      if (this.#file.getSize() > end) this.#file.truncate(end);
      this.#end = end;
      this.#count = records.length;
      this.#loaded = true;
      return records;
    });
  }

  commit(record: Uint8Array): Promise<void> {
    return this.#attempt('A commit could not be written', () => {
      if (!this.#loaded) throw new StorageError('a log is loaded before it is written.');
      const framed = frame(record, this.#count);
      writeWhole(this.#file, framed, this.#end);
      if (this.#durability === 'strict') this.#file.flush();
      this.#end += framed.length;
      this.#count += 1;
    });
  }

  reset(snapshot: Uint8Array): Promise<void> {
    return this.replace([snapshot]);
  }

  /** Puts `records` in the place of the whole log, or changes nothing. */
  replace(records: readonly Uint8Array[]): Promise<void> {
    return this.#attempt('The storage log could not be replaced', () => {
      if (this.#generation === 0) this.#find();
      const other = this.#current === 0 ? 1 : 0;
      const fresh = this.#files[other];
      fresh.truncate(0);
      let end = FILE_HEADER_BYTES;
      for (const [number, record] of records.entries()) {
        const framed = frame(record, number);
        writeWhole(fresh, framed, end);
        end += framed.length;
      }
      if (records.length === 0) fresh.truncate(FILE_HEADER_BYTES);
      fresh.flush();
      writeWhole(fresh, fileHeader(this.#generation + 1), 0);
      fresh.flush();
      this.#file.truncate(0);
      this.#file.flush();
      this.#current = other;
      this.#generation += 1;
      this.#end = end;
      this.#count = records.length;
      this.#loaded = true;
    });
  }

  clear(): Promise<void> {
    return this.replace([]);
  }

  close(): Promise<void> {
    for (const file of this.#files) file.close();
    return Promise.resolve();
  }

  /** The work is done at once, so that calls are served in their order. */
  #attempt<T>(doing: string, work: () => T): Promise<T> {
    try {
      return Promise.resolve(work());
    } catch (error) {
      this.#loaded = false;
      this.#generation = 0;
      return Promise.reject(storageError(doing, error));
    }
  }

  get #file(): SyncFile {
    return this.#files[this.#current];
  }

  /** Finds the current file, ends an interrupted compaction, begins a log where there is none. */
  #choose(): void {
    const [first, second] = this.#files;
    if (Math.max(first.getSize(), second.getSize()) < FILE_HEADER_BYTES) {
      first.truncate(0);
      second.truncate(0);
      writeWhole(first, fileHeader(1), 0);
      first.flush();
    }
    if (!this.#find()) throw new StorageError('it is corrupt: neither file has a whole header.');
    const stale = this.#files[this.#current === 0 ? 1 : 0];
    if (stale.getSize() > 0) stale.truncate(0);
  }

  /** The file with the latest header is current. A corrupt log, which has none, can still be replaced. */
  #find(): boolean {
    const first = generationOf(this.#files[0]);
    const second = generationOf(this.#files[1]);
    this.#current = first >= second ? 0 : 1;
    this.#generation = Math.max(first, second);
    return this.#generation > 0;
  }
}

function readFrames(file: Uint8Array): { records: Uint8Array[]; end: number } {
  const view = viewOf(file);
  const records: Uint8Array[] = [];
  let end = FILE_HEADER_BYTES;
  while (end + FRAME_HEADER_BYTES <= file.length) {
    const header = new DataView(file.buffer, file.byteOffset + end, FRAME_HEADER_BYTES);
    const number = records.length;
    if (header.getUint32(8, true) !== frameChecksum(header))
      corrupt(number, 'its header is harmed');
    if (header.getUint32(4, true) !== number)
      corrupt(number, `it is number ${header.getUint32(4, true)}`);
    const body = end + FRAME_HEADER_BYTES;
    const sum = body + header.getUint32(0, true);
    if (sum + CHECKSUM_BYTES > file.length) break;
    const bytes = file.slice(body, sum);
    const { high, low } = checksumOf(bytes, number);
    if (view.getUint32(sum, true) !== high || view.getUint32(sum + 4, true) !== low) {
      corrupt(number, 'its checksum does not match');
    }
    records.push(bytes);
    end = sum + CHECKSUM_BYTES;
  }
  return { records, end };
}

function frame(record: Uint8Array, number: number): Uint8Array {
  const bytes = new Uint8Array(FRAME_HEADER_BYTES + record.length + CHECKSUM_BYTES);
  const view = viewOf(bytes);
  view.setUint32(0, record.length, true);
  view.setUint32(4, number, true);
  view.setUint32(8, frameChecksum(view), true);
  bytes.set(record, FRAME_HEADER_BYTES);
  const { high, low } = checksumOf(record, number);
  view.setUint32(FRAME_HEADER_BYTES + record.length, high, true);
  view.setUint32(FRAME_HEADER_BYTES + record.length + 4, low, true);
  return bytes;
}

function frameChecksum(view: DataView): number {
  return checksumOf(new Uint8Array(view.buffer, view.byteOffset, 8), MAGIC).high;
}

function fileHeader(generation: number): Uint8Array {
  const bytes = new Uint8Array(FILE_HEADER_BYTES);
  const view = viewOf(bytes);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, generation, true);
  const { high, low } = checksumOf(bytes.subarray(0, 8), MAGIC);
  view.setUint32(8, high, true);
  view.setUint32(12, low, true);
  return bytes;
}

/** 0 for a file without a whole header. */
function generationOf(file: SyncFile): number {
  if (file.getSize() < FILE_HEADER_BYTES) return 0;
  const bytes = readAt(file, 0, FILE_HEADER_BYTES);
  const view = viewOf(bytes);
  const { high, low } = checksumOf(bytes.subarray(0, 8), MAGIC);
  const whole =
    view.getUint32(0, true) === MAGIC &&
    view.getUint32(8, true) === high &&
    view.getUint32(12, true) === low;
  return whole ? view.getUint32(4, true) : 0;
}

function corrupt(number: number, reason: string): never {
  throw new StorageError(`it is corrupt at record ${number}: ${reason}.`);
}

function wholeOf(file: SyncFile): Uint8Array {
  return readAt(file, 0, file.getSize());
}

function readAt(file: SyncFile, at: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  if (file.read(bytes, { at }) !== length) throw new StorageError('the file ended early.');
  return bytes;
}

function writeWhole(file: SyncFile, bytes: Uint8Array, at: number): void {
  const written = file.write(bytes, { at });
  // Chromium answers with a number beyond the bytes, and throws nothing, when there is no room.
  if (written !== bytes.length) {
    throw new DOMException('the file could not grow', 'QuotaExceededError');
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
