import { describe, expect, it } from 'vitest';

import { emitting, Mortal } from './mortal-chains.ts';

describe('next and waitFor', () => {
  it('next settles with the first event after it, then observes no more', () => {
    const process = new Mortal();
    process.turn((chains) => void chains.first());

    emitting(process, 1, 2, 3);

    expect(process.log).toEqual([2]);
    expect(process.chains.numbers.$subscriptions).toEqual([]);
  });

  it('next fails when its time is over', () => {
    const process = new Mortal();
    process.turn((chains) => void chains.inTime());
    process.pass(50);
    process.turn((chains) => void chains.inTime());
    emitting(process, 4);

    expect(process.log).toEqual(['TimeoutError: the next event has not come in time', 4]);
    expect(process.engine.nextTimerUs).toBeUndefined();
  });

  it('next fails when the stream ends', () => {
    const process = new Mortal();
    process.turn((chains) => void chains.inTime());
    process.turn(({ numbers }) => numbers.end());

    expect(process.log).toEqual(['StreamEndError: the stream ended before its next event']);
  });

  it('waitFor gathers so many, or what there is when its time is over', () => {
    const process = new Mortal();
    process.turn((chains) => void chains.some());
    process.turn((chains) => void chains.some(20));
    emitting(process, 1, 2);
    process.pass(20);
    emitting(process, 3, 4);

    expect(process.log).toEqual([
      [1, 2],
      [1, 2, 3],
    ]);
  });

  it('a loser of a race observes no more', () => {
    const process = new Mortal();
    process.turn((chains) => void chains.race());
    process.turn(({ letters }) => letters.emit('a'));

    expect(process.log).toEqual(['letter']);
    expect(process.chains.numbers.$subscriptions).toEqual([]);
  });
});

describe('a queue', () => {
  it('loses nothing between two awaits, nor to a race that something else wins', () => {
    const process = new Mortal();
    process.turn((chains) => chains.openQueue());
    emitting(process, 1, 2);
    process.turn((chains) => void chains.drain(4));
    process.pass(5);
    emitting(process, 3);

    expect(process.log).toEqual([1, 2, 'late', 3]);
  });

  it('takes back what the loser of a race had taken', () => {
    const process = new Mortal();
    process.turn((chains) => void chains.raceQueues());
    process.pass(1);

    expect(process.log).toEqual(['one', 0, 1, 1]);
  });

  it('hands out what it has after the end of its stream, and then fails', () => {
    const process = new Mortal();
    process.turn((chains) => chains.openQueue());
    emitting(process, 1);
    process.turn(({ numbers }) => numbers.end());
    const seen: unknown[] = [];
    process.turn(({ queue }) => seen.push(queue?.next(), queue?.next()));

    expect(seen).toMatchObject([{ settled: true, value: 1 }, { failed: true }]);
  });
});
