import { describe, expect, it } from 'vitest';

import { AssertionError } from '#core/base/assert.ts';

import { compilerWith, within } from './mutant-compiler.ts';
import { MUTANTS } from './mutants.ts';
import { PROGRAMS } from './named-programs.ts';
import { programOf } from './program-writer.ts';
import { compiledOf, type Compiler, type Run, runNatively, runOnEngine } from './runs.ts';

/** So many random programs must be enough to find any fault that no named one finds. */
const SEEDS = 25;
const PROGRAM_MS_MAX = 2_000;
const MUTANT_MS_MAX = 60_000;

/** A contradiction inside of `try`: no catch and no finally may hide it. */
const CONTRADICTIONS = [
  'try { contradict(); } catch { log(1, 0); }',
  'try { contradict(); } catch { await sleep(1); }',
  'try { contradict(); } finally { log(1, 0); }',
].map((text) => `'use persistent'; async function main() { ${text} await sleep(1); }`);

interface Subject {
  readonly name: string;
  readonly source: string;
  native?: Run;
}

const subjects: Subject[] = [
  ...PROGRAMS.map(([name, source]) => ({ name, source: `'use persistent';\n${source}` })),
  ...Array.from({ length: SEEDS }, (_, i) => ({
    name: `seed ${i + 1}`,
    source: programOf(i + 1, new Map()),
  })),
];

/** What finds the compiler wrong; undefined when nothing does. */
async function finder(compiler: Compiler): Promise<string | undefined> {
  if (CONTRADICTIONS.some((source) => hides(source, compiler))) return 'a contradiction';
  for (const subject of subjects) {
    subject.native ??= await runNatively(subject.source);
    if (!runsAs(subject.native, subject.source, compiler)) return subject.name;
  }
  return undefined;
}

function runsAs(native: Run, source: string, compiler: Compiler): boolean {
  let run: Run | undefined;
  try {
    within(PROGRAM_MS_MAX, () => {
      run = runOnEngine(compiledOf(source, compiler), 'deltas');
    });
  } catch {
    // A program that does not load, is refused by the engine or does not end is found wrong, too.
    return false;
  }
  return JSON.stringify(run) === JSON.stringify(native);
}

function hides(source: string, compiler: Compiler): boolean {
  let caught: unknown;
  const program = compiledOf(source, compiler);
  try {
    runOnEngine(program, 'deltas');
  } catch (error) {
    caught = error;
  }
  return !(caught instanceof AssertionError) || program.trace.length > 0;
}

const table: string[] = [];

describe('[C1] a fault of the compiler is found:', () => {
  it('none in the compiler as it is', { timeout: MUTANT_MS_MAX }, async () => {
    expect(await finder(await compilerWith(undefined))).toBeUndefined();
  });

  it.each(MUTANTS)('$name', { timeout: MUTANT_MS_MAX }, async (mutant) => {
    const found = await finder(await compilerWith(mutant));
    table.push(`${mutant.file.padEnd(22)} ${mutant.name.padEnd(52)} ${found ?? 'NOT FOUND'}`);
    expect(found).toBeDefined();
  });

  it('prints the table', () => {
    process.stdout.write(`${table.join('\n')}\n`);
    expect(table.length).toBe(MUTANTS.length);
  });
});
