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

/** A prepared certificate as it travels: the header of a PRE-PREPARE and Q - 1 PREPAREs of different backups. */
export interface PreparedProof {
  readonly prePrepare: Signed<PrePrepare>;
  readonly prepares: readonly Signed<Prepare>[];
}

/** ⟨VIEW-CHANGE, v+1, n, C, P, i⟩, §4.4: what its sender takes along into the next view. */
export interface ViewChange {
  readonly type: 'view-change';
  readonly nextView: View;
  /** n: its sender's last stable checkpoint, h. */
  readonly stable: SequenceNumber;
  /** C: the Q CHECKPOINTs that prove it; none at zero. */
  readonly checkpoints: readonly Signed<Checkpoint>[];
  /** P: of every place above h that ever prepared at its sender, the proof of the highest view; rising. */
  readonly prepared: readonly PreparedProof[];
  readonly replica: ReplicaId;
}

/** ⟨NEW-VIEW, v+1, V, O⟩, §4.4, of the primary of `view`. It proves itself: O follows from V. */
export interface NewView {
  readonly type: 'new-view';
  readonly view: View;
  /** V: VIEW-CHANGEs for this view of at least Q different replicas. */
  readonly viewChanges: readonly Signed<ViewChange>[];
  /** O: the headers with which the view begins, rising. */
  readonly prePrepares: readonly Signed<PrePrepare>[];
}

/** STATUS (pbft.md 1.14): what this replica has, so that any other can send what it lacks. */
export interface Status {
  readonly type: 'status';
  /** While it changes views, the view it wants. */
  readonly view: View;
  readonly phase: 'normal' | 'changing-view' | 'learner';
  readonly lowWatermark: SequenceNumber;
  readonly lastExecuted: SequenceNumber;
  /** Whether it has what `view` began with; view 0 needs no NEW-VIEW. */
  readonly hasNewView: boolean;
  /** Sequence numbers in the window above `lastExecuted` with an accepted pre-prepare and its body. */
  readonly prePrepared: readonly SequenceNumber[];
  /** Those that are prepared. */
  readonly prepared: readonly SequenceNumber[];
  /** Those that are committed. */
  readonly committed: readonly SequenceNumber[];
  /** While it changes views: whose VIEW-CHANGEs for `view` it holds, its own included; rising. */
  readonly viewChanges: readonly ReplicaId[];
  /** The batches that it needs and does not have. */
  readonly missing: readonly Digest[];
  readonly replica: ReplicaId;
}

/** FETCH (pbft.md 1.15, 1.16): asks one replica for one thing; DATA is the answer. */
export type Fetch =
  | BodyFetch
  | EchoFetch
  | (StatePlace & { readonly type: 'fetch'; readonly replica: ReplicaId });

/** Asks for the batch behind a digest. */
interface BodyFetch {
  readonly type: 'fetch';
  readonly kind: 'body';
  readonly digest: Digest;
  readonly replica: ReplicaId;
}

/** Asks, after a restart, for the last that the asked one holds of the asking one's own words. */
interface EchoFetch {
  readonly type: 'fetch';
  readonly kind: 'echo';
  readonly incarnation: number;
  readonly replica: ReplicaId;
}

/** A piece of the state with this digest after this sequence number: the root of its tree, a node, or a chunk. */
export type StatePlace =
  | { readonly kind: 'root'; readonly sequence: SequenceNumber; readonly digest: Digest }
  | {
      readonly kind: 'node';
      readonly sequence: SequenceNumber;
      readonly digest: Digest;
      /** 1 below the root, rising towards the chunks. */
      readonly level: number;
      readonly index: number;
    }
  | {
      readonly kind: 'chunk';
      readonly sequence: SequenceNumber;
      readonly digest: Digest;
      readonly index: number;
    };

/** DATA (pbft.md 1.14-1.16): what another replica lacks, or asked for. Its content proves itself. */
export type Data = SlotData | BodyData | EchoData | RootData | NodeData | ChunkData;

/** A decided slot, whole (pbft.md 1.5, 1.14): its body and the Q COMMITs that decide it in any view. */
export interface SlotData {
  readonly type: 'data';
  readonly kind: 'slot';
  readonly sequence: SequenceNumber;
  readonly digest: Digest;
  readonly batch: Batch;
  readonly commits: readonly Signed<Commit>[];
  readonly replica: ReplicaId;
}

/** The batch behind a digest. */
export interface BodyData {
  readonly type: 'data';
  readonly kind: 'body';
  readonly digest: Digest;
  readonly batch: Batch;
  readonly replica: ReplicaId;
}

/** The asking replica's own words, as far as the answering one holds them: of each type the last. */
export interface EchoData {
  readonly type: 'data';
  readonly kind: 'echo';
  readonly incarnation: number;
  readonly messages: readonly Signed<OwnWord>[];
  readonly replica: ReplicaId;
}

/** What a replica must remember to have said (pbft.md 1.16). */
export type OwnWord = PrePrepare | Prepare | Commit | Checkpoint | ViewChange;

/** The root of a state's tree: with it, sizes are known. */
export interface RootData {
  readonly type: 'data';
  readonly kind: 'root';
  readonly sequence: SequenceNumber;
  readonly digest: Digest;
  /** Client operations reflected in the state. */
  readonly executed: number;
  /** How many chunks the state has. */
  readonly chunks: number;
  readonly children: readonly Digest[];
  readonly replica: ReplicaId;
}

/** A node of a state's tree between root and chunks. */
export interface NodeData {
  readonly type: 'data';
  readonly kind: 'node';
  readonly sequence: SequenceNumber;
  readonly digest: Digest;
  readonly level: number;
  readonly index: number;
  readonly children: readonly Digest[];
  readonly replica: ReplicaId;
}

/** A chunk of a state. */
export interface ChunkData {
  readonly type: 'data';
  readonly kind: 'chunk';
  readonly sequence: SequenceNumber;
  readonly digest: Digest;
  readonly index: number;
  readonly items: readonly StateItem[];
  readonly replica: ReplicaId;
}

/** An entry of the service's state, or a row of the client table. */
export type StateItem =
  | readonly [key: string, value: string]
  | readonly [client: ClientId, timestamp: Timestamp, result: string];

/** Every message, in the order of the paper, then those for repair. */
export type Message =
  | Request
  | PrePrepare
  | Prepare
  | Commit
  | Reply
  | Checkpoint
  | ViewChange
  | NewView
  | Status
  | Fetch
  | Data;

/** The name of a kind of message: identical in code, storage, wire and page. */
export type MessageType = Message['type'];

/** The message named `T`. */
export type MessageOf<T extends MessageType> = Extract<Message, { readonly type: T }>;

/** Who signs: a replica by its number, a client as `c0`, `c1`, … */
export type Identity = number | `c${number}`;

/** A process: an identity, or `t0`, `t1`, … for the second instance of a replica, which signs as that replica. */
export type ProcessId = Identity | `t${number}`;

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
