import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';

import { transformWithOxc, type Plugin } from 'vite';

/** What the page never asks for by itself: source maps, and the picture of the README. */
const leftOut = /\.map$|^lab\.png$|^service-worker\.js$/;

/**
 * Writes `service-worker.js` beside what has been built: the program of `service-worker.ts` with the list of all
 * files and the digest of each. Another build has another list, so browsers notice it.
 */
export function offline(): Plugin {
  let folder = '';
  return {
    name: 'offline',
    apply: 'build',
    configResolved: ({ root, build }) => {
      folder = resolve(root, build.outDir);
    },
    writeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        const source = join(import.meta.dirname, 'service-worker.ts');
        const { code } = await transformWithOxc(readFileSync(source, 'utf8'), source, {
          sourcemap: false,
        });
        const list = JSON.stringify(revisionsIn(folder));
        writeFileSync(
          join(folder, 'service-worker.js'),
          `globalThis.pbftLabFiles = ${list};\n${code}`,
        );
      },
    },
  };
}

/** Every file below a folder that a page may need, with a digest of what is in it. */
export function revisionsIn(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => relative(folder, join(folder, name)).split(sep).join('/'))
    .filter((name) => !leftOut.test(name) && statSync(join(folder, name)).isFile())
    .sort();
  return Object.fromEntries(
    files.map((name) => [name, digestOf(readFileSync(join(folder, name)))]),
  );
}

function digestOf(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}
