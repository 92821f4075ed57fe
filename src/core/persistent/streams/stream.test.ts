import { describe, expect, it } from 'vitest';

import { Engine } from '#core/persistent/engine/engine.ts';
import { WorkflowError } from '#core/persistent/engine/workflow-error.ts';

import { emitting, Mortal, OPTIONS } from './mortal-chains.ts';
import { Apple, Chains, Pear } from './stream-fixture.ts';

describe('an operator, killed and restored after each event,', () => {
  it.each([
    { name: 'where', expected: [3, 4] },
    { name: 'map', expected: ['#1', '#3', '#2', '#4', '#1'] },
    { name: 'scan', expected: [1, 4, 6, 10, 11] },
    { name: 'distinctBy', expected: [1, 2] },
    { name: 'count', expected: [1, 2, 3, 4, 5] },
    { name: 'max', expected: [1, 3, 3, 4, 4] },
    { name: 'min', expected: [1, 1, 1, 1, 1] },
    { name: 'take', expected: [1, 3] },
    {
      name: 'buffer',
      expected: [
        [1, 3],
        [2, 4],
      ],
    },
    { name: 'buffer at the end', expected: [[1, 3], [2]] },
    { name: 'do', expected: [-1, 1, -3, 3, -2, 2, -4, 4, -1, 1] },
    { name: 'schedule', expected: [1, 3, 2, 4, 1] },
  ])('$name hands on $expected', ({ name, expected }) => {
    const process = new Mortal();
    process.turn((chains) => chains.observe(name));

    emitting(process, 1, 3, 2, 4, 1);

    expect(process.log).toEqual(expected);
  });

  it('ofType hands on instances of a class', () => {
    const process = new Mortal();
    process.turn((chains) => chains.observe('ofType'));
    process.turn(({ fruit }) => fruit.emit(new Pear('green')));
    process.turn(({ fruit }) => fruit.emit(new Apple(7)));

    expect(process.log).toEqual([7]);
  });

  it('merge hands on both, zip pairs them', () => {
    const process = new Mortal();
    process.turn((chains) => chains.observe('merge'));
    process.turn((chains) => chains.observe('zip'));
    emitting(process, 1, 2);
    process.turn(({ letters }) => letters.emit('a'));
    process.turn(({ numbers }) => numbers.end());
    process.turn(({ letters }) => letters.emit('b'));
    process.turn(({ letters }) => letters.emit('c'));

    expect(process.log).toEqual([1, 2, 'a', [1, 'a'], 'b', [2, 'b'], 'c']);
    expect(process.chains.letters.$subscriptions).toHaveLength(1);
  });

  it('debounce hands on the last of a burst, by the time of the engine', () => {
    const process = new Mortal();
    process.turn((chains) => chains.observe('debounce'));
    emitting(process, 1, 2);
    process.pass(9);
    emitting(process, 3);
    process.pass(9);
    expect(process.log).toEqual([]);

    process.pass(1);

    expect(process.log).toEqual([3]);
    expect(process.engine.nextTimerUs).toBeUndefined();
  });

  it('disposeOn ends the stream', () => {
    const process = new Mortal();
    process.turn((chains) => chains.observe('disposeOn'));
    emitting(process, 1);
    process.turn(({ end }) => end.complete());
    emitting(process, 2);

    expect(process.log).toEqual([1]);
    expect(process.chains.numbers.$subscriptions).toEqual([]);
  });

  it('pin observes though nobody observes it', () => {
    const process = new Mortal();
    process.turn((chains) => chains.pin());
    emitting(process, 8, 9);
    process.turn((chains) => chains.observeKept());
    emitting(process, 7);

    expect(process.log).toEqual([3]);
  });

  it('ephemeral leaves out of the store who observes it', () => {
    const process = new Mortal();
    const told: number[] = [];
    process.engine.turn(0, () => {
      process.chains.observeEphemerally((n) => told.push(n));
      process.chains.numbers.emit(1);
    });

    process.restart();
    emitting(process, 2);

    expect(told).toEqual([1]);
  });
});

describe('a chain', () => {
  it('observes only while it is observed, and is collected when it is dropped', () => {
    const process = new Mortal();
    process.turn((chains) => chains.keep());
    expect(process.chains.numbers.$subscriptions).toEqual([]);
    process.turn((chains) => chains.observe('where'));
    const observed = process.engine.snapshot(0).length;
    expect(process.chains.numbers.$subscriptions).toHaveLength(1);

    process.turn((chains) => chains.drop());

    expect(process.chains.numbers.$subscriptions).toEqual([]);
    expect(process.engine.snapshot(0).length).toBeLessThan(observed - 50);
  });

  it('is not told of an event after it was disposed of, though it is under way', () => {
    const process = new Mortal();
    process.turn((chains) => chains.dropMidway());

    emitting(process, 1, 2);

    expect(process.log).toEqual([1]);
  });
});

describe('delivery', () => {
  it('is first in, first out, and never inside of emit', () => {
    const process = new Mortal();
    process.turn((chains) => void chains.echo());

    emitting(process, 1);

    expect(process.log).toEqual([1, 2, 3].flatMap((n) => [`in ${n}`, `out ${n}`, `second ${n}`]));
  });

  it('reaches only those who observed when the event was emitted', () => {
    const process = new Mortal();

    process.turn((chains) => chains.early());

    expect(process.log).toEqual([`early 2`, 2]);
  });

  it('lets a call go on in its order', () => {
    const process = new Mortal();
    process.turn((chains) => void chains.answer());

    expect(process.turn(({ numbers }) => numbers.emit(1))).toEqual(['got 1']);
    expect(process.turn(({ numbers }) => numbers.emit(5))).toEqual(['then 5']);
  });

  it('goes on for others when a function fails, and says which failed', () => {
    const errors: WorkflowError[] = [];
    const engine = Engine.create({ ...OPTIONS, onError: (error) => errors.push(error) });
    const chains = new Chains();
    engine.attach('chains', chains);
    engine.turn(0, () => chains.stumble());

    for (const n of [1, 2, 3]) engine.turn(0, () => chains.numbers.emit(n));

    expect(chains.log).toEqual([1, 'other 1', 'other 2', 3, 'other 3']);
    expect(errors).toMatchObject([
      { function: 'core/persistent/streams/stream-fixture.ts#Chains.stumble.λ#0', line: 186 },
    ]);
    expect(String(errors[0]?.cause)).toBe('RangeError: two');
  });

  it('of a failing function throws from the turn without onError', () => {
    const process = new Mortal();
    process.turn((chains) => chains.stumble());

    expect(() => process.turn(({ numbers }) => numbers.emit(2))).toThrow(WorkflowError);
  });
});
