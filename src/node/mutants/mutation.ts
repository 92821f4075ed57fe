import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Plugin } from 'vite';

import { idOf } from '#core/persistent/compiler/plugin.ts';

/** A text of the product that is another one in a mutant. It must be there exactly once. */
export interface Edit {
  /** Below `src`. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** What has a bug on purpose: the product with one edit. */
export interface Mutant {
  readonly id: string;
  /** The bug, in a few words. */
  readonly what: string;
  readonly edit: Edit;
}

/** The Vite plugin that makes the edit when the file is loaded. It comes before whatever else transforms the file. */
export function mutation({ edit }: Mutant): Plugin {
  let root = process.cwd();
  return {
    name: 'mutation',
    enforce: 'pre',
    configResolved(config) {
      root = config.root;
    },
    transform(code, moduleId) {
      return idOf(root, moduleId) === edit.file ? { code: edited(code, edit), map: null } : null;
    },
  };
}

/** The text with the edit. Throws unless what is to be found is there exactly once. */
export function edited(code: string, { file, find, replace }: Edit): string {
  const [before, after, ...more] = code.split(find);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`${file}: this must be there exactly once:\n${find}`);
  }
  return `${before}${replace}${after}`;
}

/** Throws unless the edit of a mutant can be made in the product below `root`. */
export function checkEdit(root: string, { edit }: Mutant): void {
  edited(readFileSync(join(root, 'src', edit.file), 'utf8'), edit);
}
