import { assert } from '#core/base/assert.ts';
import { verifying } from '#core/persistent/store/verifier.ts';

import { Engine, type EngineOptions } from './engine.ts';
import { Desk } from './workflow-fixture.ts';

export const OPTIONS: EngineOptions = { seed: 'desk', verify: verifying };

/** An engine with its storage log, which can be killed and restored. */
export class Process {
  readonly #options: EngineOptions;
  readonly records: Uint8Array[] = [];
  engine: Engine;

  constructor(options: EngineOptions = OPTIONS) {
    this.#options = options;
    this.engine = Engine.create(options);
    this.engine.attach('desk', new Desk());
  }

  get desk(): Desk {
    return this.engine.resolve<Desk>('desk');
  }

  turn(input: () => void, nowUs = 0): readonly unknown[] {
    const outputs = this.engine.turn(nowUs, input);
    this.commit();
    return outputs;
  }

  fire(nowUs: number): readonly unknown[] {
    const outputs = this.engine.fireTimer(nowUs);
    this.commit();
    return outputs;
  }

  commit(): void {
    this.records.push(this.engine.commit(this.records.length + 1));
  }

  /** Dies, and comes back from its storage log. */
  restart(): void {
    const before = this.engine.snapshot(9);
    this.engine = Engine.restore(this.records, this.#options);
    const after = this.engine.snapshot(9);
    assert(
      after.length === before.length && after.every((byte, i) => byte === before[i]),
      'a restored engine has the snapshot of the one before it',
    );
  }
}
