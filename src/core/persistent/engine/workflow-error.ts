import { type AnyFunction, sourceOf } from '#core/persistent/store/closure.ts';

import { codeOf } from './frame-kind.ts';
import type { $Frame } from './frame.ts';

/** Where in the program something failed. */
interface Place {
  readonly function: string;
  readonly line: number;
  /** Source of the await after which it failed. */
  readonly after?: string | undefined;
}

/** A workflow failed, and at the end of the turn nobody had awaited it; or a function that a stream called. */
export class WorkflowError extends Error {
  override readonly name = 'WorkflowError';
  /** `core/replica/agree.ts#Replica.agree` */
  readonly function: string;
  readonly file: string;
  /** Of the await after which it failed, or of the function if there was none. */
  readonly line: number;

  constructor({ function: id, line, after }: Place, cause: unknown) {
    const [file = ''] = id.split('#');
    const where = after === undefined ? '' : ` after "${after}"`;
    super(`${id} failed${where} (${file}:${line}): ${String(cause)}`, { cause });
    this.function = id;
    this.file = file;
    this.line = line;
  }
}

/** A call failed. */
export function callFailure(frame: $Frame, cause: unknown): WorkflowError {
  const code = codeOf(frame);
  const point = code.points[frame.$pc - 1];
  const line = point?.line ?? code.parts.line;
  return new WorkflowError({ function: code.parts.id, line, after: point?.text }, cause);
}

/** A function that the runtime has called for a stream failed. */
export function callbackFailure(f: AnyFunction | undefined, cause: unknown): WorkflowError {
  return new WorkflowError(sourceOf(f) ?? { function: f?.name ?? 'runtime', line: 0 }, cause);
}
