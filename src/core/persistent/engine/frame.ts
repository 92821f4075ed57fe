import { registerName } from '#core/persistent/store/registry.ts';

import { ambient } from './ambient.ts';
import type { Awaitable, Waiter } from './awaitable.ts';

/** A place where a compiled function can be suspended. */
export interface $AwaitPoint {
  /** The source of the await, without types: how storage refers to it. */
  readonly text: string;
  readonly line: number;
  readonly column: number;
  /** The fields of the frame that are needed afterwards. */
  readonly live: readonly string[];
}

/** An await point as storage knows it: by its text, and by which of those with that text it is. */
export interface Point extends $AwaitPoint {
  readonly pc: number;
  readonly owner: string;
}

/** A call of an async function: where it stands and what it will need to go on. */
export abstract class $Frame implements Waiter {
  /** 0 before the first suspension, else the number of the await it was last suspended at. */
  $pc = 0;
  $self: unknown = undefined;
  $code: $Code | undefined = undefined;
  $result: Awaitable<unknown> | undefined = undefined;

  $notify(source: Awaitable<unknown>): void {
    ambient('going on after an await').resume(this, source);
  }
}

/** What the compiler says of an async function. */
export interface CodeParts<F extends $Frame = $Frame> {
  readonly id: string;
  readonly line: number;
  readonly Frame: new () => F;
  /** Called to start it (`$pc` 0) and again after each suspension. */
  run(frame: F, sent: unknown, thrown: 0 | 1): unknown;
  readonly awaits: readonly $AwaitPoint[];
}

/** The code of an async function, which all its frames share. */
export class $Code {
  readonly parts: CodeParts;
  readonly points: readonly Point[];

  constructor(parts: CodeParts) {
    this.parts = parts;
    this.points = pointsOf(parts);
    registerName(parts.id, this);
  }

  /** The file the function stands in, as its id begins. */
  get file(): string {
    const { id } = this.parts;
    return id.slice(0, id.indexOf('#'));
  }
}

/** How storage names an await: `0 core/replica/agree.ts#Replica.agree` and, on a new line, its text. */
function pointOwner(id: string, text: string, ordinal: number): string {
  return `${ordinal} ${id}\n${text}`;
}

function pointsOf({ id, awaits }: CodeParts): Point[] {
  const seen = new Map<string, number>();
  return awaits.map((point, i) => {
    const ordinal = seen.get(point.text) ?? 0;
    seen.set(point.text, ordinal + 1);
    return { ...point, pc: i + 1, owner: pointOwner(id, point.text, ordinal) };
  });
}
