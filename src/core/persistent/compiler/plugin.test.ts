import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { Pinger } from '#core/persistent/compiler/samples/pinger.ts';
import { Engine } from '#core/persistent/index.ts';

const OPTIONS = { seed: 'sample', verify: true };
const SAMPLE = fileURLToPath(new URL('./samples/pinger.ts', import.meta.url));

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
    const lines = readFileSync(SAMPLE, 'utf8').split('\n');
    const seen = new Set<string>();
    run((engine) => {
      for (const { line, column, await: label } of engine.workflows()) {
        expect(lines[line - 1]?.slice(column - 1).startsWith(label)).toBe(true);
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
    const lines = readFileSync(SAMPLE, 'utf8').split('\n');
    const line = lines.findIndex((text) => text.includes('not wanted')) + 1;
    let stack = '';
    try {
      new Pinger().check(1, (n) => n > 1);
    } catch (error) {
      stack = error instanceof Error ? (error.stack ?? '') : '';
    }
    expect(stack).toContain(`pinger.ts:${line}:`);
  });
});
