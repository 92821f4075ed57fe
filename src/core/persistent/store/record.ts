import { type Checksum, checksumOf } from './checksum.ts';
import { StoreError } from './store-error.ts';

/** 'PLOG', little endian. */
const MAGIC = 0x474f4c50;
/** Raise with every change of the layout, in the header or below. */
const VERSION = 1;

const MAGIC_AT = 0;
const VERSION_AT = 4;
const KIND_AT = 5;
const NUMBER_AT = 6;
const LENGTH_AT = 10;
const PREVIOUS_AT = 14;
const CHECKSUM_AT = 18;
const HEADER_BYTES = 26;

/** A snapshot stands for everything before it; a delta goes on from the record before it. */
export type RecordKind = 'delta' | 'snapshot';

/** The place of a record in its storage log. */
export interface RecordPlace {
  readonly kind: RecordKind;
  /** Commit counter: the position in the log, counted from 0. */
  readonly number: number;
  /** The seal of the record before it, 0 at the start: records of different logs do not mix. */
  readonly previous: number;
}

/** Bytes for the disk, and the seal that the next record has to quote. */
export interface SealedRecord {
  readonly bytes: Uint8Array;
  readonly seal: number;
}

/** Puts the header and the checksum around the parts of a payload. */
export function sealRecord(place: RecordPlace, head: Uint8Array, body: Uint8Array): SealedRecord {
  const bytes = new Uint8Array(HEADER_BYTES + head.length + body.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(MAGIC_AT, MAGIC, true);
  view.setUint8(VERSION_AT, VERSION);
  view.setUint8(KIND_AT, place.kind === 'snapshot' ? 1 : 0);
  view.setUint32(NUMBER_AT, place.number, true);
  view.setUint32(LENGTH_AT, head.length + body.length, true);
  view.setUint32(PREVIOUS_AT, place.previous, true);
  bytes.set(head, HEADER_BYTES);
  bytes.set(body, HEADER_BYTES + head.length);
  const { high, low } = checksumOfRecord(bytes);
  view.setUint32(CHECKSUM_AT, high, true);
  view.setUint32(CHECKSUM_AT + 4, low, true);
  return { bytes, seal: low };
}

/** The payload of a record that stands where it should, complete and unharmed; else a StoreError. */
export function openRecord(bytes: Uint8Array, number: number, previous: number): OpenedRecord {
  const refuse = (reason: string): never => {
    throw new StoreError(reason, number);
  };
  if (bytes.length < HEADER_BYTES) {
    refuse(`truncated: ${bytes.length} bytes are less than a header`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(MAGIC_AT, true) !== MAGIC) refuse('foreign: not a record of this runtime');
  const version = view.getUint8(VERSION_AT);
  if (version > VERSION) {
    refuse(`format ${version} is newer than ${VERSION}, the newest this program can read`);
  }
  if (version < VERSION) refuse(`format ${version} is unknown`);
  const length = view.getUint32(LENGTH_AT, true);
  if (length !== bytes.length - HEADER_BYTES) {
    refuse(`truncated: ${length} bytes announced, ${bytes.length - HEADER_BYTES} found`);
  }
  const { high, low } = checksumOfRecord(bytes);
  if (view.getUint32(CHECKSUM_AT, true) !== high || view.getUint32(CHECKSUM_AT + 4, true) !== low) {
    refuse('corrupt: the checksum does not match');
  }
  const found = view.getUint32(NUMBER_AT, true);
  if (found !== number) refuse(`a record is missing: commit ${found} found in place of ${number}`);
  if (view.getUint32(PREVIOUS_AT, true) !== previous) {
    refuse('it continues another log than the records before it');
  }
  const kind: RecordKind = view.getUint8(KIND_AT) === 1 ? 'snapshot' : 'delta';
  if (kind === 'snapshot' && number !== 0) refuse('a snapshot can only be the first record');
  return { kind, payload: bytes.subarray(HEADER_BYTES), seal: low };
}

/** What openRecord found. */
export interface OpenedRecord {
  readonly kind: RecordKind;
  readonly payload: Uint8Array;
  readonly seal: number;
}

function checksumOfRecord(bytes: Uint8Array): Checksum {
  const header = checksumOf(bytes.subarray(0, CHECKSUM_AT), 0);
  return checksumOf(bytes.subarray(HEADER_BYTES), header.high);
}
