import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { type Verdict, verdictOn } from './crash-test.ts';

const folder = mkdtempSync(join(tmpdir(), 'pbft-lab-crash-test-'));

afterAll(() => rmSync(folder, { recursive: true }));

/** A program outside of the project. */
function program(name: string, text: string): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

function persistent(name: string, body: string): string {
  const imports = `import { all, any, Awaitable, Condition, now, PersistentList, post, random, sleep, Source } from 'persistent';`;
  return program(name, `'use persistent';\n${imports}\n${body}\n`);
}

function verdict(name: string, main: string, around = ''): Promise<Verdict> {
  const body = `${around}\nexport async function main(): Promise<unknown> { ${main} }`;
  return verdictOn(persistent(`${name}.ts`, body));
}

async function refusal(file: string): Promise<string> {
  return verdictOn(file).then(
    () => 'not refused',
    (error: unknown) => String(error),
  );
}

function run(file: string): ReturnType<typeof spawnSync> {
  return spawnSync('node', ['src/node/run.mjs', 'crash-test', file], { encoding: 'utf8' });
}

describe('a program that survives every crash', () => {
  it('gives the same outputs and the same result', async () => {
    const found = await verdictOn(resolve('src/node/crash-test/everything.ts'));
    expect(found).toMatchObject({
      format: 'pbft-lab/crash-test@1',
      equal: true,
      posted: ['slow', 'first: quick', [1, 2, 3], 'woken', { step: 0 }, { step: 1 }, 'tidied'],
      result: { total: 13, late: ['kept 0', 'kept 1'], when: 60 },
      error: null,
    });
    expect(found.kills).toBeGreaterThan(found.awaits);
  });

  it('is killed at every await, and before and after every commit', async () => {
    const found = await verdict('counts', 'await sleep(1); await sleep(1); return now();');
    expect(found).toMatchObject({ equal: true, awaits: 2, kills: 2 + 2 * 3, result: 2 });
  });

  it('may throw', async () => {
    const found = await verdict('throws', `await sleep(1); throw new RangeError('too far');`);
    expect(found).toMatchObject({
      equal: true,
      result: null,
      error: { name: 'RangeError', message: 'too far' },
    });
  });

  it('may loop over a stream', async () => {
    const around = `async function feed(source: Source<number>): Promise<void> {
      for (const n of [1, 2, 3]) { await sleep(2); source.emit(n); } source.end(); }`;
    const main = `const source = new Source<number>(); void feed(source); let sum = 0;
      for await (const n of source.map((n) => n * n)) { await sleep(3); sum += n; post(n); } return sum;`;
    expect(await verdict('streams', main, around)).toMatchObject({
      equal: true,
      posted: [1, 4, 9],
      result: 14,
    });
  });

  it('may wait for ever', async () => {
    const found = await verdict('waits', 'await new Awaitable();');
    const message = 'main has not returned';
    expect(found).toMatchObject({ equal: true, error: { name: 'NeverSettled', message } });
  });

  it('may draw random numbers and import other modules', async () => {
    persistent(
      'lib/steps.ts',
      `export async function step(): Promise<number> { await sleep(1); return random(); }`,
    );
    program('lib/plain.ts', `export const twice = (n: number): number => n * 2;`);
    const imports = `import { step } from './lib/steps.ts';\nimport { twice } from './lib/plain.ts';`;
    const main =
      'const a = await step(); const b = await step(); return [a !== b, twice(3), a === a];';
    expect(await verdict('imports', main, imports)).toMatchObject({
      equal: true,
      result: [true, 6, true],
    });
  });
});

describe('what is compared', () => {
  it('is an output as it was posted, and what a program can see of it', async () => {
    const main = `const log: number[] = []; for (let i = 0; i < 2; i++) { log.push(i); post(log); await sleep(1); }
      const list = new PersistentList<number>(); list.push(4); await sleep(1); list.push(5);
      return { list, when: new Date(0), big: 7n, not: NaN, map: new Map([[1, new Set([2])]]), bytes: new Uint8Array([3]) };`;
    expect(await verdict('values', main)).toMatchObject({
      equal: true,
      posted: [[0], [0, 1]],
      result: {
        list: [4, 5],
        when: '1970-01-01T00:00:00.000Z',
        big: '7n',
        not: 'NaN',
        map: [[1, [2]]],
        bytes: [3],
      },
    });
  });

  it('includes errors nobody awaited, which are no outputs', async () => {
    const around = `async function fail(): Promise<void> { await sleep(1); throw new Error('lost'); }`;
    const main = 'void fail(); await sleep(2); post(1); throw { code: 7 };';
    expect(await verdict('lost', main, around)).toMatchObject({
      equal: true,
      posted: [1],
      error: { name: 'object', message: '{"code":7}' },
    });
  });
});

describe('a program that does not', () => {
  it('has kept something in a variable of its module', async () => {
    const around = `const seen = new Map<string, number>();
      function count(m: Map<string, number>): number { m.set('n', (m.get('n') ?? 0) + 1); return m.get('n') ?? 0; }`;
    const main = 'for (let i = 0; i < 2; i++) { post(count(seen)); await sleep(1); } return 0;';
    expect(await verdict('module', main, around)).toMatchObject({
      equal: false,
      posted: [1, 2],
      difference: { after: 'kill 5, before commit 2', undisturbed: 'posted 2', killed: 'posted 1' },
    });
  });

  it('has captured what cannot be stored', async () => {
    program('port.ts', `export class Port {}`);
    const main = 'const port = new Port(); await sleep(1); return port instanceof Port;';
    const found = await verdict('captures', main, `import { Port } from './port.ts';`);
    expect(found).toMatchObject({ equal: false, result: true });
    expect(found.difference?.killed).toContain('main() suspended at "await sleep(1)" line 4 .port');
  });

  it('has contradicted itself in a turn: nothing of it is stored', async () => {
    const found = await verdict('contradicts', 'await sleep(-1); return 0;');
    expect(found).toMatchObject({ equal: true, kills: 1, error: { name: 'AssertionError' } });
  });
});

describe('a program that is refused', () => {
  it('has no directive', async () => {
    const file = program('ordinary.ts', 'export async function main() {}');
    expect(await refusal(file)).toBe(
      `NotCompiled: ${file}:1:1: no persistent module. Begin it with 'use persistent';`,
    );
  });

  it('does not compile', async () => {
    const file = persistent(
      'timer.ts',
      'export async function main() {\n  setTimeout(() => 0);\n}',
    );
    expect(await refusal(file)).toBe(
      `NotCompiled: ${file}:4:3: a native timer cannot be persisted. Use await sleep(ms).`,
    );
  });

  it('imports what does not compile', async () => {
    const inner = persistent('inner/x.ts', 'export class X { #y = 1 }');
    const file = persistent(
      'outer.ts',
      `import { X } from './inner/x.ts';\nexport async function main() { return new X(); }`,
    );
    expect(await refusal(file)).toContain(`${inner}:3:18: a #private name cannot be persisted`);
  });

  it('imports what is not there, or cannot be loaded', async () => {
    const [name, module, load] = [
      persistent(
        'name.ts',
        `import { sleeep } from 'persistent';\nexport const main = async () => sleeep(1);`,
      ),
      persistent('module.ts', `import { y } from './y.ts';\nexport const main = async () => y;`),
      persistent('load.ts', `const x = JSON.parse('{');\nexport const main = async () => x;`),
    ];
    expect(await refusal(name)).toContain(`${name}:3:10: "sleeep" is not exported`);
    expect(await refusal(module)).toContain(`${module}:3:20: Could not resolve './y.ts'`);
    expect(await refusal(load)).toContain('load.ts:1:1: it cannot be loaded: SyntaxError');
  });

  it('has no main, or is not there', async () => {
    expect(await refusal(persistent('empty.ts', ''))).toContain(
      'empty.ts:1:1: no exported function main',
    );
    expect(await refusal(join(folder, 'nowhere.ts'))).toContain('nowhere.ts:1:1: ENOENT');
  });
});

describe('the command', () => {
  it('prints one JSON object, and says by its exit code how it went', { timeout: 60_000 }, () => {
    const body = `export async function main(): Promise<unknown> { console.log('aside'); await sleep(1); return 7; }`;
    const good = run(persistent('good.ts', body));
    expect(JSON.parse(String(good.stdout))).toEqual({
      format: 'pbft-lab/crash-test@1',
      equal: true,
      awaits: 1,
      kills: 5,
      posted: [],
      result: 7,
      error: null,
    });
    expect(good.status).toBe(0);
    const refused = run(program('bad.ts', ''));
    expect(refused).toMatchObject({ status: 2, stdout: '' });
  });
});
