import { assert } from './assert.ts';
import type { Cbor } from './cbor.ts';
import { utf8 } from './utf8.ts';

/** The major types of RFC 8949 that are used, as the upper three bits of a head. */
const majors = { natural: 0x00, negative: 0x20, bytes: 0x40, text: 0x60, array: 0x80 } as const;

const simple = { false: 0xf4, true: 0xf5, null: 0xf6 } as const;

/** Every value is written here first: nobody is called back meanwhile, so one buffer serves all. */
let buffer = new Uint8Array(4096);
let length = 0;

/** Deterministic CBOR (RFC 8949): the one encoding of `value`. */
export function encode(value: Cbor): Uint8Array {
  length = 0;
  write(value);
  return buffer.slice(0, length);
}

function write(value: Cbor): void {
  if (typeof value === 'string') writeText(value);
  else if (typeof value === 'number') writeInteger(value);
  else if (value instanceof Uint8Array) writeBytes(majors.bytes, value);
  else if (Array.isArray(value)) writeArray(value);
  else writeSimple(value);
}

function writeInteger(value: number): void {
  assert(Number.isSafeInteger(value) && !Object.is(value, -0), refusal);
  if (value < 0) writeHead(majors.negative, -1 - value);
  else writeHead(majors.natural, value);
}

/** Most text is ASCII: one byte a character. */
function writeText(text: string): void {
  const start = length;
  writeHead(majors.text, text.length);
  reserve(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x7f) {
      assert(text.isWellFormed(), refusal);
      length = start;
      return writeBytes(majors.text, utf8(text));
    }
    buffer[length++] = code;
  }
}

function writeBytes(major: number, bytes: Uint8Array): void {
  writeHead(major, bytes.length);
  reserve(bytes.length);
  buffer.set(bytes, length);
  length += bytes.length;
}

function writeArray(items: readonly Cbor[]): void {
  writeHead(majors.array, items.length);
  // Not `forEach`: it skips holes.
  for (const item of items) write(item);
}

function writeSimple(value: unknown): void {
  assert(value === null || typeof value === 'boolean', refusal);
  reserve(1);
  buffer[length++] = simple[value === null ? 'null' : value ? 'true' : 'false'];
}

/** A type and a natural number, in as few bytes as it needs. */
function writeHead(major: number, value: number): void {
  reserve(9);
  if (value < 24) {
    buffer[length++] = major | value;
    return;
  }
  const bytes = value < 2 ** 8 ? 1 : value < 2 ** 16 ? 2 : value < 2 ** 32 ? 4 : 8;
  buffer[length++] = major | (24 + Math.log2(bytes));
  for (let i = bytes - 1; i >= 0; i--) buffer[length++] = Math.floor(value / 2 ** (8 * i)) & 0xff;
}

function reserve(bytes: number): void {
  if (length + bytes <= buffer.length) return;
  const larger = new Uint8Array(2 * (length + bytes));
  larger.set(buffer);
  buffer = larger;
}

const refusal =
  'only null, booleans, safe integers, well-formed text, bytes and arrays are encoded';
