// What has a longer spelling in the language itself is spelled out before anything else:
// `for await`, patterns with awaits in them, and tagged templates with awaits in them.
import * as t from '@babel/types';

import { invariant } from './errors.ts';
import { canonicalText } from './module-source.ts';
import {
  assignment,
  at,
  blockOf,
  call,
  declare,
  hasAwait,
  id,
  isNode,
  member,
  withLabels,
} from './nodes.ts';
import { opened } from './open-pattern.ts';

/** What the spelling needs beside itself. */
export interface Sugar {
  /** Labels of awaits that the author did not write as such. */
  readonly labels: Map<t.Node, string>;
  /** Declarations at the top of the module. */
  readonly header: t.Statement[];
  readonly runtime: Set<string>;
}

/** Spells out the module in place. The names it adds begin with a dollar. */
export function desugar(tree: t.File): Sugar {
  const sugar = new Desugaring();
  sugar.visit(tree.program);
  return sugar;
}

class Desugaring implements Sugar {
  readonly labels = new Map<t.Node, string>();
  readonly header: t.Statement[] = [];
  readonly runtime = new Set<string>();
  #names = 0;

  /** Spells out what is inside the node. */
  visit(node: t.Node): void {
    for (const key of t.VISITOR_KEYS[node.type] ?? []) {
      const child: unknown = Reflect.get(node, key);
      if (Array.isArray(child))
        Reflect.set(
          node,
          key,
          child.flatMap((item) => this.#item(item)),
        );
      else if (isNode(child)) Reflect.set(node, key, this.#single(child));
    }
  }

  fresh(prefix: string): string {
    return `${prefix}${++this.#names}`;
  }

  #item(item: unknown): unknown[] {
    if (!isNode(item)) return [item];
    if (t.isStatement(item)) return this.#statement(item);
    return [this.#single(item)];
  }

  #single(node: t.Node): t.Node {
    if (t.isStatement(node) && !t.isBlockStatement(node)) {
      const statements = this.#statement(node);
      const [only] = statements;
      return only && statements.length === 1 ? only : t.blockStatement(statements);
    }
    this.visit(node);
    return t.isTaggedTemplateExpression(node) && hasAwait(node) ? this.#tagged(node) : node;
  }

  #statement(node: t.Statement): t.Statement[] {
    // A labelled loop is spelled out as a whole: its labels stay on the loop.
    const labels: string[] = [];
    let body: t.Statement = node;
    for (; t.isLabeledStatement(body); body = body.body) labels.push(body.label.name);
    if (!t.isForXStatement(body)) {
      this.visit(node);
      return this.#opened(node);
    }
    this.visit(body);
    if (t.isForOfStatement(body) && body.await) return [this.#forAwait(body, labels)];
    this.#head(body);
    return [node];
  }

  /** A declaration or assignment whose pattern awaits, as one statement per binding. */
  #opened(node: t.Statement): t.Statement[] {
    const fresh = (): string => this.fresh('$d');
    if (t.isVariableDeclaration(node) && node.declarations.some(({ id }) => hasAwait(id))) {
      return node.declarations
        .flatMap(({ id: pattern, init }) => {
          invariant(t.isLVal(pattern), 'a declaration binds a pattern');
          if (init && hasAwait(pattern)) return opened(pattern, init, { kind: node.kind, fresh });
          return [t.variableDeclaration(node.kind, [t.variableDeclarator(pattern, init ?? null)])];
        })
        .map((s) => at(node, s));
    }
    if (
      t.isExpressionStatement(node) &&
      t.isAssignmentExpression(node.expression, { operator: '=' })
    ) {
      const { left, right } = node.expression;
      if (!t.isPattern(left) || !hasAwait(left)) return [node];
      return opened(left, right, { kind: undefined, fresh }).map((s) => at(node, s));
    }
    if (t.isTryStatement(node) && node.handler?.param && hasAwait(node.handler.param)) {
      const { param, body } = node.handler;
      const name = this.fresh('$d');
      invariant(t.isLVal(param), 'a handler binds a pattern');
      node.handler.param = id(name);
      const bound = opened(param, id(name), { kind: 'let', fresh });
      node.handler.body = t.blockStatement([...bound, body]);
    }
    return [node];
  }

  /** A loop whose pattern awaits binds a plain name, and the pattern in its body. */
  #head(node: t.ForXStatement): void {
    if (!hasAwait(node.left)) return;
    const name = this.fresh('$d');
    const bound = this.#bound(node.left, id(name));
    node.left = declare('const', name);
    node.body = t.blockStatement([...bound, node.body]);
  }

  /** The variable or pattern of a loop's head receives a value. */
  #bound(left: t.ForXStatement['left'], value: t.Expression): t.Statement[] {
    if (!t.isVariableDeclaration(left)) return this.#opened(at(left, assignment(left, value)));
    const [declarator] = left.declarations;
    invariant(declarator !== undefined, 'a loop declares a variable');
    return this.#opened(
      at(left, t.variableDeclaration(left.kind, [t.variableDeclarator(declarator.id, value)])),
    );
  }

  /** A loop over a cursor, which is closed on every way out. */
  #forAwait(node: t.ForOfStatement, labels: readonly string[]): t.Statement {
    this.runtime.add('$stream');
    const cursor = this.fresh('$q');
    const head = t.forOfStatement(node.left, node.right, t.emptyStatement(), true);
    const more = at(node, t.awaitExpression(at(node, call(member(id(cursor), '$more')))));
    this.labels.set(more, canonicalText(head).replace(/;$/, ''));
    const bound = this.#bound(node.left, member(id(cursor), '$value'));
    const loop = at(node, t.whileStatement(more, t.blockStatement([...bound, node.body])));
    const close = t.expressionStatement(call(member(id(cursor), '$close')));
    return t.blockStatement([
      at(node, declare('const', cursor, at(node, call('$stream', node.right)))),
      t.tryStatement(blockOf([withLabels(labels, loop)]), null, t.blockStatement([close])),
    ]);
  }

  /** The call that a tagged template is; its strings are one constant of the module. */
  #tagged(node: t.TaggedTemplateExpression): t.Expression {
    const { tag, quasi } = node;
    const strings = this.fresh('$y');
    const texts = (part: 'cooked' | 'raw'): t.Expression =>
      call(
        member(id('Object'), 'freeze'),
        t.arrayExpression(
          quasi.quasis.map(({ value }) => {
            const text = value[part];
            return typeof text === 'string' ? t.stringLiteral(text) : id('undefined');
          }),
        ),
      );
    const cooked = texts('cooked');
    invariant(t.isCallExpression(cooked), 'a call');
    const [list] = cooked.arguments;
    invariant(t.isExpression(list), 'a list');
    const raw = t.objectExpression([t.objectProperty(id('value'), texts('raw'))]);
    const both = call(member(id('Object'), 'defineProperty'), list, t.stringLiteral('raw'), raw);
    this.header.push(declare('const', strings, call(member(id('Object'), 'freeze'), both)));
    const values = quasi.expressions.filter((e) => t.isExpression(e));
    return at(node, call(tag, id(strings), ...values));
  }
}
