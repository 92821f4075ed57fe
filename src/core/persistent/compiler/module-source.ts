// From text to a tree without types: the tree keeps the positions of the author's file.
import { basename } from 'node:path';

import babel from '@babel/core';
import { generate } from '@babel/generator';
import { parse, type ParserPlugin } from '@babel/parser';
import typescript from '@babel/plugin-transform-typescript';
import * as t from '@babel/types';

import { CompileError, invariant, type Refusal } from './errors.ts';

/** The directive that marks a module as persistent. */
const DIRECTIVE = 'use persistent';

/** Whether the first directive of the module is `'use persistent'`; cheap enough for every file. */
export function isPersistent(source: string): boolean {
  return /^(?:\uFEFF)?(?:#![^\n]*\n)?(?:\s|\/\/[^\n]*(?:\n|$)|\/\*[^]*?\*\/)*(['"])use persistent\1/.test(
    source,
  );
}

/** The module as a tree with its types removed and its directive deleted. */
export function parseModule(source: string, file: string, refuse: Refusal): t.File {
  const tree = parsed(source, file);
  refuseEmittingTypes(tree, refuse);
  const program = tree.program;
  program.directives = program.directives.filter((d) => d.value.value !== DIRECTIVE);
  const stripped = babel.transformFromAstSync(tree, source, {
    ast: true,
    code: false,
    cloneInputAst: false,
    configFile: false,
    babelrc: false,
    browserslistConfigFile: false,
    filename: file,
    plugins: [[typescript, { onlyRemoveTypeImports: true, allowDeclareFields: true }]],
  });
  const result = stripped?.ast;
  invariant(result !== undefined && result !== null, 'the type stripper gives a tree');
  return result;
}

/** The text of an expression in one canonical spelling: without types, comments and line breaks. */
export function canonicalText(node: t.Node): string {
  return generate(node, { comments: false }).code.replaceAll(/\s+/g, ' ').trim();
}

function parsed(source: string, file: string): t.File {
  const plugins: ParserPlugin[] = ['typescript', 'decorators', 'decoratorAutoAccessors'];
  if (file.endsWith('.tsx')) plugins.push('jsx');
  try {
    return parse(source, { sourceType: 'module', sourceFilename: basename(file), plugins });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const position = /\((\d+):(\d+)\)/.exec(error.message);
    const where = position ? `${position[1]}:${Number(position[2]) + 1}` : '0:0';
    const reason = error.message.replace(/\s*\(\d+:\d+\)\s*$/, '').replace(/\.$/, '');
    throw new CompileError(`${file}:${where}: ${reason}. Write valid TypeScript.`, {
      cause: error,
    });
  }
}

/** TypeScript that would emit code is refused: only erasable types are stripped. */
function refuseEmittingTypes(tree: t.File, refuse: Refusal): void {
  t.traverseFast(tree, (node) => {
    if (t.isTSEnumDeclaration(node) && !node.declare) {
      refuse(node, 'an enum is no erasable type', 'Write a union of string literals');
    }
    if (t.isTSModuleDeclaration(node) && !node.declare) {
      refuse(node, 'a namespace is no erasable type', 'Write a module');
    }
    if (t.isTSParameterProperty(node)) {
      refuse(node, 'a parameter property is no erasable type', 'Declare a field and assign it');
    }
    if (t.isTSImportEqualsDeclaration(node) || t.isTSExportAssignment(node)) {
      refuse(node, 'CommonJS import or export', 'Write import or export');
    }
    if (t.isDecorator(node)) refuse(node, 'a decorator', 'Call the function on the class');
  });
}
