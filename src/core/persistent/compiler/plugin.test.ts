import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'vite';
import { describe, expect, it } from 'vitest';

import { Pinger } from '#core/persistent/compiler/samples/pinger.ts';
import { Engine } from '#core/persistent/index.ts';
import { verifying } from '#core/persistent/store/verifier.ts';

import { persistent } from './plugin.ts';

const OPTIONS = { seed: 'sample', verify: verifying };
const SAMPLE = fileURLToPath(new URL('./samples/pinger.ts', import.meta.url));
const ENGINE = fileURLToPath(new URL('../index.ts', import.meta.url));
const LINES = readFileSync(SAMPLE, 'utf8').split('\n');

/** Runs the sample, killed and restored at every commit; visits what is suspended each time. */
function run(visit: (engine: Engine) => void): Engine {
  let engine = Engine.create(OPTIONS);
  engine.turn(0, () => {
    const pinger = new Pinger();
    engine.attach('pinger', pinger);
    engine.attach('result', pinger.start(3));
  });
  const records = [engine.commit(0)];
  for (let turn = 1; engine.nextTimerUs !== undefined; turn++) {
    visit(engine);
    engine = Engine.restore(records, OPTIONS);
    engine.fireTimer(engine.nextTimerUs ?? 0);
    records.push(engine.commit(turn));
  }
  return engine;
}

describe('[C9] the plugin', () => {
  it('compiles the modules of the test runner', () => {
    const engine = run(() => undefined);
    expect(engine.resolve<Pinger>('pinger')).toEqual({
      count: 6,
      log: ['step 0', 'end 0', 'step 1', 'Error: one', 'end 1', 'step 2', 'end 2'],
    });
    expect(engine.resolve('result')).toMatchObject({ value: 'round 0,round 1,round 2' });
  });

  it('[C2] says where in the author’s file a workflow waits', () => {
    const seen = new Set<string>();
    run((engine) => {
      for (const { line, column, await: label } of engine.workflows()) {
        expect(LINES[line - 1]?.slice(column - 1).startsWith(label)).toBe(true);
        seen.add(label);
      }
    });
    expect([...seen].toSorted()).toEqual([
      'await sleep(1)',
      'await sleep(10)',
      'await sleep(1000)',
      'await sleep(5)',
      'await this.step(i)',
    ]);
  });

  it('maps an error to the author’s line', () => {
    let stack = '';
    try {
      new Pinger().check(1, (n) => n > 1);
    } catch (error) {
      stack = stackOf(error);
    }
    expect(stack).toContain(`pinger.ts:${lineOf('not wanted')}:`);
  });

  it('maps an error after a restore to the author’s line', () => {
    expect(stackOf(failedAfterRestore())).toContain(`pinger.ts:${lineOf('failed: ')}:`);
  });

  it('maps it in a built file, too', { timeout: 60_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pbft-lab-source-map-'));
    const [entry, outDir] = [join(folder, 'entry.ts'), join(folder, 'out')];
    writeFileSync(
      entry,
      `import { Engine } from ${JSON.stringify(ENGINE)};
       import { Pinger } from ${JSON.stringify(SAMPLE)};
       const first = Engine.create({ seed: 's' });
       first.turn(0, () => { first.attach('failing', new Pinger().fail('x')); });
       const engine = Engine.restore([first.commit(1)], { seed: 's' });
       try { engine.fireTimer(1000); } catch (error) { console.log(error.cause.stack); }`,
    );
    await build({
      configFile: false,
      logLevel: 'silent',
      plugins: [persistent()],
      ssr: { noExternal: true },
      build: { ssr: entry, outDir, sourcemap: true, emptyOutDir: true },
    });
    const built = readdirSync(outDir).find((name) => /\.m?js$/.test(name)) ?? '';
    const { stdout } = spawnSync('node', ['--enable-source-maps', join(outDir, built)], {
      encoding: 'utf8',
    });
    rmSync(folder, { recursive: true });
    expect(stdout).toContain(`pinger.ts:${lineOf('failed: ')}:`);
  });
});

/** The error of a workflow that was stored and restored before it failed. */
function failedAfterRestore(): unknown {
  const first = Engine.create(OPTIONS);
  first.turn(0, () => first.attach('failing', new Pinger().fail('x')));
  const engine = Engine.restore([first.commit(1)], OPTIONS);
  try {
    engine.fireTimer(engine.nextTimerUs ?? 0);
  } catch (error) {
    return error instanceof Error ? error.cause : error;
  }
  return undefined;
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? '') : '';
}

/** The line of the sample that holds the text. */
function lineOf(text: string): number {
  return LINES.findIndex((line) => line.includes(text)) + 1;
}
