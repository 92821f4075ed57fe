import type { ClientId, Digest, ReplicaId, SequenceNumber, Timestamp, View } from './terms.ts';

/** ⟨REQUEST, o, t, c⟩: `operation` is the text that the service reads. */
export interface Request {
  readonly type: 'request';
  readonly operation: string;
  readonly timestamp: Timestamp;
  readonly client: ClientId;
}

/** ⟨PRE-PREPARE, v, n, d⟩, the header. Its batch travels beside it, in the packet. */
export interface PrePrepare {
  readonly type: 'pre-prepare';
  readonly view: View;
  readonly sequence: SequenceNumber;
  readonly digest: Digest;
}

/** ⟨PREPARE, v, n, d, i⟩ */
export interface Prepare {
  readonly type: 'prepare';
  readonly view: View;
  readonly sequence: SequenceNumber;
  readonly digest: Digest;
  readonly replica: ReplicaId;
}

/** ⟨COMMIT, v, n, d, i⟩ */
export interface Commit {
  readonly type: 'commit';
  readonly view: View;
  readonly sequence: SequenceNumber;
  readonly digest: Digest;
  readonly replica: ReplicaId;
}

/** ⟨REPLY, v, t, c, i, r⟩ */
export interface Reply {
  readonly type: 'reply';
  readonly view: View;
  readonly timestamp: Timestamp;
  readonly client: ClientId;
  readonly replica: ReplicaId;
  readonly result: string;
}

/** ⟨CHECKPOINT, n, d, i⟩ */
export interface Checkpoint {
  readonly type: 'checkpoint';
  readonly sequence: SequenceNumber;
  readonly digest: Digest;
  readonly replica: ReplicaId;
}

/** STATUS (pbft.md 1.14): what this replica has, so that any other can send what it lacks. */
export interface Status {
  readonly type: 'status';
  readonly view: View;
  readonly phase: 'normal' | 'changing-view' | 'learner';
  readonly lowWatermark: SequenceNumber;
  readonly lastExecuted: SequenceNumber;
  /** Sequence numbers in the window above `lastExecuted` with an accepted pre-prepare and its body. */
  readonly prePrepared: readonly SequenceNumber[];
  /** Those that are prepared. */
  readonly prepared: readonly SequenceNumber[];
  /** Those that are committed. */
  readonly committed: readonly SequenceNumber[];
  readonly replica: ReplicaId;
}

/** A decided slot, whole (pbft.md 1.5, 1.14): its body and the Q COMMITs that decide it in any view. */
export interface Data {
  readonly type: 'data';
  readonly sequence: SequenceNumber;
  readonly digest: Digest;
  readonly batch: Batch;
  readonly commits: readonly Signed<Commit>[];
  readonly replica: ReplicaId;
}

/** Every message, in the order of the paper, then those for repair. */
export type Message = Request | PrePrepare | Prepare | Commit | Reply | Checkpoint | Status | Data;

/** The name of a kind of message: identical in code, storage, wire and page. */
export type MessageType = Message['type'];

/** The message named `T`. */
export type MessageOf<T extends MessageType> = Extract<Message, { readonly type: T }>;

/** Who signs: a replica by its number, a client as `c0`, `c1`, … Also names processes everywhere. */
export type ProcessId = number | `c${number}`;

/**
 * A body with its signature: 128 hexadecimal digits, or `'own'` for a message of this process, which
 * the host signs each time it leaves (Ed25519 is deterministic), or `'bad'` for one that the host gives an invalid signature.
 */
export interface Signed<M extends Message> {
  readonly body: M;
  readonly signer: ProcessId;
  readonly signature: string;
}

/** The requests ordered together in one slot. */
export type Batch = readonly Signed<Request>[];

/** What travels: a signed message, and beside a PRE-PREPARE its batch (a header alone has none). */
export interface Packet {
  readonly signed: Signed<Message>;
  readonly batch?: Batch;
}
