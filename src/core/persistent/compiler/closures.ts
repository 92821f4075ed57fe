// Closures. Code is lifted to the top of the module as a factory over environment records and
// `this`; the place that makes the closure keeps only what it captures.
import * as t from '@babel/types';

import type { Closure } from './context.ts';
import { Context, moduleName, runtime } from './context.ts';
import { shapeOf } from './functions.ts';
import { at, call, declare, id, undefinedValue } from './nodes.ts';
import type { Block } from './scopes.ts';

/** The value of a function that is made where code runs. */
export function closureOf(cx: Context, node: Closure, name?: string): t.Expression {
  const { unit } = cx;
  const inner = new Context(unit, node, cx, pathOf(cx, node, name));
  const captures = unit.scopes.captures(node);
  const blocks = [...captures.blocks].toSorted((a, b) => order(a) - order(b));
  if (t.isArrowFunctionExpression(node) && !inner.suspends) {
    inner.self = captures.self ? id('$self') : undefinedValue();
  }
  const made = native(inner, node);
  const params: t.FunctionParameter[] = [];
  if (blocks.length > 0 || captures.self) {
    params.push(t.arrayPattern(blocks.map((b) => id(b.record))));
  }
  if (captures.self) params.push(id('$self'));
  const code = moduleName(unit, '$c');
  unit.header.push(
    declare(
      'const',
      code,
      call(
        runtime(unit, '$code'),
        t.stringLiteral(`${unit.file}#${inner.path}${inner.suspends ? '()' : ''}`),
        t.arrowFunctionExpression(params, made),
        t.numericLiteral(node.loc?.start.line ?? 0),
      ),
    ),
  );
  const records = t.arrayExpression(blocks.map((b) => cx.record(b)));
  const self = captures.self ? t.cloneNode(cx.self) : undefinedValue();
  const closure = at(node, call(runtime(unit, '$clo'), id(code), records, self));
  if (params.length > 0) return closure;
  const constant = moduleName(unit, '$k');
  unit.header.push(declare('const', constant, closure));
  return id(constant);
}

function order(block: Block): number {
  return Number(block.record.slice(2));
}

/** 'Replica.agree.λ#0', or the name of a function that has one. */
function pathOf(cx: Context, node: Closure, name: string | undefined): string {
  const own = t.isFunctionDeclaration(node) || t.isFunctionExpression(node) ? node.id?.name : name;
  const { unit } = cx;
  const path = own ?? `λ#${cx.closures++}`;
  const full = cx.path === '' ? path : `${cx.path}.${path}`;
  const count = (unit.paths.get(full) ?? 0) + 1;
  unit.paths.set(full, count);
  return count === 1 ? full : `${full}#${count}`;
}

/** The function as the factory gives it. */
function native(cx: Context, node: Closure): t.Expression {
  if (t.isArrowFunctionExpression(node) && t.isExpression(node.body) && isPlain(cx, node)) {
    const body = cx.unit.lower.expression(cx, node.body, []);
    const params = node.params.filter((p) => t.isFunctionParameter(p));
    if (cx.natives.length === 0) return at(node, t.arrowFunctionExpression(params, body));
    const declared = cx.natives.map((n) => declare('let', n));
    const block = t.blockStatement([...declared, t.returnStatement(body)]);
    return at(node, t.arrowFunctionExpression(params, block));
  }
  const { params, body } = shapeOf(cx, node);
  if (t.isArrowFunctionExpression(node)) return at(node, t.arrowFunctionExpression(params, body));
  const own = t.isFunctionExpression(node) ? node.id : null;
  return at(node, t.functionExpression(own ? id(own.name) : null, params, body));
}

/** An arrow that can stay an expression: its parameters are native names. */
function isPlain(cx: Context, node: t.ArrowFunctionExpression): boolean {
  const block = cx.unit.scopes.block(node);
  return (
    !cx.suspends && (block?.record ?? '') === '' && node.params.every((p) => t.isIdentifier(p))
  );
}
