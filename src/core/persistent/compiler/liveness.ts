// Liveness: which fields of the frame an await must keep. A backward walk over the lowered body:
// a field is live where some path to a read passes no write.
import * as t from '@babel/types';

import { children, FRAME } from './nodes.ts';
import { bareAwait } from './reentry.ts';

type Fields = ReadonlySet<string>;
const NONE: Fields = new Set();

/** The live fields at each await, sorted. */
export function livenessOf(body: readonly t.Statement[]): Map<t.AwaitExpression, string[]> {
  const liveness = new Liveness();
  liveness.list(body, NONE);
  return new Map([...liveness.awaits].map(([node, fields]) => [node, [...fields].toSorted()]));
}

class Liveness {
  readonly awaits = new Map<t.AwaitExpression, Set<string>>();
  readonly #breaks: { label: string | undefined; live: Fields }[] = [];
  readonly #continues: { labels: readonly string[]; live: Fields }[] = [];
  /** What the handlers around read: an error may go there from anywhere. */
  #handler: Fields = NONE;

  list(statements: readonly t.Statement[], after: Fields): Fields {
    let live = after;
    for (const statement of statements.toReversed()) live = this.#statement(statement, live, []);
    return live;
  }

  #statement(node: t.Statement, after: Fields, labels: readonly string[]): Fields {
    if (t.isBlockStatement(node)) return this.list(node.body, after);
    if (t.isExpressionStatement(node)) return this.#expression(node, after);
    if (t.isIfStatement(node)) return this.#if(node, after);
    if (t.isLabeledStatement(node)) return this.#labeled(node, after, labels);
    if (t.isTryStatement(node)) return this.#try(node, after);
    if (t.isSwitchStatement(node)) return this.#switch(node, after);
    if (t.isLoop(node)) return this.#loop(node, after, labels);
    return this.#leaving(node) ?? union(after, reads(node), this.#handler);
  }

  /** `break`, `continue`, `return` and `throw`: what follows in the text does not count. */
  #leaving(node: t.Statement): Fields | undefined {
    if (t.isBreakStatement(node)) {
      const label = node.label?.name;
      return this.#breaks.findLast((b) => b.label === label)?.live;
    }
    if (t.isContinueStatement(node)) {
      const label = node.label?.name;
      return this.#continues.findLast((c) => label === undefined || c.labels.includes(label))?.live;
    }
    if (t.isReturnStatement(node) || t.isThrowStatement(node)) {
      return union(reads(node.argument), this.#handler);
    }
    return undefined;
  }

  #if({ test, consequent, alternate }: t.IfStatement, after: Fields): Fields {
    const skipped = alternate ? this.#statement(alternate, after, []) : after;
    return union(this.#statement(consequent, after, []), skipped, reads(test), this.#handler);
  }

  #labeled(node: t.LabeledStatement, after: Fields, labels: readonly string[]): Fields {
    this.#breaks.push({ label: node.label.name, live: after });
    const live = this.#statement(node.body, after, [...labels, node.label.name]);
    this.#breaks.pop();
    return live;
  }

  #expression(node: t.ExpressionStatement, after: Fields): Fields {
    const bare = bareAwait(node);
    if (bare) {
      const kept = this.awaits.get(bare) ?? new Set<string>();
      for (const field of union(after, this.#handler)) kept.add(field);
      this.awaits.set(bare, kept);
      return union(after, reads(bare.argument), this.#handler);
    }
    const { expression } = node;
    if (!t.isAssignmentExpression(expression, { operator: '=' })) {
      return union(after, reads(expression), this.#handler);
    }
    const written = new Set<string>();
    writes(expression.left, written);
    const kept = new Set([...after].filter((field) => !written.has(field)));
    return union(kept, reads(expression), this.#handler);
  }

  #try(node: t.TryStatement, after: Fields): Fields {
    const caught = node.handler ? this.list(node.handler.body.body, after) : NONE;
    const outer = this.#handler;
    this.#handler = union(outer, caught);
    const live = this.list(node.block.body, after);
    this.#handler = outer;
    return union(live, caught);
  }

  #switch(node: t.SwitchStatement, after: Fields): Fields {
    this.#breaks.push({ label: undefined, live: after });
    let live = after;
    let all = union(after, reads(node.discriminant), this.#handler);
    for (const { test, consequent } of node.cases.toReversed()) {
      live = this.list(consequent, live);
      all = union(all, live, reads(test));
    }
    this.#breaks.pop();
    return all;
  }

  /** To a fixed point: what the next round reads is live at the end of this one. */
  #loop(node: t.Loop, after: Fields, labels: readonly string[]): Fields {
    const head = headOf(node);
    let live = isEndless(node) ? union(head, this.#handler) : union(after, head, this.#handler);
    for (;;) {
      this.#breaks.push({ label: undefined, live: after });
      this.#continues.push({ labels, live });
      const body = this.#statement(node.body, live, []);
      this.#breaks.pop();
      this.#continues.pop();
      const grown = union(live, body);
      if (grown.size === live.size) return t.isDoWhileStatement(node) ? body : live;
      live = grown;
    }
  }
}

/** Whether only a jump leaves the loop. */
function isEndless(node: t.Loop): boolean {
  if (t.isForStatement(node)) return !node.test;
  return t.isWhileStatement(node) && t.isBooleanLiteral(node.test, { value: true });
}

function headOf(node: t.Loop): Fields {
  if (t.isForStatement(node)) return union(reads(node.init), reads(node.test), reads(node.update));
  if (t.isWhileStatement(node) || t.isDoWhileStatement(node)) return reads(node.test);
  return union(reads(node.left), reads(node.right));
}

/** The fields that an expression or statement reads. */
function reads(node: t.Node | null | undefined): Fields {
  const found = new Set<string>();
  if (node) collect(node, found);
  return found;
}

function collect(node: t.Node, found: Set<string>): void {
  const field = fieldOf(node);
  if (field !== undefined) found.add(field);
  else if (t.isAssignmentExpression(node, { operator: '=' })) {
    targets(node.left, found);
    collect(node.right, found);
  } else for (const child of children(node)) collect(child, found);
}

/** What evaluating an assignment target reads: objects, keys and defaults, not the field itself. */
function targets(node: t.Node, found: Set<string>): void {
  if (fieldOf(node) !== undefined) return;
  if (t.isAssignmentPattern(node)) {
    targets(node.left, found);
    collect(node.right, found);
  } else if (t.isObjectProperty(node)) {
    if (node.computed) collect(node.key, found);
    targets(node.value, found);
  } else if (t.isPattern(node) || t.isRestElement(node)) {
    for (const child of children(node)) targets(child, found);
  } else collect(node, found);
}

function writes(node: t.Node, found: Set<string>): void {
  const field = fieldOf(node);
  if (field !== undefined) found.add(field);
  else if (t.isAssignmentPattern(node)) writes(node.left, found);
  else if (t.isObjectProperty(node)) writes(node.value, found);
  else if (t.isPattern(node) || t.isRestElement(node)) {
    for (const child of children(node)) writes(child, found);
  }
}

/** The name in `$.name`. */
function fieldOf(node: t.Node): string | undefined {
  if (!t.isMemberExpression(node) || node.computed) return undefined;
  if (!t.isIdentifier(node.object, { name: FRAME }) || !t.isIdentifier(node.property)) return;
  return node.property.name === '$self' ? undefined : node.property.name;
}

function union(...sets: readonly Fields[]): Fields {
  return new Set(sets.flatMap((s) => [...s]));
}
