import { assert } from '#core/base/assert.ts';
import { Engine } from '#core/persistent/engine/engine.ts';
import { verifying } from '#core/persistent/store/verifier.ts';

import { Chains } from './stream-fixture.ts';

export const OPTIONS = { seed: 'streams', verify: verifying };

/** Chains in an engine that is killed and restored after every turn. */
export class Mortal {
  engine = Engine.create(OPTIONS);
  readonly records: Uint8Array[] = [];
  nowUs = 0;

  constructor() {
    this.engine.attach('chains', new Chains());
  }

  get chains(): Chains {
    return this.engine.resolve<Chains>('chains');
  }

  get log(): readonly unknown[] {
    return this.chains.log;
  }

  turn(input: (chains: Chains) => void): readonly unknown[] {
    const outputs = this.engine.turn(this.nowUs, () => input(this.chains));
    this.restart();
    return outputs;
  }

  /** Fires what is due until `ms` from now. */
  pass(ms: number): void {
    const end = this.nowUs + ms * 1000;
    for (;;) {
      const next = this.engine.nextTimerUs;
      if (next === undefined || next > end) break;
      this.nowUs = next;
      this.engine.fireTimer(next);
      this.restart();
    }
    this.nowUs = end;
  }

  restart(): void {
    this.records.push(this.engine.commit(this.records.length));
    const before = this.engine.snapshot(0);
    this.engine = Engine.restore(this.records, OPTIONS);
    const after = this.engine.snapshot(0);
    assert(before.join() === after.join(), 'a restored engine has the snapshot of the one before');
  }
}

/** Emits each in a turn of its own. */
export function emitting(process: Mortal, ...numbers: readonly number[]): Mortal {
  for (const n of numbers) process.turn(({ numbers }) => numbers.emit(n));
  return process;
}
