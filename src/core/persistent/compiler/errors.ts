import type * as t from '@babel/types';

/** A construct the compiler does not translate: where it stands, why, and what to write instead. */
export class CompileError extends Error {
  override readonly name = 'CompileError';
}

/** Reports positions of one source file. */
export interface Refusal {
  (node: t.Node, reason: string, replacement: string): never;
}

/** The refusals of `file`: every one reads `file:line:column: reason. Replacement.`. */
export function refusalsIn(file: string): Refusal {
  return (node, reason, replacement) => {
    const line = node.loc?.start.line ?? 0;
    const column = (node.loc?.start.column ?? -1) + 1;
    throw new CompileError(`${file}:${line}:${column}: ${reason}. ${replacement}.`);
  };
}

/** States an invariant of the compiler itself. */
export function invariant(condition: boolean, text: string): asserts condition {
  if (!condition) throw new Error(`compiler: ${text}`);
}
