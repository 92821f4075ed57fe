import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

const root = process.cwd();
const folder = mkdtempSync(join(tmpdir(), 'pbft-lab-absences-'));

afterAll(() => rmSync(folder, { recursive: true }));

describe('core', () => {
  it.each([
    'performance.now()',
    'setTimeout(() => 0, 1)',
    'console.log(1)',
    'crypto.randomUUID()',
    'structuredClone(1)',
    'globalThis.document',
    'process.exit()',
    'new TextEncoder()',
    'fetch("/")',
  ])('has no %s to reach for', (expression) => {
    const file = write('clock.ts', `export const reached = ${expression};\n`);
    const config = write(
      'tsconfig.json',
      JSON.stringify({
        extends: resolve(root, 'src/core/tsconfig.json'),
        include: [file],
        exclude: [],
      }),
    );

    const { status, stdout } = run('tsc', ['-p', config]);

    expect(stdout).toContain('clock.ts(1,');
    expect(status).not.toBe(0);
  });
});

describe('the direction of imports', () => {
  it.each([
    ['src/core/base/x.ts', '#core/pbft/terms.ts'],
    ['src/core/persistent/engine/x.ts', '#core/pbft/terms.ts'],
    ['src/core/pbft/x.ts', '#core/persistent/index.ts'],
    ['src/core/pbft/x.ts', 'react'],
    ['src/core/replica/x.ts', '#core/network/trace-event.ts'],
    ['src/core/network/x.ts', '#core/simulation/scenario.ts'],
    ['src/core/simulation/x.ts', '#host/session.ts'],
    ['src/host/x.ts', '#lab/lab-state.ts'],
    ['src/lab/x.ts', 'react'],
    ['src/lab/x.ts', '#ui/app.tsx'],
    ['src/ui/x.ts', '#host/session.ts'],
    ['src/ui/x.ts', '../lab/lab-state.ts'],
  ])('refuses in %s an import of %s', (importer, imported) => {
    cpSync(resolve(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
    write('.gitignore', '');
    write(importer, `import { name } from '${imported}';\n\nexport const again = name;\n`);

    const { status, stdout } = run('oxlint', ['--disable-nested-config', importer]);

    expect(stdout).toContain('no-restricted-imports');
    expect(status).not.toBe(0);
  });
});

function write(path: string, text: string): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

function run(
  program: string,
  parameters: readonly string[],
): { status: number | null; stdout: string } {
  const { status, stdout } = spawnSync(resolve(root, 'node_modules/.bin', program), parameters, {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stdout };
}
