import * as v from 'valibot';

import type { OutsideEntry } from '#core/persistent/samples/outside-world.ts';
import type { Preferences } from '#lab/preferences.ts';

/** What the outside of a sample remembers when the page is gone. */
export interface WorldRecord {
  readonly world: number;
  readonly nowUs: number;
  readonly entries: readonly OutsideEntry[];
}

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));
const schema = v.object({
  world: natural,
  nowUs: natural,
  entries: v.array(
    v.variant('type', [
      v.object({
        type: v.literal('letter'),
        number: natural,
        to: v.string(),
        text: v.string(),
        times: natural,
      }),
      v.object({
        type: v.literal('deed'),
        id: v.string(),
        name: v.string(),
        parameters: v.array(v.string()),
        refused: v.boolean(),
        dueUs: natural,
        times: natural,
      }),
    ]),
  ),
});

/** Undefined when there is none that can be read: then the sample begins anew. */
export function readWorld(storage: Preferences, sample: string): WorldRecord | undefined {
  const text = storage.getItem(keyOf(sample));
  if (text === null) return undefined;
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text);
  return parsed.success ? parsed.output : undefined;
}

/** Kept before the sample is told that the outside has it. */
export function writeWorld(storage: Preferences, sample: string, record: WorldRecord): void {
  storage.setItem(keyOf(sample), JSON.stringify(record));
}

function keyOf(sample: string): string {
  return `pbft-lab:corner:${sample}`;
}
