import { Random } from '#core/base/random.ts';

import type { LiveMix } from './live-report.ts';

/** So many keys are written: a state that does not grow. */
const keys = 64;
const counters = 16;

/** Draws the operations of a run: the same for the same seed, whoever takes them. */
export class OperationMix {
  private readonly mix: LiveMix;
  private readonly random: Random;

  constructor(mix: LiveMix, seed: number) {
    this.mix = mix;
    this.random = new Random(`live ${seed}`);
  }

  next(): string {
    const { mix, random } = this;
    const { put, get, add } = mix;
    const drawn = random.next() * (put + get + add);
    const key = `k${random.integer(0, keys - 1)}`;
    if (drawn < put) return JSON.stringify({ put: [key, `${random.integer(1000, 9999)}`] });
    if (drawn < put + get) return JSON.stringify({ get: key });
    return JSON.stringify({ add: [`n${random.integer(0, counters - 1)}`, 1] });
  }
}
