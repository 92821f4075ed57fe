import { differencesOf, FORMS } from '#core/persistent/compiler/fuzz/differences.ts';

import { argumentsIn, laterExitCodeOf, numberIn, terminal, type Terminal } from './command.ts';

const usage = 'npm run -s fuzz -- [--programs COUNT] [--seed FIRST]';

/**
 * Runs random programs natively and on the engine, killed at every commit, and prints what it found as
 * JSON. The exit code: 0 all the same, 1 some differ or a form was never used, 2 bad input.
 */
export function main(args: readonly string[], on: Terminal = terminal): Promise<number> {
  return laterExitCodeOf(on, () => run(args, on));
}

async function run(args: readonly string[], { out, err }: Terminal): Promise<number> {
  const options = { programs: { type: 'string' }, seed: { type: 'string' } } as const;
  const { values } = argumentsIn({ args: [...args], options }, usage);
  const programs = numberIn('programs', values.programs ?? '1000', 1);
  const seed = numberIn('seed', values.seed ?? '1', 1);
  const forms = new Map<string, number>();
  const differ: { seed: number; how: unknown }[] = [];
  for (let i = seed; i < seed + programs; i++) {
    const how = await verdictOn(i, forms);
    if (how === undefined) continue;
    differ.push({ seed: i, how });
    err(`seed ${i} differs\n`);
  }
  const used = [...forms].toSorted(([a], [b]) => a.localeCompare(b));
  const unused = FORMS - forms.size;
  const found = { format: 'pbft-lab/fuzz@1', programs, seed, differ, unused };
  out(`${JSON.stringify({ ...found, forms: Object.fromEntries(used) }, undefined, 2)}\n`);
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
