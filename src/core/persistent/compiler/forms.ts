import type * as t from '@babel/types';

import type { Context } from './context.ts';

/** How one form of node is lowered; undefined for the other forms. */
export type Form<A extends readonly unknown[], R> = (
  cx: Context,
  node: t.Node,
  ...rest: A
) => R | undefined;

/** The lowering of the nodes that `is` accepts. */
export function form<N extends t.Node, A extends readonly unknown[], R>(
  is: (node: t.Node) => node is N,
  lower: (cx: Context, node: N, ...rest: A) => R,
): Form<A, R> {
  return (cx, node, ...rest) => (is(node) ? lower(cx, node, ...rest) : undefined);
}

/** What the first form that knows the node gives. */
export function lowerBy<A extends readonly unknown[], R>(
  forms: readonly Form<A, R>[],
  cx: Context,
  node: t.Node,
  ...rest: A
): R | undefined {
  for (const lower of forms) {
    const result = lower(cx, node, ...rest);
    if (result !== undefined) return result;
  }
  return undefined;
}
