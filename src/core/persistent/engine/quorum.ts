import { assert } from '#core/base/assert.ts';
import { persistable } from '#core/persistent/store/class-kind.ts';
import { PersistentMap } from '#core/persistent/store/persistent-map.ts';

import { Awaitable } from './awaitable.ts';

/** Votes under different keys; completed by the one that makes them enough, with those so far. */
export class Quorum<M> extends Awaitable<readonly M[]> {
  readonly need: number;
  readonly $votes = new PersistentMap<string | number, M>();

  constructor(need: number) {
    super();
    assert(Number.isInteger(need) && need >= 0, `${need} votes cannot be counted`);
    this.need = need;
    if (need === 0) this.complete([]);
  }

  /** All votes, those after completion included. */
  get votes(): ReadonlyMap<string | number, M> {
    return this.$votes;
  }

  /** False if `key` has voted already: its first vote counts. */
  add(key: string | number, vote: M): boolean {
    if (this.$votes.has(key)) return false;
    this.$votes.set(key, vote);
    if (this.$votes.size >= this.need && !this.settled) this.complete([...this.$votes.values()]);
    return true;
  }
}

persistable(Quorum, { id: 'runtime#Quorum' });
