import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Plugin } from 'vite';

import { compile, type CompileOptions, RUNTIME } from './compile.ts';
import { compiledText } from './compiled-text.ts';
import { isPersistent } from './module-source.ts';

/** What a program outside of this project imports, and what its compiled form does. */
const SPECIFIERS: Readonly<Record<string, string>> = {
  persistent: fileURLToPath(new URL('../index.ts', import.meta.url)),
  [RUNTIME]: fileURLToPath(new URL('../engine/compiled.ts', import.meta.url)),
};

/**
 * Modules of the runtime do nothing when they are loaded but register what they export: a bundle goes
 * without those whose exports it does not use.
 */
const RUNTIME_PARTS: readonly string[] = ['index.ts', 'engine/', 'store/', 'streams/'].map((part) =>
  fileURLToPath(new URL(`../${part}`, import.meta.url)),
);

/** The Vite plugin that compiles modules whose first directive is `'use persistent'`. */
export function persistent(options: CompileOptions = {}): Plugin {
  let root = process.cwd();
  return {
    name: 'persistent',
    enforce: 'pre',
    configResolved(config) {
      root = config.root;
    },
    resolveId: {
      filter: { id: Object.keys(SPECIFIERS).map((s) => new RegExp(`^${s}$`)) },
      handler: (specifier) => SPECIFIERS[specifier],
    },
    // `module.ts?compiled`: what is made of a persistent module, to be read by a person.
    load: {
      filter: { id: /\.tsx?\?compiled$/ },
      handler(moduleId) {
        const path = moduleId.slice(0, -'?compiled'.length);
        this.addWatchFile(path);
        const text = compiledText(readFileSync(path, 'utf8'), idOf(root, path));
        return { code: `export default ${JSON.stringify(text)}`, map: null };
      },
    },
    transform: {
      filter: { id: /\.tsx?(?:\?|$)/ },
      handler(code, moduleId) {
        if (!isPersistent(code)) return isRuntime(moduleId) ? { moduleSideEffects: false } : null;
        const { code: compiled, map } = compile(code, idOf(root, moduleId), options);
        return { code: compiled, map: JSON.stringify(map) };
      },
    },
  };
}

function isRuntime(moduleId: string): boolean {
  return RUNTIME_PARTS.some((part) => moduleId.startsWith(part));
}

/** The path in ids: below `src` if the module is there, else below the root. */
export function idOf(root: string, moduleId: string): string {
  const [path = moduleId] = moduleId.split('?');
  const below = relative(root, resolve(root, path)).replaceAll('\\', '/');
  return below.startsWith('src/') ? below.slice('src/'.length) : below;
}
