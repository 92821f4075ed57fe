import { gzipSync } from 'node:zlib';

import { build } from 'vite';

const ENTRY = 'virtual:runtime';

/** Bytes of all that a persistent program can take from the runtime, minified and gzipped. */
export async function runtimeBytes(): Promise<number> {
  const output = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'runtime-entry',
        resolveId: (id) => (id === ENTRY ? id : undefined),
        load: (id) =>
          id === ENTRY
            ? `export * from '/src/core/persistent/index.ts'; export * from '/src/core/persistent/engine/compiled.ts';`
            : undefined,
      },
    ],
    build: {
      write: false,
      minify: true,
      target: 'es2023',
      rolldownOptions: { input: ENTRY, preserveEntrySignatures: 'strict' },
      modulePreload: false,
    },
  });
  const [bundle] = Array.isArray(output) ? output : [output];
  if (bundle === undefined || !('output' in bundle)) throw new Error('the runtime was not built');
  const code = bundle.output.flatMap((part) => (part.type === 'chunk' ? [part.code] : []));
  return gzipSync(code.join('\n'), { level: 9 }).length;
}
