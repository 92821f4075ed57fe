// Optional chains. `a?.b.push(x)` cannot be marked in place without losing the short circuit, and
// a chain with an await in an argument cannot stay native; both are taken apart.
import * as t from '@babel/types';

import { isMutator, marked } from './barrier.ts';
import type { Context } from './context.ts';
import { invariant } from './errors.ts';
import { assign, assignment, member, undefinedValue } from './nodes.ts';

type Chain = t.OptionalCallExpression | t.OptionalMemberExpression;
type Argument = t.Expression | t.SpreadElement;

/** A chain without awaits; `rewrite` lowers its parts. */
export function chainBarrier(
  cx: Context,
  node: Chain,
  rewrite: (node: t.Node) => t.Node,
): t.Expression {
  const { base, links } = linksOf(node);
  const lowered = expressionOf(rewrite(base));
  for (const link of links) rewriteLink(link, rewrite);
  if (!links.some((_, i) => mutates(links, i) && i > 0)) return native(cx, lowered, links);
  return build(cx, lowered, links);
}

/** A chain with awaits in it: a test per optional link. */
export function chainOfAwaits(cx: Context, node: Chain, out: t.Statement[]): t.Expression {
  const { base, links } = linksOf(node);
  const { lower } = cx.unit;
  const result = cx.temporary();
  out.push(assignment(result, undefinedValue()));
  let into = out;
  let current = lower.expression(cx, base, into);
  const held = new Set<t.Node>();
  const save = (value: t.Expression): t.Expression => {
    const kept = cx.temporary();
    into.push(assignment(kept, value));
    return t.cloneNode(kept);
  };
  // The receiver is kept, not the method: a borrowed method cannot be persisted.
  const hold = (node: t.MemberExpression): void => {
    if (held.has(node)) return;
    held.add(node);
    node.object = save(expressionOf(node.object));
    if (node.computed) node.property = save(expressionOf(node.property));
  };
  for (const [i, link] of links.entries()) {
    if (link.optional) {
      if (t.isMemberExpression(current) && link.kind === 'call') hold(current);
      else current = save(current);
      const inner: t.Statement[] = [];
      const missing = nullish(t.cloneNode(current));
      into.push(t.ifStatement(t.unaryExpression('!', missing), t.blockStatement(inner)));
      into = inner;
    }
    if (link.kind === 'member') {
      if (link.computed && links.slice(i).some((l) => suspends(cx, l))) current = save(current);
      const property = link.computed
        ? lower.expression(cx, expressionOf(link.property), into)
        : link.property;
      current = t.memberExpression(current, property, link.computed);
      continue;
    }
    if (link.args.some((a) => cx.awaits(a))) {
      if (t.isMemberExpression(current)) hold(current);
      else current = save(current);
    }
    const args = lowerArguments(cx, link.args, into);
    current = receive(cx, current, args);
  }
  into.push(assignment(t.cloneNode(result), current));
  return t.cloneNode(result);
}

type Link =
  | {
      readonly kind: 'member';
      optional: boolean;
      node: t.Node;
      property: t.Expression | t.PrivateName;
      computed: boolean;
    }
  | { readonly kind: 'call'; optional: boolean; node: t.Node; args: Argument[] };

/** Whether the link itself, not what is before it, holds an await. */
function suspends(cx: Context, link: Link): boolean {
  return link.kind === 'call' ? link.args.some((a) => cx.awaits(a)) : cx.awaits(link.property);
}

function linksOf(node: Chain): { base: t.Expression; links: Link[] } {
  const links: Link[] = [];
  let current: t.Expression = node;
  for (;;) {
    if (t.isOptionalMemberExpression(current)) {
      const { property, computed, optional } = current;
      links.unshift({ kind: 'member', optional, node: current, property, computed });
      current = current.object;
    } else if (t.isOptionalCallExpression(current)) {
      const args = current.arguments.filter((a) => t.isExpression(a) || t.isSpreadElement(a));
      links.unshift({ kind: 'call', optional: current.optional, node: current, args });
      current = expressionOf(current.callee);
    } else break;
  }
  return { base: current, links };
}

function mutates(links: readonly Link[], i: number): boolean {
  const link = links[i];
  const next = links[i + 1];
  if (link?.kind !== 'member' || next?.kind !== 'call') return false;
  return isMutator(link.property, link.computed);
}

/** The chain in its native form; only the first link may be a mutator. */
function native(cx: Context, base: t.Expression, links: readonly Link[]): t.Expression {
  let current = mutates(links, 0) ? expressionOf(marked(cx, base)) : base;
  const [first] = links;
  if (first?.kind === 'call' && t.isMemberExpression(base)) {
    if (isMutator(base.property, base.computed)) base.object = marked(cx, base.object);
  }
  for (const link of links) {
    current =
      link.kind === 'member'
        ? t.optionalMemberExpression(current, property(link.property), link.computed, link.optional)
        : t.optionalCallExpression(current, link.args, link.optional);
  }
  return current;
}

/** The chain as conditional expressions over native temporaries. */
function build(cx: Context, base: t.Expression, links: readonly Link[]): t.Expression {
  const [link, ...rest] = links;
  if (!link) return base;
  if (!link.optional) return build(cx, step(cx, base, link), rest);
  if (link.kind === 'call' && t.isMemberExpression(base)) {
    const receiver = cx.native();
    const callee = cx.native();
    const object = assign(receiver, expressionOf(base.object));
    const found = t.memberExpression(object, base.property, base.computed);
    const called = t.callExpression(member(t.cloneNode(callee), 'call'), [
      isMutator(base.property, base.computed)
        ? expressionOf(marked(cx, t.cloneNode(receiver)))
        : t.cloneNode(receiver),
      ...link.args,
    ]);
    return t.conditionalExpression(
      nullish(assign(callee, found)),
      undefinedValue(),
      build(cx, called, rest),
    );
  }
  const kept = cx.native();
  return t.conditionalExpression(
    nullish(assign(kept, base)),
    undefinedValue(),
    build(cx, step(cx, t.cloneNode(kept), link), rest),
  );
}

function step(cx: Context, current: t.Expression, link: Link): t.Expression {
  if (link.kind === 'member') return t.memberExpression(current, link.property, link.computed);
  return receive(cx, current, link.args);
}

function receive(cx: Context, callee: t.Expression, args: Argument[]): t.Expression {
  if (t.isMemberExpression(callee) && isMutator(callee.property, callee.computed)) {
    callee.object = marked(cx, callee.object);
  }
  return t.callExpression(callee, args);
}

function lowerArguments(cx: Context, args: Argument[], out: t.Statement[]): Argument[] {
  const list = cx.unit.lower.expression(cx, holding(cx, args), out);
  invariant(t.isArrayExpression(list), 'an array literal stays one');
  return list.elements.filter((e) => e !== null);
}

/** The arguments as an array literal, so that they are lowered as one: left to right. */
function holding(cx: Context, args: Argument[]): t.ArrayExpression {
  const list = t.arrayExpression(args);
  if (args.some((a) => cx.awaits(a))) cx.unit.scopes.awaiting.add(list);
  return list;
}

function rewriteLink(link: Link, rewrite: (node: t.Node) => t.Node): void {
  if (link.kind === 'member') {
    if (link.computed) link.property = expressionOf(rewrite(link.property));
    return;
  }
  link.args = link.args
    .map((a) => rewrite(a))
    .filter((a) => t.isExpression(a) || t.isSpreadElement(a));
}

function nullish(value: t.Expression): t.Expression {
  return t.binaryExpression('==', value, t.nullLiteral());
}

function property(node: t.Expression | t.PrivateName): t.Expression {
  return expressionOf(node);
}

function expressionOf(node: t.Node): t.Expression {
  invariant(t.isExpression(node), `${node.type} is an expression`);
  return node;
}
