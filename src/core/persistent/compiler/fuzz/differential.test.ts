import { describe, expect, it } from 'vitest';

import { programOf } from './program-writer.ts';
import { compiledOf, type Killing, runNatively, runOnEngine } from './runs.ts';

const PROGRAMS = Number(process.env['FUZZ_COUNT'] ?? 300);
const FIRST = Number(process.env['FUZZ_FROM'] ?? 1);
const GROUP = 25;
/** How many forms the writers know; a form that no program uses would be missing. */
const FORMS = 149;
const KILLINGS: readonly Killing[] = ['never', 'deltas', 'mixed'];

const forms = new Map<string, number>();

async function checkProgram(seed: number): Promise<void> {
  const source = programOf(seed, forms);
  const native = await runNatively(source);
  const compiled = compiledOf(source);
  for (const killing of KILLINGS) {
    expect(runOnEngine(compiled, killing), `seed ${seed}, killed: ${killing}`).toEqual(native);
  }
}

describe('[C1] compiled programs', () => {
  for (let from = FIRST; from < FIRST + PROGRAMS; from += GROUP) {
    it(`seeds ${from} to ${from + GROUP - 1}: run as natively, whenever they are killed`, async () => {
      for (let seed = from; seed < from + GROUP; seed++) await checkProgram(seed);
    });
  }

  it('use every form of statement and expression', () => {
    const table = [...forms].toSorted(([a], [b]) => a.localeCompare(b));
    process.stdout.write(`${table.map(([form, n]) => `${n} ${form}`).join(', ')}\n`);
    expect(table.length).toBe(FORMS);
  });
});
