'use persistent';

import { Awaitable, Condition, PersistentMap } from '#core/persistent/index.ts';

/** A vote as PBFT has them: a digest of 64 digits, a signature of 128. */
export interface Vote {
  readonly from: number;
  readonly digest: string;
  readonly signature: string;
}

/** What a replica has open: a suspended call a slot, and its votes. */
export class Slots {
  readonly open: Slot[] = [];

  fill(count: number, votes: number): void {
    for (let sequence = 0; sequence < count; sequence++) {
      const slot = new Slot(sequence);
      for (let from = 0; from < votes; from++) slot.votes.set(from, voteOf(sequence, from, 0));
      this.open.push(slot);
      void slot.agree();
    }
  }

  /** Changes one vote of one slot. */
  change(round: number): void {
    const slot = this.open[round % this.open.length];
    if (slot === undefined) return;
    const from = round % slot.votes.size;
    slot.votes.set(from, voteOf(slot.sequence, from, round));
  }
}

export class Slot {
  readonly sequence: number;
  readonly votes = new PersistentMap<number, Vote>();
  readonly decided = new Awaitable();

  constructor(sequence: number) {
    this.sequence = sequence;
  }

  async agree(): Promise<number> {
    await this.decided;
    return this.sequence;
  }
}

export function voteOf(sequence: number, from: number, round: number): Vote {
  const digest = `${sequence}.`.padEnd(64, '0');
  return { from, digest, signature: `${sequence}.${from}.${round}.`.padEnd(128, '1') };
}

/** Two calls that wake each other: each step suspends one and lets the other go on. */
export class Relay {
  readonly left = new Condition();
  readonly right = new Condition();
  readonly go = new Condition();
  steps = 0;
  limit = 0;

  async run(own: Condition, other: Condition): Promise<void> {
    while (true) {
      while (this.steps >= this.limit) await this.go.changed();
      this.steps++;
      other.notify();
      await own.changed();
    }
  }

  start(): void {
    void this.run(this.left, this.right);
    void this.run(this.right, this.left);
  }

  /** So many more steps. */
  more(steps: number): void {
    this.limit += steps;
    this.go.notify();
    this.left.notify();
    this.right.notify();
  }
}

export class Ledger {
  readonly entries = new PersistentMap<number, number>();

  fill(count: number): void {
    for (let key = 0; key < count; key++) this.entries.set(key, 0);
  }

  put(round: number): void {
    this.entries.set(round % this.entries.size, round);
  }
}
