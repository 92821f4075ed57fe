import { programOf } from './program-writer.ts';
import { compiledOf, type Killing, type Run, runNatively, runOnEngine } from './runs.ts';

/** How many forms of statement and expression the writers know; all of them must be used. */
export const FORMS = 158;

/**
 * How the runs of the program of this seed differ from the native one: not at all. Every program is
 * killed and restored at each commit; some also run without that, to tell two sorts of fault apart.
 */
export async function differencesOf(
  seed: number,
  forms: Map<string, number>,
): Promise<Record<string, Run>> {
  const source = programOf(seed, forms);
  const native = await runNatively(source);
  const compiled = compiledOf(source);
  const killings: Killing[] = [seed % 2 === 0 ? 'deltas' : 'mixed'];
  if (seed % 3 === 1) killings.push('never');
  const different: Record<string, Run> = {};
  for (const killing of killings) {
    const run = runOnEngine(compiled, killing);
    if (JSON.stringify(run) === JSON.stringify(native)) continue;
    different[`seed ${seed} native`] = native;
    different[`seed ${seed} killed ${killing}`] = run;
  }
  return different;
}
