import { ByteReader } from './byte-reader.ts';
import { CHANGES, type Shape } from './kind.ts';
import { openRecord } from './record.ts';
import { known, StoreError } from './store-error.ts';

/** The state of the engine itself, part of every record. */
export interface EngineState {
  readonly turn: number;
  readonly timeUs: number;
  /** Random numbers drawn so far. */
  readonly draws: number;
}

/** A place in the payload of a record. */
export interface Position {
  readonly bytes: Uint8Array;
  readonly offset: number;
  readonly length: number;
}

/** Where the latest content of an object stands in the storage log. */
export interface StoredObject {
  readonly code: number;
  readonly whole: Position;
  /** Later changes to it, the oldest first. */
  readonly changes: Position[];
}

/**
 * All records of a storage log, checked and indexed, but no object made yet: of an object only the
 * last content counts, and of garbage none, whatever code has become of it.
 */
export class LogImage {
  state: EngineState = { turn: 0, timeUs: 0, draws: 0 };
  readonly strings: string[] = [];
  readonly shapes: Shape[] = [];
  readonly roots = new Map<string, number>();
  readonly pins = new Set<number>();
  readonly objects = new Map<number, StoredObject>();
  nextId = 0;
  /** Seal of the last record. */
  seal = 0;
  readonly records: number;

  constructor(records: readonly Uint8Array[]) {
    this.records = records.length;
    if (records.length === 0) throw new StoreError('the storage log is empty');
    for (const [number, record] of records.entries()) {
      const { payload, seal } = openRecord(record, number, this.seal);
      this.seal = seal;
      this.#read(new ByteReader(payload), number);
    }
  }

  string(index: number): string {
    return known(this.strings[index], 'string', index);
  }

  #read(input: ByteReader, number: number): void {
    this.state = { turn: input.uint(), timeUs: input.uint(), draws: input.uint() };
    const newObjects = input.uint();
    repeat(input, () => this.strings.push(input.text()));
    repeat(input, () => this.#readShape(input));
    repeat(input, () => this.roots.set(this.string(input.uint()), input.uint()));
    repeat(input, () => this.pins.delete(input.uint()));
    repeat(input, () => this.pins.add(input.uint()));
    const changed: [number, Content][] = [];
    repeat(input, () => changed.push([input.uint(), contentIn(input)]));
    for (let i = 0; i < newObjects; i++) this.#put(this.nextId++, contentIn(input));
    // In a merged log they may be changes to objects of the same record.
    for (const [id, content] of changed) this.#put(id, content);
    if (input.position !== input.bytes.length) {
      throw new StoreError('there is more in it than it announces', number);
    }
  }

  #readShape(input: ByteReader): void {
    const owner = this.string(input.uint());
    const names: string[] = [];
    repeat(input, () => names.push(this.string(input.uint())));
    this.shapes.push({ index: this.shapes.length, owner, names });
  }

  #put(id: number, { code, position }: Content): void {
    if (code < CHANGES) this.objects.set(id, { code, whole: position, changes: [] });
    else known(this.objects.get(id), 'object', id).changes.push(position);
  }
}

/** An object, or changes to it, as a record has it. */
interface Content {
  readonly code: number;
  readonly position: Position;
}

function contentIn(input: ByteReader): Content {
  const code = input.byte();
  const length = input.uint();
  const position = { bytes: input.bytes, offset: input.position, length };
  input.position += length;
  return { code, position };
}

function repeat(input: ByteReader, step: () => void): void {
  for (let left = input.uint(); left > 0; left--) step();
}
