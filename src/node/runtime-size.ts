import { gzipSync } from 'node:zlib';

import { build } from 'vite';

import { persistent } from '#core/persistent/compiler/plugin.ts';

const RUNTIME = '/src/core/persistent';

/** What a program takes from the runtime, smallest first. The program itself is counted, too. */
const PROGRAMS = {
  'a workflow, run turn by turn': `
    import { Engine } from '${RUNTIME}/index.ts';
    import { beat } from '${RUNTIME}/samples/beat.ts';
    export function go(records) {
      const engine = records ? Engine.restore(records, { seed: '' }) : Engine.create({ seed: '' });
      return [engine.turn(0, () => void beat()), engine.commit(1)];
    }`,
  'the same as an application': `
    import { Application, MemoryStorage, realClock } from '${RUNTIME}/index.ts';
    import { beat } from '${RUNTIME}/samples/beat.ts';
    const clock = realClock({ now: Date.now, setTimeout, clearTimeout });
    Application.open({ seed: '', storage: new MemoryStorage(), clock }, () => void beat());`,
  'ping-pong, with streams and outbox': `
    import { Application, MemoryStorage, realClock, Source } from '${RUNTIME}/index.ts';
    import { Pinger, Ponger } from '${RUNTIME}/samples/ping-pong.ts';
    const clock = realClock({ now: Date.now, setTimeout, clearTimeout });
    Application.open({ seed: '', storage: new MemoryStorage(), clock }, () => {
      const messages = new Source();
      void new Pinger(messages).start(3);
      void new Ponger(messages).start();
    });`,
  everything: `
    export * from '${RUNTIME}/index.ts';
    export * from '${RUNTIME}/engine/compiled.ts';`,
} as const;

/** The programs that are measured, by name. */
export const runtimePrograms: readonly (keyof typeof PROGRAMS)[] = [
  'a workflow, run turn by turn',
  'the same as an application',
  'ping-pong, with streams and outbox',
  'everything',
];

/** Bytes of a program with all that it takes from the runtime, minified and gzipped. */
export async function runtimeBytes(program: keyof typeof PROGRAMS): Promise<number> {
  return gzipSync(await bundleOf(PROGRAMS[program]), { level: 9 }).length;
}

/** A module with all that it imports, as a page would get it. */
export async function bundleOf(source: string): Promise<string> {
  const entry = 'virtual:program';
  const output = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [
      persistent(),
      {
        name: 'program',
        resolveId: (id) => (id === entry ? id : undefined),
        load: (id) => (id === entry ? source : undefined),
      },
    ],
    build: {
      write: false,
      minify: true,
      target: 'es2023',
      rolldownOptions: { input: entry, preserveEntrySignatures: 'strict' },
      modulePreload: false,
    },
  });
  const [bundle] = Array.isArray(output) ? output : [output];
  if (bundle === undefined || !('output' in bundle)) throw new Error('the program was not built');
  return bundle.output.flatMap((part) => (part.type === 'chunk' ? [part.code] : [])).join('\n');
}
