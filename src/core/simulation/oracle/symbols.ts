/**
 * What the step machine speaks: the messages of PBFT with symbols for what costs time. `by` is a signature that nobody
 * can forge, a digest is the text of what it stands for.
 */

/** ⟨REQUEST, o, t, c⟩ */
export interface SymbolicRequest {
  readonly type: 'request';
  readonly operation: string;
  readonly timestamp: number;
  readonly client: number;
}

/** The requests ordered together. */
export type SymbolicBatch = readonly SymbolicRequest[];

/** ⟨PRE-PREPARE, v, n, d⟩, its batch beside it unless it is a header alone. */
export interface SymbolicPrePrepare {
  readonly type: 'pre-prepare';
  readonly view: number;
  readonly sequence: number;
  readonly digest: string;
  readonly batch?: SymbolicBatch;
  readonly by: number;
}

/** ⟨PREPARE or COMMIT, v, n, d, i⟩ */
export interface SymbolicVote {
  readonly type: 'prepare' | 'commit';
  readonly view: number;
  readonly sequence: number;
  readonly digest: string;
  readonly by: number;
}

/** ⟨CHECKPOINT, n, d, i⟩ */
export interface SymbolicCheckpoint {
  readonly type: 'checkpoint';
  readonly sequence: number;
  readonly digest: string;
  readonly by: number;
}

/** An entry of P. */
export interface SymbolicProof {
  readonly header: SymbolicPrePrepare;
  readonly prepares: readonly SymbolicVote[];
}

/** ⟨VIEW-CHANGE, v, n, C, P, i⟩ */
export interface SymbolicViewChange {
  readonly type: 'view-change';
  readonly view: number;
  readonly stable: number;
  readonly checkpoints: readonly SymbolicCheckpoint[];
  readonly prepared: readonly SymbolicProof[];
  readonly by: number;
}

/** ⟨NEW-VIEW, v, V, O⟩ */
export interface SymbolicNewView {
  readonly type: 'new-view';
  readonly view: number;
  readonly viewChanges: readonly SymbolicViewChange[];
  readonly order: readonly SymbolicPrePrepare[];
  readonly by: number;
}

/** ⟨REPLY, v, t, c, i⟩; results are compared through the digests of checkpoints. */
interface SymbolicReply {
  readonly type: 'reply';
  readonly view: number;
  readonly timestamp: number;
  readonly client: number;
  readonly by: number;
}

/** FETCH of a batch, and DATA that brings it. */
interface SymbolicFetch {
  readonly type: 'fetch';
  readonly digest: string;
  readonly by: number;
}

/** DATA that is a batch. */
export interface SymbolicBody {
  readonly type: 'body';
  readonly digest: string;
  readonly batch: SymbolicBatch;
  readonly by: number;
}

/** DATA that is a decided place, whole. */
export interface SymbolicDecision {
  readonly type: 'decision';
  readonly sequence: number;
  readonly digest: string;
  readonly batch: SymbolicBatch;
  readonly commits: readonly SymbolicVote[];
  readonly by: number;
}

/** Every message that the step machine knows. */
export type SymbolicMessage =
  | SymbolicRequest
  | SymbolicPrePrepare
  | SymbolicVote
  | SymbolicCheckpoint
  | SymbolicViewChange
  | SymbolicNewView
  | SymbolicReply
  | SymbolicFetch
  | SymbolicBody
  | SymbolicDecision;

/** The digest of the null request. */
export const nullSymbol = 'null';

/** The digest of a batch: what is in it. */
export function symbolOf(batch: SymbolicBatch): string {
  return `[${batch.map(({ client, timestamp, operation }) => `c${client}.${timestamp} ${operation}`).join(', ')}]`;
}

/**
 * A message as text, as far as it matters to whom it is told: of a certificate what it proves, not by whose votes,
 * since any quorum is as good.
 */
export function textOf(message: SymbolicMessage): string {
  switch (message.type) {
    case 'request':
      return `request ${symbolOf([message])}`;
    case 'pre-prepare': {
      const { view, sequence, digest, batch, by } = message;
      return `pre-prepare ${view}/${sequence} ${digest} by ${by}${batch === undefined ? ', header' : ''}`;
    }
    case 'prepare':
    case 'commit':
      return `${message.type} ${message.view}/${message.sequence} ${message.digest} by ${message.by}`;
    case 'checkpoint':
      return `checkpoint ${message.sequence} ${message.digest} by ${message.by}`;
    case 'view-change':
      return `view-change ${message.view} from ${message.stable} with ${baggageOf(message)} by ${message.by}`;
    case 'new-view':
      return `new-view ${message.view} with ${orderText(message.order)} of ${message.viewChanges.map(({ by }) => by).join()} by ${message.by}`;
    case 'reply':
      return `reply ${message.view} c${message.client}.${message.timestamp} by ${message.by}`;
    case 'fetch':
      return `fetch ${message.digest} by ${message.by}`;
    case 'body':
      return `body ${message.digest} by ${message.by}`;
    case 'decision':
      return `decision ${message.sequence} ${message.digest} by ${message.by}`;
  }
}

/** What a VIEW-CHANGE takes along. */
export function baggageOf({ prepared }: SymbolicViewChange): string {
  const entries = prepared.map(
    ({ header }) => `${header.sequence}: ${header.digest} of view ${header.view}`,
  );
  return entries.length === 0 ? 'nothing' : entries.join('; ');
}

/** O of a NEW-VIEW. */
export function orderText(order: readonly SymbolicPrePrepare[]): string {
  const entries = order.map(({ sequence, digest }) => `${sequence}: ${digest}`);
  return entries.length === 0 ? 'an empty order' : entries.join('; ');
}
