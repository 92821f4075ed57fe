import type { Match, OperationName } from '#core/network/match.ts';
import type { ProcessId, StateItem } from '#core/pbft/message.ts';

import type { Operation } from './scenario.ts';

/**
 * A message that a Byzantine replica sends as written. A batch is written as the operations that it holds; where a
 * message carries only a digest they stand for it. With both, the digest is the one given. What a message contains
 * is written in the same way.
 */
export type LiteralMessage = SeenMessage | WrittenMessage;

/** The first message so far that matches, byte for byte; inside another one, of the type that belongs there. */
interface SeenMessage {
  readonly seen: Match;
}

/** A message by its type and fields, as they are in `core/pbft/message.ts`; signed with its replica's key. */
export type WrittenMessage = WrittenBody & {
  /** In whose name: somebody else's has a signature that does not verify, for want of the key. */
  readonly signer?: ProcessId;
  /** Signed, but badly. */
  readonly signature?: 'bad';
};

/** The messages that name their sender. */
interface Named {
  /** Default: the replica that sends it. */
  readonly replica?: number;
}

/** What a message is about. */
export interface LiteralContent {
  /** 64 hexadecimal digits, or `"null"`: that of the null request. */
  readonly digest?: string;
  readonly operations?: readonly OperationName[];
}

/** A state by its sequence number and digest. */
interface LiteralState {
  readonly sequence: number;
  readonly digest: string;
}

type WrittenBody =
  | (Named & WrittenAgreement)
  | (Named & WrittenRepair)
  | {
      readonly type: 'new-view';
      readonly view: number;
      readonly viewChanges: readonly LiteralMessage[];
      readonly prePrepares: readonly LiteralMessage[];
    };

type WrittenAgreement =
  | {
      readonly type: 'request';
      readonly client: number;
      readonly timestamp: number;
      readonly operation: Operation;
    }
  | ({
      readonly type: 'pre-prepare' | 'prepare' | 'commit';
      readonly view: number;
      readonly sequence: number;
    } & LiteralContent)
  | ({ readonly type: 'checkpoint'; readonly sequence: number } & LiteralContent)
  | {
      readonly type: 'reply';
      readonly view: number;
      readonly client: number;
      readonly timestamp: number;
      readonly result: string;
    }
  | {
      readonly type: 'view-change';
      readonly nextView: number;
      readonly stable: number;
      readonly checkpoints: readonly LiteralMessage[];
      readonly prepared: readonly LiteralProof[];
    };

/** An entry of P. */
export interface LiteralProof {
  readonly prePrepare: LiteralMessage;
  readonly prepares: readonly LiteralMessage[];
}

type WrittenRepair =
  | {
      readonly type: 'status';
      readonly view: number;
      readonly phase: 'normal' | 'changing-view' | 'learner';
      readonly lowWatermark: number;
      readonly lastExecuted: number;
      readonly hasNewView: boolean;
      readonly prePrepared: readonly number[];
      readonly prepared: readonly number[];
      readonly committed: readonly number[];
      readonly viewChanges: readonly number[];
      readonly missing: readonly string[];
    }
  | ({ readonly type: 'fetch' } & WrittenFetch)
  | ({ readonly type: 'data' } & WrittenData);

type WrittenFetch =
  | ({ readonly kind: 'body' } & LiteralContent)
  | { readonly kind: 'echo'; readonly incarnation: number }
  | ({ readonly kind: 'root' } & LiteralState)
  | ({ readonly kind: 'node'; readonly level: number; readonly index: number } & LiteralState)
  | ({ readonly kind: 'chunk'; readonly index: number } & LiteralState);

type WrittenData =
  | ({
      readonly kind: 'slot';
      readonly sequence: number;
      readonly commits: readonly LiteralMessage[];
    } & LiteralContent)
  | ({ readonly kind: 'body' } & LiteralContent)
  | {
      readonly kind: 'echo';
      readonly incarnation: number;
      readonly messages: readonly LiteralMessage[];
    }
  | ({
      readonly kind: 'root';
      readonly executed: number;
      readonly chunks: number;
      readonly children: readonly string[];
    } & LiteralState)
  | ({
      readonly kind: 'node';
      readonly level: number;
      readonly index: number;
      readonly children: readonly string[];
    } & LiteralState)
  | ({
      readonly kind: 'chunk';
      readonly index: number;
      readonly items: readonly StateItem[];
    } & LiteralState);
