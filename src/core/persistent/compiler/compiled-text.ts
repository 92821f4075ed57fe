// The compiled form of a module as something to read: its text, and where in it each await stands.
import { parse } from '@babel/parser';
import * as t from '@babel/types';

import { compile } from './compile.ts';

/** An await of the author's file and the line of the compiled text that suspends there. */
interface CompiledAwait {
  /** Of the author's file. */
  readonly line: number;
  readonly column: number;
  readonly compiledLine: number;
}

/** What a module with the query `?compiled` exports by default. */
export interface CompiledText {
  readonly code: string;
  readonly awaits: readonly CompiledAwait[];
}

/** Compiles a persistent module to be shown. */
export function compiledText(source: string, file: string): CompiledText {
  const { code } = compile(source, file);
  const awaits: CompiledAwait[] = [];
  t.traverseFast(parse(code, { sourceType: 'module' }), (node) => {
    if (isCallOf(node, '$fn')) awaits.push(...awaitsOf(node));
  });
  return { code, awaits };
}

/** The points of a registered function, matched to its suspensions by their number. */
function awaitsOf(registration: t.CallExpression): CompiledAwait[] {
  const points = registration.arguments.find((argument) => t.isArrayExpression(argument));
  if (!t.isArrayExpression(points)) return [];
  const lines = suspensionLines(registration);
  return points.elements.flatMap((point, i) => {
    const compiledLine = lines.get(i + 1);
    if (!t.isObjectExpression(point) || compiledLine === undefined) return [];
    return { line: numberIn(point, 'line'), column: numberIn(point, 'column'), compiledLine };
  });
}

/** `$aw($, number, …)`: the line of each number. */
function suspensionLines(registration: t.CallExpression): Map<number, number> {
  const lines = new Map<number, number>();
  t.traverseFast(registration, (node) => {
    if (!isCallOf(node, '$aw')) return;
    const [, number] = node.arguments;
    if (t.isNumericLiteral(number) && node.loc) lines.set(number.value, node.loc.start.line);
  });
  return lines;
}

function numberIn(object: t.ObjectExpression, name: string): number {
  for (const property of object.properties) {
    if (!t.isObjectProperty(property) || !t.isIdentifier(property.key, { name })) continue;
    if (t.isNumericLiteral(property.value)) return property.value.value;
  }
  return 0;
}

function isCallOf(node: t.Node, name: string): node is t.CallExpression {
  return t.isCallExpression(node) && t.isIdentifier(node.callee, { name });
}
