'use persistent';

import type { Batch } from '#core/pbft/message.ts';
import type { Digest, SequenceNumber } from '#core/pbft/terms.ts';
import { Awaitable, PersistentMap } from '#core/persistent/index.ts';

/** The batches behind the digests of the window. A batch is kept until every place that holds it is stable. */
export class Bodies {
  readonly held = new PersistentMap<Digest, Batch>();
  /** The highest place that holds the digest. */
  readonly places = new Map<Digest, SequenceNumber>();
  readonly wanted = new Map<Digest, Awaitable<Batch>>();

  /** Keeps the batch of a digest for a place; whoever waits for it goes on. */
  add(digest: Digest, batch: Batch, sequence: SequenceNumber): void {
    const place = this.places.get(digest);
    if (place === undefined || place < sequence) this.places.set(digest, sequence);
    if (!this.held.has(digest)) this.held.set(digest, batch);
    this.wanted.get(digest)?.complete(batch);
    this.wanted.delete(digest);
  }

  /** The batch of a digest, if it is here. */
  get(digest: Digest): Batch | undefined {
    return this.held.get(digest);
  }

  /** The batch of a digest, as soon as it is here. */
  arrival(digest: Digest): Awaitable<Batch> {
    const batch = this.held.get(digest);
    const arrival = this.wanted.get(digest) ?? new Awaitable<Batch>();
    if (batch === undefined) this.wanted.set(digest, arrival);
    else arrival.complete(batch);
    return arrival;
  }

  /** Waits no more for what is not among `missing`. */
  forsake(missing: readonly Digest[]): void {
    for (const digest of this.wanted.keys()) {
      if (!missing.includes(digest)) this.wanted.delete(digest);
    }
  }

  /** Lets go of what no place above `sequence` holds. */
  discard(sequence: SequenceNumber): void {
    for (const [digest, place] of this.places) {
      if (place > sequence) continue;
      this.places.delete(digest);
      this.held.delete(digest);
    }
  }
}
