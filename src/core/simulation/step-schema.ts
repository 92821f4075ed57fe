import * as v from 'valibot';

import { clientBehaviourNames, replicaBehaviourNames } from '#core/replica/byzantine/catalogue.ts';

import { conditionSchema } from './condition-schema.ts';
import { literalSchema } from './literal-schema.ts';
import type { Deed } from './scenario.ts';
import {
  latencySchema,
  linkSchema,
  matchSchema,
  natural,
  positive,
  probability,
  processId,
  time,
} from './value-schemas.ts';

const when = {
  at: v.exactOptional(time),
  when: v.exactOptional(conditionSchema),
  after: v.exactOptional(time),
};

const who = { replica: v.exactOptional(natural), client: v.exactOptional(natural) };

/** A replica, its second instance, or a client. */
const process = { ...who, twin: v.exactOptional(natural) };

const rule = { match: v.optional(matchSchema, {}), count: v.exactOptional(positive), ...when };

/** A step: what is done, and when. */
export const stepSchema = v.variant('do', [
  v.strictObject({
    do: v.literal('submit'),
    client: v.exactOptional(natural),
    operation: v.record(v.string(), v.unknown()),
    ...when,
  }),
  v.strictObject({
    do: v.literal('crash'),
    point: v.exactOptional(v.picklist(['now', 'before-commit', 'after-commit', 'after-send'])),
    ...process,
    ...when,
  }),
  v.strictObject({
    do: v.literal('restart'),
    disk: v.exactOptional(v.picklist(['kept', 'wiped', 'lose-last', 'corrupt', 'older', 'rotten'])),
    record: v.exactOptional(positive),
    commits: v.exactOptional(positive),
    from: v.exactOptional(time),
    ...process,
    ...when,
  }),
  v.strictObject({ do: v.literal('pause'), ...process, ...when }),
  v.strictObject({ do: v.literal('resume'), ...process, ...when }),
  v.strictObject({
    do: v.literal('byzantine'),
    behaviour: v.picklist(['correct', ...replicaBehaviourNames, ...clientBehaviourNames]),
    targets: v.exactOptional(v.array(processId)),
    split: v.exactOptional(v.array(natural)),
    ms: v.exactOptional(time),
    with: v.exactOptional(natural),
    count: v.exactOptional(positive),
    how: v.exactOptional(v.string()),
    ...who,
    ...when,
  }),
  v.strictObject({
    do: v.literal('partition'),
    groups: v.exactOptional(v.array(v.array(processId))),
    cut: v.exactOptional(v.array(v.tuple([processId, processId]))),
    ...when,
  }),
  v.strictObject({ do: v.literal('heal'), ...when }),
  v.strictObject({ do: v.literal('timeout'), replica: natural, ...when }),
  v.strictObject({
    do: v.literal('network'),
    latencyMs: v.exactOptional(latencySchema),
    loss: v.exactOptional(probability),
    duplicate: v.exactOptional(probability),
    links: v.exactOptional(v.array(linkSchema)),
    ...when,
  }),
  v.strictObject({ do: v.literal('drop'), ...rule }),
  v.strictObject({ do: v.literal('duplicate'), ...rule }),
  v.strictObject({ do: v.literal('hold'), ...rule }),
  v.strictObject({ do: v.literal('delay'), ms: time, ...rule }),
  v.strictObject({ do: v.literal('release'), match: v.exactOptional(matchSchema), ...when }),
  v.strictObject({
    do: v.literal('message'),
    message: natural,
    deed: v.picklist(['hold', 'release', 'drop', 'duplicate', 'delay', 'deliver']),
    ms: v.exactOptional(time),
    ...when,
  }),
  v.strictObject({
    do: v.literal('send'),
    replica: natural,
    to: v.union([processId, v.array(processId)]),
    message: literalSchema,
    ...when,
  }),
  v.strictObject({
    do: v.literal('expectHere'),
    safe: v.exactOptional(v.boolean()),
    executed: v.exactOptional(natural),
    view: v.exactOptional(natural),
    state: v.exactOptional(v.record(v.string(), v.unknown())),
    ...when,
  }),
  v.strictObject({
    do: v.literal('say'),
    title: v.string(),
    text: v.string(),
    question: v.exactOptional(v.string()),
    ...when,
  }),
]) satisfies v.GenericSchema<unknown, Deed>;
