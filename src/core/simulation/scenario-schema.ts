import * as v from 'valibot';

import { ablations, defaults } from '#core/pbft/configuration.ts';

import { stepSchema } from './step-schema.ts';
import { linkSchema, latencySchema, natural, positive, probability } from './value-schemas.ts';

const latencyMsDefault: [number, number] = [10, 30];

const untilMsDefault = 60_000;

const protocolSchema = v.strictObject({
  checkpointInterval: v.optional(positive, defaults.checkpointInterval),
  logSize: v.optional(positive, defaults.logSize),
  requestTimeoutMs: v.optional(positive, defaults.requestTimeoutMs),
  viewChangeTimeoutMs: v.optional(positive, defaults.viewChangeTimeoutMs),
  resendMs: v.optional(positive, defaults.resendMs),
  clientTimeoutMs: v.optional(positive, defaults.clientTimeoutMs),
  batchMax: v.optional(positive, defaults.batchMax),
  pipeline: v.optional(positive, defaults.pipeline),
});

const networkSchema = v.strictObject({
  latencyMs: v.optional(latencySchema, latencyMsDefault),
  loss: v.optional(probability, 0),
  duplicate: v.optional(probability, 0),
  links: v.optional(v.array(linkSchema), []),
});

const expectSchema = v.strictObject({
  safe: v.exactOptional(v.boolean()),
  live: v.exactOptional(v.boolean()),
  executed: v.exactOptional(natural),
  violations: v.exactOptional(v.array(v.string())),
  view: v.exactOptional(natural),
});

const untilSchema = v.strictObject({
  atMs: v.optional(positive, untilMsDefault),
  executed: v.exactOptional(natural),
  quiet: v.exactOptional(v.literal(true)),
});

/** The structure of pbft-lab/scenario@1, with its defaults. */
export const scenarioSchema = v.strictObject({
  format: v.literal('pbft-lab/scenario@1'),
  name: v.optional(v.string(), ''),
  about: v.optional(v.string(), ''),
  seed: v.optional(natural, defaults.seed),
  replicas: v.optional(positive, defaults.n),
  f: v.exactOptional(natural),
  clients: v.optional(positive, defaults.clients),
  service: v.optional(v.picklist(['key-value', 'bank', 'list']), 'key-value'),
  protocol: v.optional(protocolSchema, {}),
  network: v.optional(networkSchema, {}),
  ablation: v.optional(v.array(v.picklist(ablations)), []),
  steps: v.optional(v.array(stepSchema), []),
  until: v.optional(untilSchema, {}),
  expect: v.optional(expectSchema, { safe: true }),
});

/** A scenario as a person writes it: what has a default may be absent. */
export type ScenarioSource = v.InferInput<typeof scenarioSchema>;
