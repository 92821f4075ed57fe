import { codeOf } from './frame-kind.ts';
import type { $Frame } from './frame.ts';

/** A workflow failed, and at the end of the turn nobody had awaited it. */
export class WorkflowError extends Error {
  override readonly name = 'WorkflowError';
  /** `core/replica/agree.ts#Replica.agree` */
  readonly function: string;
  readonly file: string;
  /** Of the await after which it failed, or of the function if there was none. */
  readonly line: number;

  constructor(frame: $Frame, cause: unknown) {
    const code = codeOf(frame);
    const point = code.points[frame.$pc - 1];
    const { id } = code.parts;
    const line = point?.line ?? code.parts.line;
    const after = point === undefined ? '' : ` after "${point.text}"`;
    super(`${id} failed${after} (${code.file}:${line}): ${String(cause)}`, { cause });
    this.function = id;
    this.file = code.file;
    this.line = line;
  }
}
