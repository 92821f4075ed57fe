// The compiler of persistent modules; README.md has its rules.
import { basename } from 'node:path';

import { generate, type GeneratorResult } from '@babel/generator';
import * as t from '@babel/types';

import { awaiting } from './awaits.ts';
import { target } from './barrier.ts';
import { closureOf } from './closures.ts';
import type { Lowering, Unit } from './context.ts';
import { desugar } from './desugar.ts';
import { refusalsIn } from './errors.ts';
import { plain } from './expressions.ts';
import { canonicalText, parseModule } from './module-source.ts';
import { lowerModule } from './module.ts';
import { refuseUnsupported } from './refusals.ts';
import { renameDollars, Scopes } from './scopes.ts';
import { scopeOf, statement } from './statements.ts';

/** Where compiled code finds its runtime. */
export const RUNTIME = '#core/persistent/engine/compiled.ts';

export interface CompileOptions {
  /** Module specifier of the runtime. */
  readonly runtime?: string;
}

export interface Compiled {
  readonly code: string;
  readonly map: NonNullable<GeneratorResult['map']>;
}

const LOWERING: Lowering = {
  expression: (cx, node, out) => (cx.awaits(node) ? awaiting(cx, node, out) : plain(cx, node)),
  target,
  statement,
  scope: scopeOf,
  closure: closureOf,
};

/** Compiles a persistent module; `file` is its path in ids and messages. */
export function compile(source: string, file: string, options: CompileOptions = {}): Compiled {
  const refuse = refusalsIn(file);
  const tree = parseModule(source, file, refuse);
  refuseUnsupported(tree, refuse);
  renameDollars(tree);
  const sugar = desugar(tree);
  const unit: Unit = {
    file,
    scopes: new Scopes(tree),
    refuse,
    lower: LOWERING,
    labels: new Map([...labelsOf(tree), ...sugar.labels]),
    header: sugar.header,
    runtime: sugar.runtime,
    names: new Map(),
    paths: new Map(),
  };
  lowerModule(unit, tree.program, options.runtime ?? RUNTIME);
  const sourceFileName = basename(file);
  const made = generate(
    tree,
    { sourceMaps: true, sourceFileName, comments: false, jsescOption: { minimal: true } },
    source,
  );
  if (!made.map) throw new Error('compiler: the generator gives a source map');
  return { code: made.code, map: made.map };
}

/** The label of each await: its own text, without types. */
function labelsOf(tree: t.File): Map<t.Node, string> {
  const labels = new Map<t.Node, string>();
  t.traverseFast(tree, (node) => {
    if (t.isAwaitExpression(node)) labels.set(node, canonicalText(node));
  });
  return labels;
}
