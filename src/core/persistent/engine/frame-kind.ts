import { assert, defined } from '#core/base/assert.ts';
import {
  FRAME,
  type Fields,
  type GraphInput,
  type GraphOutput,
  type Kind,
  type Visit,
} from '#core/persistent/store/kind.ts';
import { namedAs, registerKind } from '#core/persistent/store/registry.ts';
import { gone, StoreError } from '#core/persistent/store/store-error.ts';

import { Awaitable } from './awaitable.ts';
import { $Code, $Frame, type Point } from './frame.ts';
import { migrationOf } from './migration.ts';

type AnyFrame = $Frame & Fields;

/** Suspended calls: function, await, `this`, result, and the locals that are still needed. */
class FrameKind implements Kind<AnyFrame> {
  readonly code = FRAME;
  readonly name = 'frame';

  type(o: AnyFrame): string {
    const { text, line } = pointOf(o);
    return `${codeOf(o).parts.id}() suspended at "${text}" line ${line}`;
  }

  write(o: AnyFrame, output: GraphOutput): void {
    const { owner, live } = pointOf(o);
    output.shape(owner, live);
    output.value(o.$self);
    output.value(o.$result);
    for (let i = 0; i < live.length; i++) output.value(o[live[i] ?? '']);
  }

  create(input: GraphInput): AnyFrame {
    const stored = storedCall(input.shape().owner);
    const fields: Fields = {};
    const frame = Object.assign(new stored.code.parts.Frame(), fields);
    frame.$code = stored.code;
    const point = pointAt(stored.code, stored);
    if (point !== undefined) frame.$pc = point.pc;
    else input.upgrade(frame, () => migrated(frame, stored));
    return frame;
  }

  fill(o: AnyFrame, input: GraphInput): void {
    const { names } = input.shape();
    o.$self = input.value();
    const result = input.value();
    assert(result instanceof Awaitable, 'a call has a result');
    o.$result = result;
    const fields: Fields = o;
    for (const name of names) fields[name] = input.value();
    if (o.$pc === 0) leftBehind.set(o, names);
  }

  edges(o: AnyFrame, visit: Visit): void {
    visit('this', o.$self);
    visit('result', o.$result);
    for (const name of pointOf(o).live) visit(name, o[name]);
  }
}

const frameKind = new FrameKind();

/** Makes the calls of a function storable. */
export function registerFrame(prototype: object): void {
  registerKind(prototype, frameKind);
}

registerFrame($Frame.prototype);

/** The code a frame runs. */
export function codeOf(frame: $Frame): $Code {
  return defined(frame.$code, 'a started frame has its code');
}

/** The await at which a frame is suspended, or was last. */
export function pointOf(frame: $Frame): Point {
  return defined(codeOf(frame).points[frame.$pc - 1], 'a suspended frame stands at an await');
}

interface StoredCall {
  readonly code: $Code;
  readonly text: string;
  readonly ordinal: number;
}

/** Names of the locals that came with a call whose await is gone. */
const leftBehind = new WeakMap<$Frame, readonly string[]>();

function storedCall(owner: string): StoredCall {
  const newline = owner.indexOf('\n');
  const space = owner.indexOf(' ');
  const id = owner.slice(space + 1, newline);
  const code = namedAs(id);
  const text = owner.slice(newline + 1);
  if (!(code instanceof $Code)) {
    throw gone('function', id, `, and a call of it is suspended at "${text}"`);
  }
  return { code, text, ordinal: Number(owner.slice(0, space)) };
}

/** Compared piece by piece: the function may be known by another name now. */
function pointAt(code: $Code, { text, ordinal }: Omit<StoredCall, 'code'>): Point | undefined {
  return code.points.filter((candidate) => candidate.text === text)[ordinal];
}

/** Moves a call to where its function's migration says. */
function migrated(frame: AnyFrame, { code, text, ordinal }: StoredCall): void {
  const { id } = code.parts;
  const names = leftBehind.get(frame) ?? [];
  const locals = Object.fromEntries(names.map((name) => [name, frame[name]]));
  const moved = migrationOf(id)?.({ await: text, ordinal, locals });
  if (moved === undefined) {
    throw new StoreError(
      `${id} has no await "${text}"${ordinal > 0 ? ` number ${ordinal + 1}` : ''} any more, and a call of it is suspended there. ` +
        `Restore it, or say with migrate('${id}', …) where the call goes on.`,
    );
  }
  const point = pointAt(code, { text: moved.await, ordinal: moved.ordinal ?? 0 });
  if (point === undefined) {
    throw new StoreError(
      `the migration of ${id} names an await that is not there: "${moved.await}"`,
    );
  }
  frame.$pc = point.pc;
  for (const name of names) frame[name] = undefined;
  Object.assign(frame, moved.locals);
}
