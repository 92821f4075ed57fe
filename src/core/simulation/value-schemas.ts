import * as v from 'valibot';

import type { Identity, ProcessId } from '#core/pbft/message.ts';
import { isIdentity, isProcessId } from '#core/pbft/reading.ts';
import { isNatural } from '#core/pbft/terms.ts';

/** A count or an id. */
export const natural = v.pipe(
  v.number(),
  v.check((value) => isNatural(value), 'a natural number'),
);

/** A count of which there is at least one. */
export const positive = v.pipe(
  v.number(),
  v.check((value) => isNatural(value) && value > 0, 'a positive integer'),
);

/** A time in milliseconds. */
export const time = v.pipe(
  v.number(),
  v.check((value) => value >= 0, 'a time, not before 0'),
);

/** A probability. */
export const probability = v.pipe(
  v.number(),
  v.check((value) => value >= 0 && value <= 1, 'a probability, from 0 to 1'),
);

/** Who signs. */
const identity = v.custom<Identity>(isIdentity, 'a process: 0, 1, … or "c0", "c1", …');

/** A replica by its number, its second instance as `t0`, `t1`, …, a client as `c0`, `c1`, … */
export const processId = v.custom<ProcessId>(isProcessId, 'a process: 0, 1, … or "c0", "c1", …');

/** The bounds between which latencies are drawn. */
export const latencySchema = v.pipe(
  v.tuple([time, time]),
  v.check(([lowest, highest]) => lowest >= 1 && highest >= lowest, 'a range from 1 ms up'),
);

/** A link that differs from the others. */
export const linkSchema = v.strictObject({
  from: processId,
  to: processId,
  latencyMs: v.exactOptional(latencySchema),
  loss: v.exactOptional(probability),
  duplicate: v.exactOptional(probability),
});

const messageType = v.picklist([
  'request',
  'pre-prepare',
  'prepare',
  'commit',
  'reply',
  'checkpoint',
  'view-change',
  'new-view',
  'status',
  'fetch',
  'data',
]);

/** An operation by its client and its place. */
export const operationName = v.strictObject({ client: natural, index: natural });

/** Which messages a step speaks of. */
export const matchSchema = v.strictObject({
  type: v.exactOptional(messageType),
  from: v.exactOptional(processId),
  to: v.exactOptional(processId),
  signer: v.exactOptional(identity),
  view: v.exactOptional(natural),
  sequence: v.exactOptional(natural),
  digestOf: v.exactOptional(operationName),
});
