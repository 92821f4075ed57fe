'use persistent';

import type { RootData, StatePlace } from '#core/pbft/message.ts';
import { type FetchedState, nodeKey } from '#core/pbft/state-fetch.ts';
import type { TransferTarget } from '#core/pbft/state-transfer.ts';
import type { Chunk } from '#core/pbft/state-tree.ts';
import type { Digest, ReplicaId } from '#core/pbft/terms.ts';
import { Condition, PersistentMap } from '#core/persistent/index.ts';

/** What is here of a state, beside the own one until it is whole. */
export class Fetched implements FetchedState {
  readonly root: RootData;
  readonly nodes = new PersistentMap<string, readonly Digest[]>();
  readonly chunks = new PersistentMap<number, Chunk>();

  constructor(root: RootData) {
    this.root = root;
  }
}

/** What tells the pieces of one state apart. */
interface PieceName extends Pick<StatePlace, 'kind'> {
  readonly level?: number;
  readonly index?: number;
}

/** The fetching of one state. */
export class Transfer {
  readonly target: TransferTarget;
  fetched: Fetched | undefined = undefined;
  /** Chunks that were fetched for a state which is not wanted any more: most are the same in the next one. */
  readonly spare: readonly Chunk[];
  /** How many chunks were here already. */
  kept = 0;
  /** What is asked for and not here. */
  readonly asked = new Set<string>();
  /** Who has sent a wrong piece: it is asked no more. */
  readonly liars = new Set<ReplicaId>();
  /** Everything that was asked for is here, or will not come from who was asked. */
  readonly answered = new Condition();

  constructor(target: TransferTarget, before: Transfer | undefined) {
    this.target = target;
    this.spare = before === undefined ? [] : before.chunks();
    for (const liar of before?.liars ?? []) this.liars.add(liar);
  }

  /** A piece is here. */
  settle(place: PieceName): void {
    this.asked.delete(placeKey(place));
    if (this.asked.size === 0) this.answered.notify();
  }

  /** Somebody has sent a piece that is not what the tree says. */
  distrust(source: ReplicaId): void {
    if (this.liars.has(source)) return;
    this.liars.add(source);
    this.answered.notify();
  }

  /** All chunks that are here, each verified. */
  chunks(): readonly Chunk[] {
    return [...this.spare, ...(this.fetched?.chunks.values() ?? [])];
  }
}

/** Names a piece among those of its state. */
export function placeKey({ kind, level = 0, index = 0 }: PieceName): string {
  return `${kind} ${nodeKey({ level, index })}`;
}
