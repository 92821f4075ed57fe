import { describe, expect, it } from 'vitest';

import { Awaitable } from '#core/persistent/engine/awaitable.ts';
import { Engine } from '#core/persistent/engine/engine.ts';
import { verifying } from '#core/persistent/store/verifier.ts';

import { Source } from './source.ts';
import { $stream, type $StreamCursor } from './stream-cursor.ts';
import { Loops } from './stream-fixture.ts';

/** Steps of a cursor: values, and 'end'. */
function stepped(cursor: $StreamCursor, steps: number): unknown[] {
  return Array.from({ length: steps }, () => {
    const more = cursor.$more();
    if (!more.settled) return more;
    if (more.failed) return more.$error;
    return more.value === true ? cursor.$value : 'end';
  });
}

describe('a for await loop', () => {
  it('over a stream misses nothing between two steps, and ends with it', () => {
    const engine = Engine.create({ seed: 's' });
    const source = new Source<number>();
    const seen: unknown[] = [];
    engine.turn(0, () => {
      const cursor = $stream(source.take(2));
      engine.deliver(() => seen.push(...stepped(cursor, 1)));
      source.emit(1);
      source.emit(2);
      source.emit(3);
      engine.deliver(() => seen.push(...stepped(cursor, 2)));
    });

    expect(seen).toMatchObject([{ settled: true, value: true }, 2, 'end']);
  });

  it('that was left observes no more', () => {
    const engine = Engine.create({ seed: 's' });
    const source = new Source<number>();
    engine.turn(0, () => $stream(source).$close());

    expect(source.$subscriptions).toEqual([]);
  });

  it('over anything else awaits each element', () => {
    const engine = Engine.create({ seed: 's' });
    const later = new Awaitable<string>();
    const failed = new Awaitable<string>();
    const seen: unknown[] = [];
    engine.turn(0, () => {
      const cursor = $stream(new Set([1, later, failed]));
      later.complete('two');
      failed.fail('three');
      seen.push(...stepped(cursor, 4));
    });

    expect(seen).toEqual([1, 'two', 'three', 'end']);
  });

  it('goes on after a restart between any two events, and lets go of the stream at the end', () => {
    const options = { seed: 'loops', verify: verifying };
    let engine = Engine.create(options);
    const records: Uint8Array[] = [];
    const loops = (): Loops => engine.resolve<Loops>('loops');
    const turn = (nowUs: number, input: () => void): void => {
      engine.turn(nowUs, input);
      records.push(engine.commit(records.length));
      engine = Engine.restore(records, options);
    };
    engine.attach('loops', new Loops());
    turn(0, () => void loops().some(3));
    turn(0, () => void loops().all());
    for (const n of [1, 2, 3, 4]) turn(0, () => loops().numbers.emit(n));
    for (let us = engine.nextTimerUs; us !== undefined; us = engine.nextTimerUs) {
      engine.fireTimer(us);
      records.push(engine.commit(records.length));
      engine = Engine.restore(records, options);
    }

    expect(loops().log).toEqual([1, 'taken 1', 'taken 2', 'over', 2, 3, 'left']);
    expect(loops().numbers.$subscriptions).toEqual([]);
  });

  it('is refused where it is not compiled', () => {
    expect(() => new Source<number>()[Symbol.asyncIterator]()).toThrow('use persistent');
  });
});
