'use persistent';

import type { RootData, StatePlace } from '#core/pbft/message.ts';
import { type FetchedState, nodeKey } from '#core/pbft/state-fetch.ts';
import type { TransferTarget } from '#core/pbft/state-transfer.ts';
import type { Chunk } from '#core/pbft/state-tree.ts';
import type { Digest } from '#core/pbft/terms.ts';
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
  /** What is asked for and not here. */
  readonly asked = new Set<string>();
  /** Everything that was asked for is here. */
  readonly answered = new Condition();

  constructor(target: TransferTarget) {
    this.target = target;
  }

  /** A piece is here. */
  settle(place: PieceName): void {
    this.asked.delete(placeKey(place));
    if (this.asked.size === 0) this.answered.notify();
  }
}

/** Names a piece among those of its state. */
export function placeKey({ kind, level = 0, index = 0 }: PieceName): string {
  return `${kind} ${nodeKey({ level, index })}`;
}
