// Constructors for the handful of node shapes that compiled code is made of.
import * as t from '@babel/types';

/** `$`: the frame of the running body. */
export const FRAME = '$';
/** `$s`: what the last await gave. */
export const SENT = '$s';

export function id(name: string): t.Identifier {
  return t.identifier(name);
}

export function undefinedValue(): t.Expression {
  return t.unaryExpression('void', t.numericLiteral(0));
}

/** `$.name` */
export function frameField(name: string): t.MemberExpression {
  return t.memberExpression(id(FRAME), id(name));
}

export function member(object: t.Expression, name: string): t.MemberExpression {
  return t.memberExpression(object, id(name));
}

export function call(callee: string | t.Expression, ...args: t.Expression[]): t.CallExpression {
  return t.callExpression(typeof callee === 'string' ? id(callee) : callee, args);
}

export function assign(target: t.LVal, value: t.Expression): t.AssignmentExpression {
  return t.assignmentExpression('=', target, value);
}

export function assignment(target: t.LVal, value: t.Expression): t.ExpressionStatement {
  return t.expressionStatement(assign(target, value));
}

export function declare(
  kind: 'const' | 'let',
  name: string | t.LVal,
  value?: t.Expression,
): t.VariableDeclaration {
  const target = typeof name === 'string' ? id(name) : name;
  return t.variableDeclaration(kind, [t.variableDeclarator(target, value ?? null)]);
}

export function number(value: number): t.Expression {
  return t.numericLiteral(value);
}

export function equals(left: t.Expression, right: t.Expression): t.Expression {
  return t.binaryExpression('===', left, right);
}

export function not(value: t.Expression): t.Expression {
  return t.unaryExpression('!', value);
}

/** One statement of a list: the statement itself if there is one, else a block. */
export function blockOf(statements: t.Statement[]): t.BlockStatement {
  const [only] = statements;
  return statements.length === 1 && t.isBlockStatement(only) ? only : t.blockStatement(statements);
}

/** The statement under its labels. */
export function withLabels(labels: readonly string[], body: t.Statement): t.Statement {
  let result = body;
  for (const label of labels.toReversed()) result = t.labeledStatement(id(label), result);
  return result;
}

/** Gives `made` the place of `source`, for the source map. */
export function at<N extends t.Node>(source: t.Node, made: N): N {
  if (source.loc) made.loc = source.loc;
  return made;
}

/** The child nodes of a node, in source order of its visitor keys. */
export function children(node: t.Node): t.Node[] {
  const found: t.Node[] = [];
  for (const key of t.VISITOR_KEYS[node.type] ?? []) {
    const child: unknown = Reflect.get(node, key);
    if (Array.isArray(child)) {
      for (const item of child) if (isNode(item)) found.push(item);
    } else if (isNode(child)) found.push(child);
  }
  return found;
}

/** Whether a node holds an await of its own function. */
export function hasAwait(node: t.Node): boolean {
  if (t.isAwaitExpression(node) || t.isForOfStatement(node, { await: true })) return true;
  if (t.isFunction(node)) return false;
  return children(node).some((child) => hasAwait(child));
}

/** Replaces each child that `replacement` gives another node for. */
export function replaceChildren(node: t.Node, replacement: (child: t.Node) => t.Node): void {
  for (const key of t.VISITOR_KEYS[node.type] ?? []) {
    const child: unknown = Reflect.get(node, key);
    if (Array.isArray(child)) {
      for (const [i, item] of child.entries()) if (isNode(item)) child[i] = replacement(item);
    } else if (isNode(child)) Reflect.set(node, key, replacement(child));
  }
}

/** Whether a value is a node of the tree. */
export function isNode(value: unknown): value is t.Node {
  return typeof value === 'object' && value !== null && 'type' in value && t.isNode(value);
}
