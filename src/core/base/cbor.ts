import { decode as decodeLeniently, Tokenizer, Type } from 'cborg';
import type { Token } from 'cborg';

import { encode } from './cbor-encoding.ts';
import { CborReader } from './cbor-reader.ts';
import { textOfUtf8 } from './utf8.ts';

/**
 * The values that have one encoding, and only one: cborg alone also takes fractions, -0, undefined, class
 * instances, unsorted maps and invalid UTF-8. There are no maps: messages are arrays in a fixed order.
 */
export type Cbor = null | boolean | number | string | Uint8Array | readonly Cbor[];

/** How much `decode` looks at before it gives up. */
export interface CborLimits {
  readonly bytes: number;
  /** Arrays within arrays. */
  readonly nesting: number;
}

/** Why bytes are no value. */
type CborProblem = 'oversized' | 'undecodable' | 'non-canonical';

/** What `decode` made of bytes. */
export type Decoded =
  | { readonly ok: true; readonly value: Cbor }
  | { readonly ok: false; readonly problem: CborProblem; readonly detail: string };

const defaultLimits: CborLimits = { bytes: 1 << 20, nesting: 32 };

/** The value whose one encoding is `bytes`. Limits are checked first; whatever is not canonical is refused. */
export function decode(bytes: Uint8Array, limits: CborLimits = defaultLimits): Decoded {
  if (bytes.length > limits.bytes) {
    return refusal('oversized', `${bytes.length} bytes, ${limits.bytes} are allowed`);
  }
  const read = new CborReader(bytes, limits.nesting).value();
  return read === undefined ? refused(bytes, limits) : { ok: true, value: read };
}

/** Why bytes are no value: a general decoder says what is wrong with them. */
function refused(bytes: Uint8Array, limits: CborLimits): Decoded {
  let value: unknown;
  try {
    value = decodeLeniently(bytes, {
      strict: true,
      allowIndefinite: false,
      allowUndefined: false,
      allowInfinity: false,
      allowNaN: false,
      allowBigInt: false,
      tokenizer: new StrictTokenizer(plain(bytes), limits.nesting),
    });
  } catch (error) {
    if (error instanceof CborError) return refusal(error.problem, error.message);
    if (isFromCborg(error)) return refusal(problemOf(error), error.message);
    throw error;
  }
  if (!isCbor(value)) return refusal('non-canonical', 'the value has no canonical encoding');
  if (!sameBytes(encode(value), bytes)) {
    return refusal('non-canonical', 'the bytes are not the canonical encoding of their value');
  }
  return { ok: true, value };
}

/** Whether `value` has a canonical encoding. */
export function isCbor(value: unknown): value is Cbor {
  if (typeof value === 'number') return Number.isSafeInteger(value) && !Object.is(value, -0);
  if (typeof value === 'string') return value.isWellFormed();
  if (value === null || typeof value === 'boolean' || value instanceof Uint8Array) return true;
  if (!Array.isArray(value)) return false;
  // Not `every`: it skips holes.
  for (const item of value as unknown[]) if (!isCbor(item)) return false;
  return true;
}

/** Whether two byte strings are equal. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

class CborError extends Error {
  override readonly name = 'CborError';
  readonly problem: CborProblem;

  constructor(problem: CborProblem, message: string) {
    super(message);
    this.problem = problem;
  }
}

/**
 * cborg's tokens, with three things of our own: a bound on nesting before anything recurses, exact
 * UTF-8 (cborg replaces invalid bytes and drops a byte order mark), and no maps, tags or fractions.
 */
class StrictTokenizer extends Tokenizer {
  readonly #nesting: number;
  /** For each open array, how many items it still expects. */
  readonly #open: number[] = [];

  constructor(bytes: Uint8Array, nesting: number) {
    super(bytes, {
      strict: true,
      allowIndefinite: false,
      allowUndefined: false,
      allowInfinity: false,
      allowNaN: false,
      allowBigInt: false,
      retainStringBytes: true,
    });
    this.#nesting = nesting;
  }

  override next(): Token {
    const token = super.next();
    this.#closeFullArrays();
    this.#count(token);
    if (Type.equals(token.type, Type.string)) token.value = exactText(token);
    return token;
  }

  #count(token: Token): void {
    const last = this.#open.length - 1;
    if (last >= 0) this.#open[last] = (this.#open[last] ?? 0) - 1;
    if (Type.equals(token.type, Type.array)) {
      this.#open.push(Number(token.value));
      if (this.#open.length > this.#nesting) {
        throw new CborError('oversized', `nested deeper than ${this.#nesting}`);
      }
      return;
    }
    const refused = [Type.map, Type.tag, Type.float].find((type) => Type.equals(token.type, type));
    if (refused) throw new CborError('non-canonical', `a ${refused.name} is no part of a message`);
  }

  #closeFullArrays(): void {
    while (this.#open.at(-1) === 0) this.#open.pop();
  }
}

function exactText(token: Token): string {
  // Tokens of short literals are shared and carry no bytes; they are the empty string only.
  if (token.byteValue === undefined) return '';
  const text = textOfUtf8(token.byteValue);
  if (text === undefined) throw new CborError('non-canonical', 'a text is not UTF-8');
  return text;
}

/** The same bytes as a plain view: slices of a Node Buffer would share its memory. */
function plain(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function refusal(problem: CborProblem, detail: string): Decoded {
  return { ok: false, problem, detail };
}

/** An integer or length in a long form means something; everything else that cborg refuses does not. */
function problemOf({ message }: Error): CborProblem {
  return message.includes('more bytes than necessary') ? 'non-canonical' : 'undecodable';
}

function isFromCborg(error: unknown): error is Error {
  return error instanceof Error && error.message.startsWith('CBOR decode error:');
}
