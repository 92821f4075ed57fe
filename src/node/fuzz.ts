import process from 'node:process';
import { parseArgs } from 'node:util';

import { differencesOf, FORMS } from '#core/persistent/compiler/fuzz/differences.ts';

const usage = 'npm run -s fuzz -- [--programs COUNT] [--seed FIRST]';

/**
 * Runs random programs natively and on the engine, killed at every commit, and prints what it found as
 * JSON. The exit code: 0 all the same, 1 some differ or a form was never used, 2 bad input.
 */
export async function main(args: readonly string[]): Promise<number> {
  const options = { programs: { type: 'string' }, seed: { type: 'string' } } as const;
  const { values } = parseArgs({ args: [...args], options });
  const [programs, seed] = [Number(values.programs ?? 1000), Number(values.seed ?? 1)];
  if (!isCount(programs) || !isCount(seed)) {
    process.stderr.write(`${usage}\n`);
    return 2;
  }
  const forms = new Map<string, number>();
  const differ: { seed: number; how: unknown }[] = [];
  for (let i = seed; i < seed + programs; i++) {
    const how = await verdictOn(i, forms);
    if (how === undefined) continue;
    differ.push({ seed: i, how });
    process.stderr.write(`seed ${i} differs\n`);
  }
  const used = [...forms].toSorted(([a], [b]) => a.localeCompare(b));
  const unused = FORMS - forms.size;
  const found = { format: 'pbft-lab/fuzz@1', programs, seed, differ, unused };
  process.stdout.write(
    `${JSON.stringify({ ...found, forms: Object.fromEntries(used) }, undefined, 2)}\n`,
  );
  return differ.length === 0 && unused === 0 ? 0 : 1;
}

/** How the program differs; a program that does not compile or breaks the engine differs, too. */
async function verdictOn(seed: number, forms: Map<string, number>): Promise<unknown> {
  try {
    const differences = await differencesOf(seed, forms);
    return Object.keys(differences).length === 0 ? undefined : differences;
  } catch (error) {
    return String(error);
  }
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0;
}
