import { compoundForms } from './compound-writer.ts';
import { simpleForms } from './simple-writer.ts';
import type { Place, Writer } from './writer.ts';

/** A list of statements; declarations become visible to the later ones. */
export function statements(w: Writer, at: Place, count: number): string {
  const out: string[] = [];
  for (let i = 0; i < count; i++) out.push(statement(w, at));
  return out.join('\n');
}

function statement(w: Writer, at: Place): string {
  if (at.depth <= 0) return `log(${w.tag()}, ${w.numeric(at)});`;
  const simple = w.chance(55);
  const result = simple ? w.one(simpleForms(w, at)) : w.one(compoundForms(w, at));
  if (at.jumps.breaks.length + at.jumps.continues.length === 0 || !w.chance(12)) return result;
  return `${result}\n${jump(w, at)}`;
}

function jump(w: Writer, at: Place): string {
  const { breaks, continues } = at.jumps;
  const to: string[] = [
    ...breaks.map((l) => `break ${l}`),
    ...continues.map((l) => `continue ${l}`),
  ];
  const chosen = w.pick(to);
  w.count(chosen.includes(' L') ? chosen.replace(/ L.*/, ' label') : chosen.trim());
  return `if (${w.numeric({ ...at, depth: 1 })} > 3) ${chosen};`;
}
