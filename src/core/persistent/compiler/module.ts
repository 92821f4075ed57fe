// The module around the functions: imports, registrations, and what stays at its top.
import * as t from '@babel/types';

import { classOf } from './classes.ts';
import { Context, runtime, type Unit } from './context.ts';
import { invariant } from './errors.ts';
import { shapeOf } from './functions.ts';
import { call, declare, id } from './nodes.ts';

/** Lowers the module in place. */
export function lowerModule(unit: Unit, program: t.Program, specifier: string): void {
  const cx = new Context(unit, undefined, undefined, '');
  const imports: t.Statement[] = [];
  const body: t.Statement[] = [];
  for (const node of program.body) {
    if (t.isImportDeclaration(node)) imports.push(node);
    else body.push(...topLevel(cx, node));
  }
  for (const native of cx.natives) {
    if (!declares(unit.header, native)) unit.header.push(declare('let', native));
  }
  const compiled = t.expressionStatement(
    call(runtime(unit, '$compiled'), t.stringLiteral(unit.file)),
  );
  const names = [...unit.runtime].toSorted();
  const specifiers = names.map((name) => t.importSpecifier(id(name), id(name)));
  const runtimeImport = t.importDeclaration(specifiers, t.stringLiteral(specifier));
  program.body = [...imports, runtimeImport, compiled, ...unit.header, ...body];
}

function topLevel(cx: Context, node: t.Statement): t.Statement[] {
  if (t.isFunctionDeclaration(node)) return [functionOf(cx, node)];
  if (t.isClassDeclaration(node)) return [node, classRegistered(cx, node)];
  if (t.isVariableDeclaration(node)) return [variables(cx, node)];
  if (t.isExportNamedDeclaration(node)) {
    const { declaration } = node;
    if (t.isFunctionDeclaration(declaration)) node.declaration = functionOf(cx, declaration);
    if (t.isClassDeclaration(declaration)) return [node, classRegistered(cx, declaration)];
    if (t.isVariableDeclaration(declaration)) node.declaration = variables(cx, declaration);
    return [node];
  }
  if (t.isExportDefaultDeclaration(node)) return defaultExport(cx, node);
  if (t.isExportAllDeclaration(node)) return [node];
  return cx.unit.lower.statement(cx, node);
}

function defaultExport(cx: Context, node: t.ExportDefaultDeclaration): t.Statement[] {
  const { declaration } = node;
  if (t.isClassDeclaration(declaration)) return [node, classRegistered(cx, declaration)];
  if (t.isFunctionDeclaration(declaration)) {
    if (!declaration.id) cx.unit.refuse(node, 'a function without a name', 'Name the function');
    node.declaration = functionOf(cx, declaration);
  } else if (t.isExpression(declaration)) {
    node.declaration = cx.unit.lower.expression(cx, declaration, []);
  }
  return [node];
}

function functionOf(outer: Context, node: t.FunctionDeclaration): t.FunctionDeclaration {
  const { unit } = outer;
  invariant(node.id !== null && node.id !== undefined, 'a function has a name');
  const { name } = node.id;
  const cx = new Context(unit, node, outer, name);
  const { params, body } = shapeOf(cx, node);
  node.params = params;
  node.body = body;
  node.async = false;
  unit.header.push(registered(unit, '$function', name, cx.suspends ? '()' : ''));
  return node;
}

function classRegistered(cx: Context, node: t.ClassDeclaration): t.Statement {
  classOf(cx, node);
  invariant(node.id !== null && node.id !== undefined, 'a class has a name');
  return registered(cx.unit, '$class', node.id.name);
}

/** An async function is two things: its code has the plain path, its value the path of a call. */
function registered(
  unit: Unit,
  service: '$class' | '$function',
  name: string,
  suffix = '',
): t.Statement {
  const path = t.stringLiteral(`${unit.file}#${name}${suffix}`);
  return t.expressionStatement(call(runtime(unit, service), path, id(name)));
}

function variables(cx: Context, node: t.VariableDeclaration): t.VariableDeclaration {
  for (const declarator of node.declarations) {
    const { id: pattern, init } = declarator;
    if (!init) continue;
    const named = t.isArrowFunctionExpression(init) || t.isFunctionExpression(init);
    declarator.init =
      named && t.isIdentifier(pattern)
        ? cx.unit.lower.closure(cx, init, pattern.name)
        : cx.unit.lower.expression(cx, init, []);
    if (t.isPattern(pattern)) cx.unit.lower.target(cx, pattern);
  }
  return node;
}

function declares(header: readonly t.Statement[], name: string): boolean {
  return header.some(
    (s) => t.isVariableDeclaration(s) && s.declarations.some((d) => t.isIdentifier(d.id, { name })),
  );
}
