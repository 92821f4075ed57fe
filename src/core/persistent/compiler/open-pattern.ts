// A destructuring pattern with awaits in its defaults and keys, one binding at a time.
import * as t from '@babel/types';

import { invariant } from './errors.ts';
import { assignment, at, equals, hasAwait, id, undefinedValue } from './nodes.ts';

export interface Opening {
  /** How the names are declared; undefined for an assignment. */
  readonly kind: t.VariableDeclaration['kind'] | undefined;
  readonly fresh: () => string;
}

/** The statements that give the parts of `value` to the names of the pattern, in order. */
export function opened(pattern: t.Node, value: t.Expression, how: Opening): t.Statement[] {
  if (!hasAwait(pattern)) return [received(pattern, value, how)];
  if (t.isAssignmentPattern(pattern)) {
    const [given, statement] = kept(value, how);
    const missing = equals(given, undefinedValue());
    const chosen = at(pattern, t.conditionalExpression(missing, pattern.right, t.cloneNode(given)));
    return [statement, ...opened(pattern.left, chosen, how)];
  }
  if (t.isArrayPattern(pattern)) return openedArray(pattern, value, how);
  if (t.isObjectPattern(pattern)) return openedObject(pattern, value, how);
  return [received(pattern, value, how)];
}

/** All elements are taken at once; then the parts that await get theirs. */
function openedArray(pattern: t.ArrayPattern, value: t.Expression, how: Opening): t.Statement[] {
  const later: t.Statement[] = [];
  const elements = pattern.elements.map((element) => {
    if (element === null) return null;
    const name = id(how.fresh());
    const inner = t.isRestElement(element) ? element.argument : element;
    later.push(...opened(inner, t.cloneNode(name), how));
    return t.isRestElement(element) ? t.restElement(name) : name;
  });
  const all = t.arrayPattern(elements);
  return [t.variableDeclaration('const', [t.variableDeclarator(all, value)]), ...later];
}

function openedObject(pattern: t.ObjectPattern, value: t.Expression, how: Opening): t.Statement[] {
  const [object, statement] = kept(value, how);
  const out: t.Statement[] = [statement];
  const keys: t.Expression[] = [];
  for (const property of pattern.properties) {
    if (t.isRestElement(property)) {
      const taken = keys.map((key) => t.objectProperty(t.cloneNode(key), id(how.fresh()), true));
      const rest = id(how.fresh());
      const all = t.objectPattern([...taken, t.restElement(rest)]);
      out.push(t.variableDeclaration('const', [t.variableDeclarator(all, t.cloneNode(object))]));
      out.push(...opened(property.argument, t.cloneNode(rest), how));
      continue;
    }
    invariant(t.isExpression(property.key), 'no private names');
    let key: t.Expression = property.key;
    if (property.computed) {
      const [name, keep] = kept(key, how);
      key = name;
      out.push(keep);
    } else if (t.isIdentifier(key)) key = t.stringLiteral(key.name);
    keys.push(key);
    const found = t.memberExpression(t.cloneNode(object), t.cloneNode(key), true);
    out.push(...opened(property.value, found, how));
  }
  return out;
}

/** A value under a name of its own. */
function kept(value: t.Expression, how: Opening): [t.Identifier, t.Statement] {
  const name = id(how.fresh());
  const declarator = t.variableDeclarator(t.cloneNode(name), value);
  return [name, t.variableDeclaration('const', [declarator])];
}

function received(pattern: t.Node, value: t.Expression, { kind }: Opening): t.Statement {
  invariant(t.isLVal(pattern), `${pattern.type} is a pattern`);
  if (kind === undefined) return assignment(pattern, value);
  return t.variableDeclaration(kind, [t.variableDeclarator(pattern, value)]);
}
