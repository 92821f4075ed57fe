/** A deliberate fault of the compiler: one piece of its text, replaced. */
export interface Mutant {
  readonly name: string;
  /** A file of the compiler. */
  readonly file: string;
  /** Occurs once in the file. */
  readonly from: string;
  readonly to: string;
}

function mutant(file: string, name: string, from: string, to: string): Mutant {
  return { name, file: `${file}.ts`, from, to };
}

const liveness: readonly Mutant[] = [
  mutant(
    'liveness',
    'what is read after an await is not kept',
    'for (const field of union(after, this.#handler)) kept',
    'for (const field of this.#handler) kept',
  ),
  mutant(
    'liveness',
    'what the next round reads is not kept',
    'const grown = union(live, body);',
    'const grown = live;',
  ),
  mutant(
    'liveness',
    'what a handler reads is not kept',
    'this.#handler = union(outer, caught);',
    'this.#handler = outer;',
  ),
  mutant(
    'liveness',
    'what follows a labelled break is not kept',
    'this.#breaks.push({ label: node.label.name, live: after });',
    'this.#breaks.push({ label: node.label.name, live: NONE });',
  ),
];

const reentry: readonly Mutant[] = [
  mutant(
    'reentry',
    'wrong bound of a guard',
    "t.binaryExpression('<=', id(RESUMING)",
    "t.binaryExpression('<', id(RESUMING)",
  ),
  mutant(
    'reentry',
    'the test of a loop is evaluated again',
    'if (t.isBooleanLiteral(test, { value: true })) return test;',
    'return test;',
  ),
  mutant(
    'reentry',
    'the test of an if is evaluated again',
    "let entry: t.Expression = t.logicalExpression('||', resuming(), test);",
    'let entry: t.Expression = test;',
  ),
  mutant(
    'reentry',
    'the else of a resumed if is forgotten',
    'else if (otherwise > 0) entry',
    'else if (otherwise < 0) entry',
  ),
  mutant(
    'reentry',
    'an error of an await is not thrown',
    "t.ifStatement(id('$m')",
    "t.ifStatement(id('$P')",
  ),
  mutant(
    'reentry',
    'code before the await runs again',
    'else if (last(statement) === 0) fresh.push(statement);',
    'else if (last(statement) === 0) out.push(statement);',
  ),
];

const loops: readonly Mutant[] = [
  mutant(
    'loops',
    'no fresh environment for an iteration',
    "const copy = block && block.record !== '' ? copied(cx, block) : undefined;",
    'const copy: t.ExpressionStatement | undefined = undefined;',
  ),
  mutant(
    'loops',
    'a lost label',
    "const body = bodyOf(cx, { kind: 'loop', labels }, node.body);\n  return [withLabels(labels, at(node, t.whileStatement(test, body)))];",
    "const body = bodyOf(cx, { kind: 'loop', labels }, node.body);\n  return [at(node, t.whileStatement(test, body))];",
  ),
  mutant(
    'jumps',
    'continue skips the update',
    "if (target.kind === 'loop' && target.continueLabel",
    "if (target.kind === 'block' && target.continueLabel",
  ),
  mutant('context', 'nested loops share one cursor', 'this.#depth++;', ''),
  mutant(
    'for-each',
    'for in steps over elements',
    "? '$iterate' : '$keys'",
    "? '$iterate' : '$iterate'",
  ),
  mutant(
    'switches',
    'lost fallthrough',
    "t.binaryExpression('<=', t.cloneNode(index)",
    "t.binaryExpression('===', t.cloneNode(index)",
  ),
  mutant(
    'switches',
    'a default that is not at the end is never taken',
    'otherwise < 0 ? node.cases.length : otherwise',
    'node.cases.length',
  ),
  mutant(
    'statements',
    'functions are not hoisted',
    '[...opening, ...hoisted(cx, body), ...body.flatMap((s) => statement(cx, s))]',
    '[...opening, ...body.flatMap((s) => statement(cx, s)), ...hoisted(cx, body)]',
  ),
];

const tries: readonly Mutant[] = [
  mutant('tries', 'a skipped finalizer', '    last,\n    ...dispatch', '    ...dispatch'),
  mutant('tries', 'a finalizer forgets how it was entered', '    ...dispatch(cx, entry),\n', ''),
  mutant(
    'tries',
    'a catch swallows an AssertionError',
    'const inner = [pass, ...',
    'const inner = [...',
  ),
  mutant(
    'tries',
    'a catch with an await swallows an AssertionError',
    't.blockStatement([pass, keep])',
    't.blockStatement([keep])',
  ),
  mutant(
    'tries',
    'a finally runs after an AssertionError',
    '      pass,\n      assignment(entry',
    '      assignment(entry',
  ),
  mutant(
    'tries',
    'a handler runs without an error',
    '[...body, t.breakStatement(id(label))]',
    '[...body]',
  ),
  mutant(
    'jumps',
    'a value returned through a finally is lost',
    'value ? [assignment(finalizer.value(), value)] : []',
    '[]',
  ),
  mutant(
    'jumps',
    'jumps through a finally are one jump',
    'return a.kind === b.kind && a.target === b.target && a.label === b.label;',
    'return a.kind === b.kind;',
  ),
];

const values: readonly Mutant[] = [
  mutant(
    'awaits',
    'operands left of an await are evaluated after it',
    'return i < last && !isStable(cx, node) ? saved(cx, lowered, out) : lowered;',
    'return lowered;',
  ),
  mutant(
    'awaits',
    'a variable counts as a constant',
    'return variable === undefined || variable.constant;',
    'return true;',
  ),
  mutant(
    'context',
    'temporaries share one field',
    'this.field(`$t${++this.#temporaries}`)',
    'this.field(`$t`)',
  ),
  mutant(
    'scopes',
    'variables of the same name share one field',
    'if (taken !== undefined) variable.field',
    'if (taken === 0) variable.field',
  ),
  mutant('scopes', 'this is not captured', 'this.captures(s.block).self = true;', ''),
  mutant(
    'await-assignments',
    'the object of an assignment is evaluated twice',
    'if (!isSelf) object = keep(object);',
    '',
  ),
  mutant(
    'await-assignments',
    'a logical assignment tests the wrong way',
    "if (operator.startsWith('&&')) return left;",
    "if (operator.startsWith('&&')) return not(left);",
  ),
  mutant(
    'chains',
    'an optional link lets undefined pass',
    "return t.binaryExpression('==', value, t.nullLiteral());",
    "return t.binaryExpression('===', value, t.nullLiteral());",
  ),
  mutant(
    'functions',
    'a default is taken for any value',
    't.conditionalExpression(missing, value, raw)',
    'value',
  ),
  mutant(
    'open-pattern',
    'the default of a pattern is taken for any value',
    't.conditionalExpression(missing, pattern.right, t.cloneNode(given))',
    'pattern.right',
  ),
];

const barrier: readonly Mutant[] = [
  mutant(
    'barrier',
    'a missed barrier',
    "return at(object, t.callExpression(runtime(cx.unit, '$w'), [object]));",
    'return object;',
  ),
  mutant(
    'context',
    'a missed barrier of an environment',
    "if (variable.home !== 'env') return this.read(variable);",
    'return this.read(variable);',
  ),
  mutant('barrier', 'a missed mutator', "'push pop shift", "'pop shift"),
  mutant(
    'barrier',
    'a missed Object.assign',
    "t.matchesPattern(callee, 'Object.assign') ||",
    'false ||',
  ),
];

/** Every one of them must be found. */
export const MUTANTS = [...liveness, ...reentry, ...loops, ...tries, ...values, ...barrier];
