import { describe, expect, it } from 'vitest';

import { programOf } from './program-writer.ts';
import { compiledOf, type Killing, type Run, runNatively, runOnEngine } from './runs.ts';

const PROGRAMS = Number(process.env['FUZZ_COUNT'] ?? 300);
const FIRST = Number(process.env['FUZZ_FROM'] ?? 1);
const GROUP = 25;
const GROUP_MS_MAX = 60_000;
/** How many forms the writers know; a form that no program uses would be missing. */
const FORMS = 149;

const forms = new Map<string, number>();

/** How the runs of one program differ from the native one: not at all. */
async function differences(seed: number): Promise<Record<string, Run>> {
  const source = programOf(seed, forms);
  const native = await runNatively(source);
  const compiled = compiledOf(source);
  const killings: Killing[] = ['never', seed % 2 === 0 ? 'deltas' : 'mixed'];
  const different: Record<string, Run> = {};
  for (const killing of killings) {
    const run = runOnEngine(compiled, killing);
    if (JSON.stringify(run) === JSON.stringify(native)) continue;
    different[`seed ${seed} native`] = native;
    different[`seed ${seed} killed ${killing}`] = run;
  }
  return different;
}

describe('[C1] compiled programs', () => {
  for (let from = FIRST; from < FIRST + PROGRAMS; from += GROUP) {
    it(
      `seeds ${from} to ${from + GROUP - 1}: run as natively, whenever they are killed`,
      { timeout: GROUP_MS_MAX },
      async () => {
        for (let seed = from; seed < from + GROUP; seed++) {
          expect(await differences(seed)).toEqual({});
        }
      },
    );
  }

  it('use every form of statement and expression', () => {
    const table = [...forms].toSorted(([a], [b]) => a.localeCompare(b));
    process.stdout.write(`${table.map(([form, n]) => `${n} ${form}`).join(', ')}\n`);
    expect(table.length).toBe(FORMS);
  });
});
