// A program and the runtime as one script, to be loaded again for every process.
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import vm from 'node:vm';

import { build, type Plugin } from 'vite';

import { isPersistent } from '#core/persistent/compiler/module-source.ts';
import { persistent } from '#core/persistent/compiler/plugin.ts';

const ENTRY = '\0crash-test';
const RUNTIME = fileURLToPath(new URL('./crash-test-runtime.ts', import.meta.url));
const PROCESS = fileURLToPath(new URL('./crash-test-process.ts', import.meta.url));

/** The program is refused; the message begins with `file:line:col`. */
export class NotCompiled extends Error {
  override readonly name = 'NotCompiled';
}

/** The program as a script whose value is a function of (require, module, exports). */
export async function bundleOf(file: string): Promise<vm.Script> {
  const root = dirname(file);
  if (!isPersistent(sourceOf(file))) {
    throw new NotCompiled(`${file}:1:1: no persistent module. Begin it with 'use persistent';`);
  }
  try {
    const made = await build({
      root,
      configFile: false,
      logLevel: 'silent',
      plugins: [entryOf(file), persistent({ runtime: RUNTIME })],
      ssr: { noExternal: true },
      build: {
        write: false,
        ssr: true,
        minify: false,
        target: 'esnext',
        rolldownOptions: {
          input: ENTRY,
          output: { format: 'cjs', codeSplitting: false, exports: 'named' },
        },
      },
    });
    const output = 'output' in made ? made.output : [];
    const [code] = output.flatMap((item) => (item.type === 'chunk' ? [item.code] : []));
    if (code === undefined) throw new Error('the bundler gives a script');
    return new vm.Script(`(function (require, module, exports) {${code}\n})`, { filename: file });
  } catch (error) {
    throw refusalOf(error, file);
  }
}

function sourceOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new NotCompiled(`${file}:1:1: ${error.message}`, { cause: error });
  }
}

function entryOf(file: string): Plugin {
  return {
    name: 'crash-test',
    resolveId: (id) => (id === ENTRY ? id : null),
    load: (id) =>
      id === ENTRY
        ? `import * as program from ${JSON.stringify(file)};
           export { Process } from ${JSON.stringify(PROCESS)};
           export const main = program['main'];`
        : null,
  };
}

/** The compiler's own words out of what the bundler makes of them. */
function refusalOf(error: unknown, file: string): unknown {
  if (!(error instanceof Error)) return error;
  const text = stripVTControlCharacters(error.message);
  const refused = /\[plugin persistent\] (.+)\nCompileError: .*?:(\d+:\d+: .*)/.exec(text);
  if (refused) return new NotCompiled(`${refused[1]}:${refused[2]}`, { cause: error });
  // The bundler speaks of compiled text: the place is where the author says what it quotes.
  const [, reason = text] = /\[[A-Z_]+\] (.*)/.exec(text) ?? [];
  const quoted = /['"](.*?)['"]/.exec(reason)?.[1];
  return new NotCompiled(`${file}:${placeOf(quoted, sourceOf(file))}: ${reason}`, { cause: error });
}

function placeOf(quoted: string | undefined, source: string): string {
  const index = quoted === undefined ? -1 : source.indexOf(quoted);
  if (index < 0) return '1:1';
  const lines = source.slice(0, index).split('\n');
  return `${lines.length}:${(lines.at(-1) ?? '').length + 1}`;
}
