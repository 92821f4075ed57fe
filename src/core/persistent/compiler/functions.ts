// Functions. A synchronous one keeps its place; an async one becomes a wrapper that starts a frame
// and a body, registered at the top of the module, that the engine can enter at any await.
import * as t from '@babel/types';

import { bind, record, variablesOf } from './bindings.ts';
import type { Context } from './context.ts';
import { moduleName, runtime } from './context.ts';
import { invariant } from './errors.ts';
import { livenessOf } from './liveness.ts';
import { canonicalText } from './module-source.ts';
import {
  assignment,
  at,
  call,
  declare,
  FRAME,
  frameField,
  id,
  SENT,
  undefinedValue,
} from './nodes.ts';
import { numberAwaits, reenter } from './reentry.ts';

type Parameter = t.Function['params'][number];
interface Shape {
  readonly params: t.FunctionParameter[];
  readonly body: t.BlockStatement;
}

/** The native parameters and body of a function: of the function itself, or of its wrapper. */
export function shapeOf(cx: Context, node: t.Function): Shape {
  return cx.suspends ? suspending(cx, node) : synchronous(cx, node);
}

function synchronous(cx: Context, node: t.Function): Shape {
  const block = cx.unit.scopes.block(node);
  const opening = block ? record(cx, block) : [];
  const captured = block?.variables.some((v) => v.home === 'env') ?? false;
  let params = node.params.map((p) => parameter(p));
  const prologue: t.Statement[] = [...ownName(cx, node)];
  if (captured && !params.every((p) => t.isIdentifier(p))) {
    const raw = params.map((p, i) => rawParameter(p, i));
    for (const [i, p] of params.entries()) prologue.push(...received(cx, p, id(`$p${i}`)));
    params = raw;
  } else if (captured) {
    for (const p of params) {
      const [variable] = variablesOf(cx, p);
      invariant(variable !== undefined, 'a parameter is a variable');
      if (variable.home === 'env') prologue.push(assignment(cx.write(variable), id(variable.name)));
    }
  } else params = params.map((p) => (t.isIdentifier(p) ? p : nativeParameter(cx, p)));
  const body = [...opening, ...prologue, ...bodyOf(cx, node)];
  return { params, body: t.blockStatement([...temporaries(cx), ...body]) };
}

function suspending(cx: Context, node: t.Function): Shape {
  const { unit } = cx;
  const block = unit.scopes.block(node);
  const frame = moduleName(unit, '$F');
  const code = moduleName(unit, '$a');
  const setup: t.Statement[] = [declare('const', FRAME, t.newExpression(id(frame), []))];
  for (const captured of unit.scopes.captures(node).blocks) {
    setup.push(assignment(cx.field(captured.record), id(captured.record)));
  }
  const prologue: t.Statement[] = block ? record(cx, block) : [];
  const params = node.params.map((p) => parameter(p));
  const native = params.map((p, i): t.FunctionParameter => {
    const [variable] = t.isIdentifier(p) ? variablesOf(cx, p) : [];
    if (variable?.home === 'frame' && t.isIdentifier(p)) {
      setup.push(assignment(cx.field(variable.field), id(p.name)));
      return id(p.name);
    }
    const raw = `$p${i}`;
    setup.push(assignment(cx.field(raw), id(raw)));
    prologue.push(...received(cx, p, cx.field(raw)));
    return rawParameter(p, i);
  });
  for (const s of ownName(cx, node)) setup.push(s);
  const lowered = [...prologue, ...bodyOf(cx, node)];
  for (const v of allVariables(cx, node)) cx.fields.add(v);
  register(cx, node, { frame, code, body: lowered });
  const self = receiverOf(cx, node);
  const start = call(runtime(unit, '$start'), id(code), id(FRAME), self);
  return {
    params: native,
    body: t.blockStatement([...setup, at(node, t.returnStatement(start))]),
  };
}

/** The `this` of a frame: a method's always, a function's only when it is used. */
function receiverOf(cx: Context, node: t.Function): t.Expression {
  const { scopes } = cx.unit;
  if (t.isArrowFunctionExpression(node)) {
    return scopes.captures(node).self ? id('$self') : undefinedValue();
  }
  const uses = t.isClassMethod(node) || scopes.selves.has(node);
  return uses ? t.thisExpression() : undefinedValue();
}

function allVariables(cx: Context, node: t.Function): string[] {
  return cx.unit.scopes
    .blocksOf(node)
    .flatMap((b) => b.variables.filter((v) => v.home === 'frame').map((v) => v.field));
}

interface Registration {
  readonly frame: string;
  readonly code: string;
  readonly body: t.Statement[];
}

/** Emits the frame class and the registered body at the top of the module. */
function register(cx: Context, node: t.Function, { frame, code, body }: Registration): void {
  const { unit } = cx;
  const awaits = numberAwaits(body);
  const live = livenessOf(body);
  const points = awaits.map((node) => {
    const start = node.loc?.start;
    return t.objectExpression([
      property('text', t.stringLiteral(unit.labels.get(node) ?? canonicalText(node))),
      property('line', t.numericLiteral(start?.line ?? 0)),
      property('column', t.numericLiteral((start?.column ?? -1) + 1)),
      property('live', t.arrayExpression((live.get(node) ?? []).map((n) => t.stringLiteral(n)))),
    ]);
  });
  const statements = [...temporaries(cx), ...reenter(body)];
  const name = cx.path.replaceAll(/[^A-Za-z0-9_]+/g, '_');
  const params = [FRAME, SENT, '$m'].map((n) => id(n));
  const made = t.functionExpression(id(`$${name}`), params, t.blockStatement(statements));
  const fields = [...cx.fields].filter((f) => f !== '$self');
  unit.header.push(
    t.classDeclaration(
      id(frame),
      runtime(unit, '$Frame'),
      t.classBody(fields.map((f) => t.classProperty(id(f), undefinedValue()))),
    ),
    declare(
      'const',
      code,
      call(
        runtime(unit, '$fn'),
        t.stringLiteral(`${unit.file}#${cx.path}`),
        t.numericLiteral(node.loc?.start.line ?? 0),
        id(frame),
        at(node, made),
        t.arrayExpression(points),
      ),
    ),
  );
  if (awaits.length > 0) runtime(unit, '$aw');
  if (awaits.length > 0) runtime(unit, '$P');
}

function property(name: string, value: t.Expression): t.ObjectProperty {
  return t.objectProperty(id(name), value);
}

function bodyOf(cx: Context, node: t.Function): t.Statement[] {
  if (t.isBlockStatement(node.body))
    return cx.unit.lower.scope(cx, t.emptyStatement(), node.body.body);
  const out: t.Statement[] = [];
  const value = cx.unit.lower.expression(cx, node.body, out);
  return [...out, at(node.body, t.returnStatement(value))];
}

/** The own name of a function expression is a variable that holds the native function. */
function ownName(cx: Context, node: t.Function): t.Statement[] {
  if (!t.isFunctionExpression(node) || !node.id) return [];
  const variable = cx.variable(node.id);
  if (!variable || variable.home === 'native') return [];
  return [
    assignment(
      variable.home === 'frame' ? frameField(variable.field) : cx.write(variable),
      id(node.id.name),
    ),
  ];
}

/** Binds a parameter to the value that came in. */
function received(cx: Context, p: t.FunctionParameter, raw: t.Expression): t.Statement[] {
  const out: t.Statement[] = [];
  if (t.isRestElement(p)) {
    invariant(t.isLVal(p.argument), 'a rest parameter binds a pattern');
    bind(cx, p.argument, raw, out);
  } else if (t.isAssignmentPattern(p)) {
    const missing = t.binaryExpression('===', t.cloneNode(raw), undefinedValue());
    const value = cx.unit.lower.expression(cx, p.right, out);
    bind(cx, asPattern(p.left), t.conditionalExpression(missing, value, raw), out);
  } else bind(cx, asPattern(p), raw, out);
  return out;
}

function rawParameter(p: t.FunctionParameter, i: number): t.FunctionParameter {
  const raw = id(`$p${i}`);
  return t.isRestElement(p) ? t.restElement(raw) : raw;
}

function nativeParameter(cx: Context, p: t.FunctionParameter): t.FunctionParameter {
  const made = cx.unit.lower.target(cx, p);
  invariant(t.isFunctionParameter(made), 'a parameter stays a parameter');
  return made;
}

function parameter(p: Parameter): t.FunctionParameter {
  invariant(t.isFunctionParameter(p), `${p.type} is a parameter`);
  return p;
}

function asPattern(node: t.Node): t.LVal {
  invariant(t.isLVal(node), 'a parameter binds a pattern');
  return node;
}

function temporaries(cx: Context): t.Statement[] {
  return cx.natives.map((name) => declare('let', name));
}
