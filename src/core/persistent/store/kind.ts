/** Anything with named properties, seen as such. */
export interface Fields {
  [name: string]: unknown;
}

/** An ordered list of field names and who it belongs to. Stored once per storage log. */
export interface Shape {
  readonly index: number;
  readonly owner: string;
  readonly names: readonly string[];
}

/** Where a kind writes the content of an object. */
export interface GraphOutput {
  byte(value: number): void;
  uint(value: number): void;
  value(value: unknown): void;
  float(value: number): void;
  raw(bytes: Uint8Array): void;
  string(value: string): void;
  shape(owner: string, names: readonly string[]): Shape;
}

/** Where a kind reads it back, in the same order. */
export interface GraphInput {
  byte(): number;
  uint(): number;
  value(): unknown;
  float(): number;
  raw(length: number): Uint8Array;
  string(): string;
  /** Steps over a hole of an array, if there is one. */
  skipHole(): boolean;
  shape(): Shape;
  /** Has `upgrade` change `object` as soon as all objects are filled. */
  upgrade(object: object, upgrade: () => void): void;
}

/** A number labels an element, a text that starts with '[' a key, any other text a field. */
export type Label = string | number;
export type Visit = (label: Label, value: unknown) => void;

type KindName =
  | 'object'
  | 'array'
  | 'map'
  | 'set'
  | 'closure'
  | 'error'
  | 'frame'
  | 'persistent-map'
  | 'persistent-list'
  | 'value';

/**
 * How one sort of object is stored. Objects of a kind have identity; those of a ValueKind have not.
 *
 * Reading takes two steps, so that cycles need no care: `create` reads what is needed to make the
 * object, `fill` reads the rest when every object it may refer to can be made.
 */
export interface Kind<T extends object = object> {
  readonly code: number;
  readonly name: KindName;
  /** What a person calls this object: its class, or 'Array'. */
  type(o: T): string;
  write(o: T, output: GraphOutput): void;
  create(input: GraphInput): T;
  fill(o: T, input: GraphInput): void;
  /** Everything persisted that `o` holds, primitives included. */
  edges(o: T, visit: Visit): void;
  /** Only what changed since `saved`. Without it the whole object is written. */
  writeChanges?(o: T, output: GraphOutput): void;
  readChanges?(o: T, input: GraphInput): void;
  saved?(o: T): void;
  /** The kind of the instances of a class that extends this one. Without it, extending is refused. */
  derive?(description: ClassDescription): Kind;
}

/** What a kind needs to know of a class. */
export interface ClassDescription {
  /** Name in storage. */
  readonly id: string;
  /** Name in the source. */
  readonly name: string;
  readonly prototype: object;
  readonly transient: readonly string[];
}

/** How something without identity is stored: by its content, at every place that holds it. */
export interface ValueKind<T extends object = object> {
  readonly tag: number;
  readonly name: KindName;
  type(o: T): string;
  write(o: T, output: GraphOutput): void;
  read(input: GraphInput): T;
  /** What is the same for the same content and no other, to compare with later. */
  essence(o: T): unknown;
}

export const OBJECT = 0;
export const ARRAY = 1;
export const MAP = 2;
export const SET = 3;
export const CLOSURE = 4;
export const ERROR = 5;
export const FRAME = 6;
export const PERSISTENT_MAP = 7;
export const PERSISTENT_LIST = 8;
/** Added to a code: what follows are changes, not the whole object. */
export const CHANGES = 0x80;
