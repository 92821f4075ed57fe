import { clientOf } from '#core/network/process-order.ts';
import type { MessageHeader, TraceEvent } from '#core/network/trace-event.ts';

/** A message as a person writes it, by its fields (scenario.md, `message` of `send`). */
export type Draft = Readonly<Record<string, unknown>> & { readonly type: string };

/** The types that can be begun from nothing. */
export const draftTypes = [
  'pre-prepare',
  'prepare',
  'commit',
  'checkpoint',
  'reply',
  'view-change',
  'new-view',
  'status',
  'request',
] as const;

type DraftType = (typeof draftTypes)[number];

/** An operation that a client was given. */
export type Submitted = Extract<TraceEvent, { type: 'submitted' }>;

/** A batch names operations by their client and place. */
export interface OperationName {
  readonly client: number;
  readonly index: number;
}

/** What a message may speak of. */
interface Known {
  readonly submitted: readonly Submitted[];
  readonly trace: readonly TraceEvent[];
}

/** The message as it is written. */
export function textOf(draft: Draft): string {
  return JSON.stringify(draft, undefined, 1);
}

/** What is written, if it is an object with a type: then its fields can be changed one by one. */
export function draftIn(text: string): Draft | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isDraft(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isDraft(value: unknown): value is Draft {
  return (
    typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
  );
}

/** The fields that are numbers, to be changed as such. */
export function numbersOf(draft: Draft): readonly (readonly [string, number])[] {
  return Object.entries(draft).flatMap(([field, value]) =>
    typeof value === 'number' && field !== 'replica' && field !== 'signer' ? [[field, value]] : [],
  );
}

/** Another type with what the two have in common. */
export function draftOf(type: DraftType, before: Draft | undefined): Draft {
  const number = (field: string, otherwise: number): number => {
    const value = before?.[field];
    return typeof value === 'number' ? value : otherwise;
  };
  const view = number('view', number('nextView', 0));
  const sequence = number('sequence', 1);
  const about = { client: number('client', 0), timestamp: number('timestamp', 1) };
  const who = signatureOf(before);
  switch (type) {
    case 'pre-prepare':
    case 'prepare':
    case 'commit':
      return { type, view, sequence, ...contentOf(before), ...who };
    case 'checkpoint':
      return { type, sequence, digest: '0'.repeat(64), ...who };
    case 'reply':
      return { type, view, ...about, result: 'made up', ...who };
    case 'view-change':
      return { type, nextView: view + 1, stable: 0, checkpoints: [], prepared: [], ...who };
    case 'new-view':
      return { type, view, viewChanges: [], prePrepares: [] };
    case 'status':
      return { type, view, ...who };
    case 'request':
      return { type, ...about, operation: { put: ['x', 'forged'] }, ...who };
  }
}

function signatureOf(before: Draft | undefined): object {
  const signer = before?.['signer'];
  const replica = before?.['replica'];
  return { ...(signer !== undefined && { signer }), ...(replica !== undefined && { replica }) };
}

function contentOf(before: Draft | undefined): object {
  const operations = before?.['operations'];
  return operations === undefined ? { digest: before?.['digest'] ?? 'null' } : { operations };
}

/** With the name of somebody else under it; its own replica’s if undefined. */
export function inTheNameOf(draft: Draft, name: number | undefined): Draft {
  const { signer: _, replica: __, ...rest } = draft;
  const own: Draft = { ...rest, type: draft.type };
  if (name === undefined) return own;
  // A NEW-VIEW and a REQUEST name no replica; a PRE-PREPARE is its view's primary's by its signature alone.
  const isNamed = !['new-view', 'request', 'pre-prepare'].includes(draft.type);
  return { ...own, ...(isNamed && { replica: name }), signer: name };
}

/** A message like one that was sent, to be changed; undefined for those that are no matter of the hand. */
export function draftLike(header: MessageHeader, sender: number, known: Known): Draft | undefined {
  const draft = likenesses[header.kind]?.(header, known);
  if (draft === undefined || header.signer === sender) return draft;
  return typeof header.signer === 'number'
    ? inTheNameOf(draft, header.signer)
    : { ...draft, signer: header.signer };
}

type Likeness = (header: MessageHeader, known: Known) => Draft;

const likenesses: Partial<Record<MessageHeader['kind'], Likeness>> = {
  'pre-prepare': (header, known) => {
    const operations = operationsIn(header.text, known);
    // Only a proposal carries its operations; votes stand by the digest.
    return operations === undefined ? vote(header) : { ...place(header), operations };
  },
  prepare: vote,
  commit: vote,
  checkpoint: ({ kind: type, sequence = 0, digest }) => ({ type, sequence, digest }),
  reply: ({ text = '', ...header }) => ({
    type: header.kind,
    view: header.view ?? 0,
    ...asked(header),
    result: text,
  }),
  'view-change': ({ kind: type, view = 1 }) => ({
    type,
    nextView: view,
    stable: 0,
    checkpoints: [],
    prepared: [],
  }),
  'new-view': ({ kind: type, view = 1 }, known) => ({
    type,
    view,
    viewChanges: votesFor(view, known),
    prePrepares: [],
  }),
  status: ({ kind: type, view = 0 }) => ({ type, view }),
  request: ({ text = '{}', ...header }) => ({
    type: header.kind,
    ...asked(header),
    operation: JSON.parse(text),
  }),
};

function place({ kind: type, view = 0, sequence = 0 }: MessageHeader): Draft {
  return { type, view, sequence };
}

function vote(header: MessageHeader): Draft {
  return { ...place(header), digest: header.digest ?? 'null' };
}

function asked({ client = 0, timestamp = 0 }: MessageHeader): object {
  return { client, timestamp };
}

/** Which operations a proposal speaks of, from the text that a person reads. */
function operationsIn(
  text: string | undefined,
  { submitted }: Known,
): readonly OperationName[] | undefined {
  let rest = text;
  if (rest === undefined) return undefined;
  const found: OperationName[] = [];
  while (rest !== '') {
    const left: string = rest;
    const next = submitted.find(
      (event) => left.startsWith(event.operation) && !found.some((one) => isNamedBy(one, event)),
    );
    if (next === undefined) return undefined;
    found.push(nameOf(next));
    rest = left.slice(next.operation.length).replace(/^, /, '');
  }
  return found;
}

/** The name of an operation in a batch. */
export function nameOf({ process, index }: Submitted): OperationName {
  return { client: clientOf(process ?? 'c0') ?? 0, index };
}

function isNamedBy({ client, index }: OperationName, event: Submitted): boolean {
  const name = nameOf(event);
  return name.client === client && name.index === index;
}

/** Everybody's VIEW-CHANGE for a view, as it was seen. */
function votesFor(view: number, { trace }: Known): readonly object[] {
  const signers = new Set(
    trace.flatMap((event) =>
      event.type === 'sent' && event.header.kind === 'view-change' && event.header.view === view
        ? [event.header.signer]
        : [],
    ),
  );
  return [...signers].map((signer) => ({ seen: { type: 'view-change', signer, view } }));
}
