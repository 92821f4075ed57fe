import type { Place } from '#core/persistent/store/graph-walk.ts';
import { plainOf } from '#core/persistent/store/print.ts';
import { findKind } from '#core/persistent/store/registry.ts';

import { codeOf, pointOf } from './frame-kind.ts';
import { $Frame } from './frame.ts';

/** A suspended function, as a person sees it. */
export interface WorkflowView {
  /** Its id in storage; negative if no record has it yet. */
  readonly id: number;
  /** `core/replica/agree.ts#Replica.agree` */
  readonly function: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The source of the await. */
  readonly await: string;
  /** The locals it will need, as plain data. */
  readonly locals: Readonly<Record<string, unknown>>;
  /** Class of its `this`, or ''. */
  readonly self: string;
}

const DEPTH_MAX = 3;

/** Every suspended function among `places`. */
export function workflowsIn(
  places: Iterable<Place>,
  idOf: (o: object) => number | undefined,
): WorkflowView[] {
  const views: WorkflowView[] = [];
  for (const { object, kind } of places) {
    if (!(object instanceof $Frame)) continue;
    const code = codeOf(object);
    const { text, line, column } = pointOf(object);
    const locals: Record<string, unknown> = {};
    kind.edges(object, (label, value) => {
      const name = String(label);
      if (name !== 'this' && name !== 'result') locals[name] = plainOf(value, DEPTH_MAX);
    });
    views.push({
      id: idOf(object) ?? -1 - views.length,
      function: code.parts.id,
      file: code.file,
      line,
      column,
      await: text,
      locals,
      self: classOf(object.$self),
    });
  }
  return views;
}

function classOf(self: unknown): string {
  return typeof self === 'object' && self !== null ? (findKind(self)?.type(self) ?? '') : '';
}
