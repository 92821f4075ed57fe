import { describe, expect, it } from 'vitest';

import { Process } from './process-fixture.ts';
import { sleep, touch } from './services.ts';

describe('timers', () => {
  it('[R5] are absolute and survive a restart', () => {
    const process = new Process();
    process.turn(() => process.desk.letter.complete('hi'), 3);
    process.turn(() => void process.desk.write('a'), 5);
    process.restart();

    expect(process.engine.nextTimerUs).toBe(1_000_005);
    expect(() => process.engine.fireTimer(1_000_004)).toThrow('due at 1000005');
  });

  it('[R5] fire one a turn, by due time, then creation, across restarts', () => {
    const process = new Process();
    process.turn(() => void process.desk.order(['a', 'b', 'c']), 0);
    process.turn(() => void process.desk.tick('late'), 5);
    process.restart();
    process.turn(() => void process.desk.order(['d']), 0 + 5);

    const seen: string[] = [];
    while (process.engine.nextTimerUs !== undefined) {
      process.fire(process.engine.nextTimerUs);
      seen.push(process.desk.log.join());
      process.restart();
    }

    expect(seen).toEqual(['a', 'a,b', 'a,b,c', 'a,b,c,late', 'a,b,c,late,d']);
  });

  it('take whole microseconds, and only finite times', () => {
    const { engine } = new Process();

    engine.turn(0, () => void sleep(0.0014));

    expect(engine.nextTimerUs).toBe(1);
    expect(() => engine.turn(0, () => void sleep(Infinity))).toThrow('finite');
  });
});

describe('combinators', () => {
  it('[R6] any() turns away from the losers and gives back their timers', () => {
    const process = new Process();
    process.turn(() => void process.desk.race(50));
    expect(process.engine.nextTimerUs).toBe(50_000);
    process.restart();

    process.turn(() => process.desk.parcel.complete('box'));

    expect(process.desk.log).toEqual(['parcel']);
    expect(process.engine.nextTimerUs).toBeUndefined();
    expect(process.desk.letter).toMatchObject({ $waiters: undefined });
    process.restart();
    expect(process.engine.workflows()).toEqual([]);
  });

  it('[R6] any() takes the timer when it is first', () => {
    const process = new Process();
    process.turn(() => void process.desk.race(50));
    process.restart();

    process.fire(50_000);

    expect(process.desk.log).toEqual(['late']);
  });

  it('[R6] all() waits for every one, across a restart between them', () => {
    const process = new Process();
    process.turn(() => void process.desk.both());
    process.turn(() => process.desk.parcel.complete('box'));
    process.restart();

    process.turn(() => process.desk.letter.complete('hi'));

    expect(process.desk.log).toEqual(['hi and box']);
  });

  it('[R6] a sleep that was given back is armed again when somebody comes back to it', () => {
    const process = new Process();
    process.turn(() => void process.desk.comeBack(50));
    process.turn(() => process.desk.letter.complete('hi'));
    expect(process.engine.nextTimerUs).toBeUndefined();
    process.turn(() => process.desk.parcel.complete('box'));
    process.restart();

    process.fire(50_000);

    expect(process.desk.log).toEqual(['letter', 'rang']);
  });
});

describe('quorum and condition', () => {
  it('[R7] a quorum counts each key once and completes with the votes that made it', () => {
    const process = new Process();
    process.turn(() => void process.desk.elect());
    process.turn(() => {
      expect(process.desk.votes.add('a', { from: 1 })).toBe(true);
      expect(process.desk.votes.add('a', { from: 2 })).toBe(false);
    });
    expect(process.desk.votes.settled).toBe(false);
    process.restart();

    process.turn(() => void process.desk.votes.add('b', { from: 3 }));
    process.turn(() => void process.desk.votes.add('c', { from: 4 }));
    process.restart();

    expect(process.desk.log).toEqual(['1,3']);
    expect([...process.desk.votes.votes]).toEqual([
      ['a', { from: 1 }],
      ['b', { from: 3 }],
      ['c', { from: 4 }],
    ]);
  });

  it('[R7] a condition is stored when it is waited for and when it is notified', () => {
    const process = new Process();
    process.turn(() => {});
    process.turn(() => void process.desk.watch(1));
    process.restart();

    process.turn(() => {
      process.desk.done = 1;
      touch(process.desk);
      process.desk.changed.notify();
    });
    process.restart();

    expect(process.desk.log).toEqual(['reached 1']);
  });

  it('[R7] a condition lets everybody look again', () => {
    const process = new Process();
    process.turn(() => {
      void process.desk.watch(1);
      void process.desk.watch(2);
    });
    process.restart();

    process.turn(() => {
      process.desk.done = 1;
      touch(process.desk);
      process.desk.changed.notify();
    });

    expect(process.desk.log).toEqual(['reached 1']);
    expect(process.engine.workflows()).toHaveLength(1);
  });
});

describe('a loop', () => {
  it('[R8] goes on with the next element after a restart between any two', () => {
    const process = new Process();
    process.turn(() => void process.desk.tour(['a', 'b'], new Map([['x', 1]])));

    while (process.engine.nextTimerUs !== undefined) {
      process.restart();
      process.fire(process.engine.nextTimerUs);
    }

    expect(process.desk.log).toEqual(['a', 'b', 'x 1', 'tea', 'salt']);
    expect(process.engine.workflows()).toEqual([]);
  });
});
