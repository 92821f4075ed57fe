// A compiler with a fault: its own sources, one piece replaced, in memory.
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';

import { build, type Plugin } from 'vite';

import type { Mutant } from './mutants.ts';
import type { Compiler } from './runs.ts';

const ENTRY = fileURLToPath(new URL('../compile.ts', import.meta.url));

/** The compiler with the fault; throws when the text that is replaced is not there once. */
export async function compilerWith(mutant: Mutant | undefined): Promise<Compiler> {
  let replaced = mutant === undefined ? 1 : 0;
  const fault: Plugin = {
    name: 'fault',
    enforce: 'pre',
    transform(code, path) {
      if (mutant === undefined || basename(path) !== mutant.file) return null;
      const parts = code.split(mutant.from);
      replaced = parts.length - 1;
      return parts.join(mutant.to);
    },
  };
  const made = await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [fault],
    build: {
      write: false,
      ssr: ENTRY,
      minify: false,
      target: 'esnext',
      rolldownOptions: { output: { format: 'cjs', codeSplitting: false, exports: 'named' } },
    },
  });
  if (replaced !== 1) throw new Error(`${mutant?.name}: its text occurs ${replaced} times`);
  const output = 'output' in made ? made.output : [];
  const [code] = output.flatMap((item) => (item.type === 'chunk' ? [item.code] : []));
  return loaded(code ?? '');
}

function loaded(code: string): Compiler {
  const exports: Partial<{ compile: Compiler }> = {};
  const load: unknown = vm.runInThisContext(`(function (require, exports, module) {${code}\n})`);
  if (typeof load !== 'function') throw new Error('a bundle is a function');
  load(createRequire(import.meta.url), exports, { exports });
  if (!exports.compile) throw new Error('the bundle has the compiler');
  return exports.compile;
}

/** Runs `f`, and throws when it takes longer than any sane program. */
export function within(ms: number, f: () => void): void {
  Reflect.set(globalThis, '$within', f);
  vm.runInThisContext('$within()', { timeout: ms });
}
