import { assert } from '#core/base/assert.ts';
import { encode } from '#core/base/cbor-encoding.ts';
import { decode, type Cbor } from '#core/base/cbor.ts';

import { bounds } from './reading.ts';
import type { Rejection } from './rejection.ts';

/** Bytes that differ from a good packet in one place. */
export interface SpoiltPacket {
  /** What was done to it, and where. */
  readonly why: string;
  readonly fault: Fault;
  readonly bytes: Uint8Array;
}

/** Every way in which one place of a packet is spoilt, with the reasons of the decoder if it sees that by itself. */
export const faults = {
  missing: ['undecodable'],
  doubled: ['undecodable', 'oversized'],
  'of the wrong type': ['undecodable', 'oversized'],
  'out of range': ['undecodable', 'non-canonical'],
  oversized: ['oversized', 'undecodable'],
  'non-canonical': ['non-canonical', 'undecodable'],
  changed: ['undecodable'],
  'in another order': ['undecodable'],
  'under another tag': ['undecodable', 'oversized'],
  'of another cluster': ['wrong-cluster', 'undecodable'],
  'cut short': ['undecodable'],
  'with something after it': ['undecodable'],
} as const satisfies Readonly<Record<string, readonly Rejection[]>>;

/** A kind of fault. */
type Fault = keyof typeof faults;

const prefixBytes = 32;

/**
 * A good packet, spoilt at every place of its tree in every way that its kind of value allows. Of a list whose items
 * look alike only the first is gone into.
 *
 * @yields {SpoiltPacket} one after the other, in the order of the places
 */
export function* spoiltFrom(bytes: Uint8Array): Generator<SpoiltPacket> {
  const prefix = bytes.subarray(0, prefixBytes);
  const content = decode(bytes.subarray(prefixBytes));
  assert(content.ok, 'a good packet can be decoded');
  yield* wholesale(bytes);
  for (const { path, fault, tree } of spoiltTrees(content.value)) {
    const spoilt = joined([prefix, encodeTree(tree)]);
    yield { why: `${path} ${fault}`, fault, bytes: spoilt };
  }
}

function* wholesale(bytes: Uint8Array): Generator<SpoiltPacket> {
  const foreign = bytes.map((byte, i) => (i === 0 ? byte ^ 1 : byte));
  yield { why: 'of another cluster', fault: 'of another cluster', bytes: foreign };
  for (const length of [0, prefixBytes, bytes.length >> 1, bytes.length - 1]) {
    const why = `cut after ${length} bytes`;
    yield { why, fault: 'cut short', bytes: bytes.slice(0, length) };
  }
  const longer = new Uint8Array([...bytes, 0]);
  yield { why: 'with a byte more', fault: 'with something after it', bytes: longer };
}

/** A value that may hold bytes which no encoder of ours would write. */
type Tree = Exclude<Cbor, readonly Cbor[]> | Verbatim | readonly Tree[];

class Verbatim {
  readonly bytes: Uint8Array;
  constructor(...bytes: readonly number[]) {
    this.bytes = Uint8Array.from(bytes);
  }
}

interface SpoiltTree {
  readonly path: string;
  readonly fault: Fault;
  readonly tree: Tree;
}

// Spoils the value itself, then what is inside it, and so on down.
function* spoiltTrees(value: Cbor, path = 'packet'): Generator<SpoiltTree> {
  for (const [fault, trees] of spoiltValues(value)) {
    for (const tree of trees) yield { path, fault, tree };
  }
  if (!isList(value)) return;
  for (const [i, item] of value.entries()) {
    yield { path: `${path}[${i}]`, fault: 'missing', tree: value.toSpliced(i, 1) };
    yield { path: `${path}[${i}]`, fault: 'doubled', tree: value.toSpliced(i, 0, item) };
    if (i > 0 && value.every((other) => shapeOf(other) === shapeOf(item))) continue;
    for (const inner of spoiltTrees(item, `${path}[${i}]`)) {
      yield { ...inner, tree: value.map((other, j): Tree => (j === i ? inner.tree : other)) };
    }
  }
}

type SpoiltValues = readonly (readonly [Fault, readonly Tree[]])[];

const types: readonly (readonly [string, Cbor])[] = [
  ['null', null],
  ['boolean', true],
  ['number', 7],
  ['text', 'text'],
  ['bytes', Uint8Array.of(1, 2, 3)],
  ['list', []],
];

function spoiltValues(value: Cbor): SpoiltValues {
  const others = types.filter(([type]) => type !== typeOf(value)).map(([, other]) => other);
  const wrong: SpoiltValues = [['of the wrong type', others]];
  if (typeof value === 'number') return [...wrong, ...spoiltNumbers(value)];
  if (typeof value === 'string') return [...wrong, ...spoiltTexts(value)];
  if (typeof value === 'boolean') return [...wrong, ['changed', [!value]]];
  if (value instanceof Uint8Array) return [...wrong, ...spoiltBytes(value)];
  return isList(value) ? [...wrong, ...spoiltLists(value)] : wrong;
}

/** In CBOR: 2^53, 2^64 - 1, 1.5, -0, NaN, Infinity; a number in more bytes than it takes. */
function spoiltNumbers(value: number): SpoiltValues {
  const outside = [
    -1,
    new Verbatim(0x1b, 0, 0x20, 0, 0, 0, 0, 0, 0),
    new Verbatim(0x1b, ...Array.from({ length: 8 }, () => 0xff)),
    new Verbatim(0xf9, 0x3e, 0),
    new Verbatim(0xf9, 0x80, 0),
    new Verbatim(0xf9, 0x7e, 0),
    new Verbatim(0xf9, 0x7c, 0),
  ];
  const longer = new Verbatim(0x1b, ...bigEndian(value, 8));
  const near = value > 0 ? [value + 1, value - 1] : [value + 1];
  return [
    ['out of range', outside],
    ['non-canonical', value < 2 ** 32 ? [longer] : []],
    ['changed', [...near, Number.MAX_SAFE_INTEGER]],
  ];
}

const tags = [
  'request',
  'pre-prepare',
  'prepare',
  'commit',
  'reply',
  'checkpoint',
  'view-change',
  'new-view',
  'status',
  'fetch',
  'data',
];

function spoiltTexts(value: string): SpoiltValues {
  const bytes = encode(value);
  const payload = bytes.subarray(headLength(bytes));
  const longer = new Verbatim(0x7a, ...bigEndian(payload.length, 4), ...payload);
  const others = tags.filter((tag) => tag !== value);
  return [
    ['oversized', ['x'.repeat(bounds.resultBytes + 1)]],
    ['non-canonical', [longer, new Verbatim(0x62, 0xc3, 0x28)]],
    tags.includes(value) ? ['under another tag', others] : ['changed', [`${value} `]],
  ];
}

function spoiltBytes(value: Uint8Array): SpoiltValues {
  const flipped = value.map((byte, i) => (i === value.length - 1 ? byte ^ 1 : byte));
  const longer = new Verbatim(0x5a, ...bigEndian(value.length, 4), ...value);
  return [
    ['of the wrong type', [value.slice(1), new Uint8Array([...value, 0])]],
    ['non-canonical', [longer]],
    ['changed', [flipped]],
  ];
}

function spoiltLists(value: readonly Cbor[]): SpoiltValues {
  const items = value.flatMap((item) => [...encode(item)]);
  const longer = new Verbatim(0x9a, ...bigEndian(value.length, 4), ...items);
  const open = new Verbatim(0x9f, ...items, 0xff);
  const deep = Array.from({ length: bounds.nesting + 1 }).reduce<Cbor>((inner) => [inner], []);
  const many = Array.from({ length: bounds.chunkItems + 1 }, () => 0);
  const reversed = value.toReversed();
  const isSame = value.length < 2 || value.every((item) => shapeOf(item) === shapeOf(value[0]));
  return [
    ['oversized', [deep, many]],
    ['non-canonical', [longer, open]],
    ['in another order', isSame ? [] : [reversed]],
  ];
}

/** What tells values apart without looking at what they say. */
function shapeOf(value: Cbor | undefined): string {
  if (isList(value)) return `[${value.map(shapeOf).join()}]`;
  return value === undefined ? '' : typeOf(value);
}

function typeOf(value: Cbor): string {
  if (value === null) return 'null';
  if (value instanceof Uint8Array) return 'bytes';
  if (isList(value)) return 'list';
  return typeof value === 'string' ? 'text' : typeof value;
}

function encodeTree(tree: Tree): Uint8Array {
  if (tree instanceof Verbatim) return tree.bytes;
  if (!isBranch(tree)) return encode(tree);
  const head = encode(tree.map(() => 0)).subarray(0, -tree.length || undefined);
  return joined([head, ...tree.map(encodeTree)]);
}

function isBranch(tree: Tree): tree is readonly Tree[] {
  return Array.isArray(tree);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function headLength(text: Uint8Array): number {
  const info = (text[0] ?? 0) & 31;
  return info < 24 ? 1 : 1 + 2 ** (info - 24);
}

function bigEndian(value: number, bytes: number): readonly number[] {
  return Array.from({ length: bytes }, (_, i) => Math.floor(value / 256 ** (bytes - 1 - i)) % 256);
}

function isList(value: Cbor | undefined): value is readonly Cbor[] {
  return Array.isArray(value);
}
