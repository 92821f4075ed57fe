import * as v from 'valibot';

import type { Condition } from './scenario.ts';
import { matchSchema, natural } from './value-schemas.ts';

const milestone = v.picklist([
  'pre-prepared',
  'prepared',
  'committed',
  'executed',
  'checkpoint',
  'stable',
  'view-change',
  'new-view',
]);

const reaches = v.strictObject({
  replica: natural,
  reaches: milestone,
  sequence: v.exactOptional(natural),
  view: v.exactOptional(natural),
});

/** The kinds of condition, each with the field that tells it from the others. */
const kinds: readonly (readonly [string, v.GenericSchema<unknown, Condition>])[] = [
  ['reaches', reaches],
  ['executed', v.strictObject({ replica: natural, executed: natural })],
  ['answered', v.strictObject({ client: natural, answered: natural })],
  ['sent', v.strictObject({ sent: matchSchema })],
  ['delivered', v.strictObject({ delivered: matchSchema })],
  ['quiet', v.strictObject({ quiet: v.literal(true) })],
  ['view', v.strictObject({ replica: natural, view: natural })],
];

const turns: readonly (readonly [string, v.GenericSchema<unknown, Condition>])[] = [
  ['replica', v.strictObject({ replica: natural, turn: natural })],
  ['twin', v.strictObject({ twin: natural, turn: natural })],
  ['client', v.strictObject({ client: natural, turn: natural })],
];

/** Something that can become true. */
export const conditionSchema: v.GenericSchema<unknown, Condition> = v.lazy((input: unknown) => {
  if (typeof input !== 'object' || input === null) return reaches;
  const of = 'turn' in input ? turns : kinds;
  return of.find(([field]) => field in input)?.[1] ?? reaches;
});
