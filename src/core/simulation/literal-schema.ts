import * as v from 'valibot';

import type { MessageType } from '#core/pbft/message.ts';
import { isClientId, isTimestamp, type ClientId, type Timestamp } from '#core/pbft/terms.ts';

import type { LiteralMessage, LiteralProof } from './literal-message.ts';
import { matchSchema, natural, operationName, processId } from './value-schemas.ts';

type Literal = v.GenericSchema<unknown, LiteralMessage>;

/** A message of any type, written by hand or seen. */
export const literalSchema = nested();

const hexadecimal = '64 hexadecimal digits in lower case';

const digest = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, hexadecimal));

const digestOrNull = v.pipe(
  v.string(),
  v.regex(/^(?:[0-9a-f]{64}|null)$/, `${hexadecimal}, or "null"`),
);

const signing = {
  signer: v.exactOptional(processId),
  signature: v.exactOptional(v.literal('bad')),
};

const named = { replica: v.exactOptional(natural), ...signing };

const content = {
  digest: v.exactOptional(digestOrNull),
  operations: v.exactOptional(v.array(operationName)),
};

const state = { sequence: natural, digest };

const slot = { view: natural, sequence: natural, ...content, ...named };

const stateItem = v.union(
  [
    v.tuple([v.string(), v.string()]),
    v.tuple([v.custom<ClientId>(isClientId), v.custom<Timestamp>(isTimestamp), v.string()]),
  ],
  'a key and its value, or a client, its timestamp and its result',
);

const fetch = { type: v.literal('fetch'), ...named };

const fetchSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('body'), ...content, ...fetch }),
  v.strictObject({ kind: v.literal('echo'), incarnation: natural, ...fetch }),
  v.strictObject({ kind: v.literal('root'), ...state, ...fetch }),
  v.strictObject({ kind: v.literal('node'), ...state, level: natural, index: natural, ...fetch }),
  v.strictObject({ kind: v.literal('chunk'), ...state, index: natural, ...fetch }),
]);

const data = { type: v.literal('data'), ...named };

const ownWords = ['pre-prepare', 'prepare', 'commit', 'checkpoint', 'view-change'] as const;

const dataSchema = v.variant('kind', [
  v.strictObject({
    kind: v.literal('slot'),
    sequence: natural,
    commits: v.array(nested('commit')),
    ...content,
    ...data,
  }),
  v.strictObject({ kind: v.literal('body'), ...content, ...data }),
  v.strictObject({
    kind: v.literal('echo'),
    incarnation: natural,
    messages: v.array(nested(...ownWords)),
    ...data,
  }),
  v.strictObject({
    kind: v.literal('root'),
    ...state,
    executed: natural,
    chunks: natural,
    children: v.array(digest),
    ...data,
  }),
  v.strictObject({
    kind: v.literal('node'),
    ...state,
    level: natural,
    index: natural,
    children: v.array(digest),
    ...data,
  }),
  v.strictObject({
    kind: v.literal('chunk'),
    ...state,
    index: natural,
    items: v.array(stateItem),
    ...data,
  }),
]);

const proof: v.GenericSchema<unknown, LiteralProof> = v.strictObject({
  prePrepare: nested('pre-prepare'),
  prepares: v.array(nested('prepare')),
});

const written = {
  request: v.strictObject({
    type: v.literal('request'),
    client: natural,
    timestamp: natural,
    operation: v.record(v.string(), v.unknown()),
    ...named,
  }),
  'pre-prepare': v.strictObject({ type: v.literal('pre-prepare'), ...slot }),
  prepare: v.strictObject({ type: v.literal('prepare'), ...slot }),
  commit: v.strictObject({ type: v.literal('commit'), ...slot }),
  reply: v.strictObject({
    type: v.literal('reply'),
    view: natural,
    client: natural,
    timestamp: natural,
    result: v.string(),
    ...named,
  }),
  checkpoint: v.strictObject({
    type: v.literal('checkpoint'),
    sequence: natural,
    ...content,
    ...named,
  }),
  'view-change': v.strictObject({
    type: v.literal('view-change'),
    nextView: natural,
    stable: v.optional(natural, 0),
    checkpoints: v.optional(v.array(nested('checkpoint')), []),
    prepared: v.optional(v.array(proof), []),
    ...named,
  }),
  'new-view': v.strictObject({
    type: v.literal('new-view'),
    view: natural,
    viewChanges: v.array(nested('view-change')),
    prePrepares: v.optional(v.array(nested('pre-prepare')), []),
    ...signing,
  }),
  status: v.strictObject({
    type: v.literal('status'),
    view: natural,
    phase: v.optional(v.picklist(['normal', 'changing-view', 'learner']), 'normal'),
    lowWatermark: v.optional(natural, 0),
    lastExecuted: v.optional(natural, 0),
    hasNewView: v.optional(v.boolean(), true),
    prePrepared: v.optional(v.array(natural), []),
    prepared: v.optional(v.array(natural), []),
    committed: v.optional(v.array(natural), []),
    viewChanges: v.optional(v.array(natural), []),
    missing: v.optional(v.array(digest), []),
    ...named,
  }),
  fetch: fetchSchema,
  data: dataSchema,
} satisfies Readonly<Record<MessageType, v.GenericSchema<unknown, LiteralMessage>>>;

const anyType: Literal = v.variant('type', [
  written.request,
  written['pre-prepare'],
  written.prepare,
  written.commit,
  written.reply,
  written.checkpoint,
  written['view-change'],
  written['new-view'],
  written.status,
  written.fetch,
  written.data,
]);

const seen = v.strictObject({ seen: matchSchema });

/** A message of one of these types, or of any; lazy, since messages contain messages. */
function nested(...types: readonly MessageType[]): Literal {
  return v.lazy((input: unknown): Literal => {
    if (typeof input === 'object' && input !== null && 'seen' in input) return seen;
    const [first, ...others] = types.map((type) => written[type]);
    return first === undefined ? anyType : v.variant('type', [first, ...others]);
  });
}
