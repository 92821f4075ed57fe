import { describe, expect, it } from 'vitest';

import {
  type HistoryOperation,
  type SequentialModel,
  unlinearizable,
} from '#core/simulation/linearizability.ts';

/** A register per key: `w x 1` answers `ok`, `r x` answers the value. */
const registers: SequentialModel<string> = {
  initial: '-',
  apply(state, operation) {
    const [verb, , value] = operation.split(' ');
    return verb === 'w' ? { state: value ?? '', result: 'ok' } : { state, result: state };
  },
  textOf: (state) => state,
  partOf: (operation) => operation.split(' ')[1] ?? '',
};

function call(
  client: number,
  operation: string,
  result: string | undefined,
  [calledAtMs, answeredAtMs]: readonly [number, number],
): HistoryOperation {
  return result === undefined
    ? { client, operation, calledAtMs }
    : { client, operation, result, calledAtMs, answeredAtMs };
}

describe('a history', () => {
  it.each<{ why: string; history: readonly HistoryOperation[] }>([
    { why: 'it is empty', history: [] },
    {
      why: 'a read sees the write before it',
      history: [call(0, 'w x 1', 'ok', [0, 1]), call(1, 'r x', '1', [2, 3])],
    },
    {
      why: 'a read that overlaps a write sees either value',
      history: [
        call(0, 'w x 1', 'ok', [0, 10]),
        call(1, 'r x', '-', [2, 3]),
        call(1, 'r x', '1', [4, 5]),
      ],
    },
    {
      why: 'an unanswered write took effect',
      history: [call(0, 'w x 1', undefined, [0, 0]), call(1, 'r x', '1', [5, 6])],
    },
    {
      why: 'an unanswered write took no effect',
      history: [call(0, 'w x 1', undefined, [0, 0]), call(1, 'r x', '-', [5, 6])],
    },
    {
      why: 'two keys are independent',
      history: [
        call(0, 'w x 1', 'ok', [0, 1]),
        call(1, 'r y', '-', [2, 3]),
        call(1, 'r x', '1', [4, 5]),
      ],
    },
  ])('[I6] is linearizable when $why', ({ history }) => {
    expect(unlinearizable(history, registers)).toBeUndefined();
  });

  it.each<{ why: string; history: readonly HistoryOperation[]; part: string }>([
    {
      why: 'a read misses a write that was answered',
      part: 'x',
      history: [call(0, 'w x 1', 'ok', [0, 1]), call(1, 'r x', '-', [2, 3])],
    },
    {
      why: 'a later read goes back in time',
      part: 'x',
      history: [
        call(0, 'w x 1', 'ok', [0, 10]),
        call(1, 'r x', '1', [2, 3]),
        call(2, 'r x', '-', [4, 5]),
      ],
    },
    {
      why: 'a value was never written',
      part: 'y',
      history: [call(0, 'w x 1', 'ok', [0, 1]), call(1, 'r y', '1', [2, 3])],
    },
    {
      why: 'two readers see two writes in opposite orders',
      part: 'x',
      history: [
        call(0, 'w x 1', 'ok', [0, 10]),
        call(1, 'w x 2', 'ok', [0, 10]),
        call(2, 'r x', '1', [11, 12]),
        call(3, 'r x', '2', [13, 14]),
      ],
    },
    {
      why: 'an unanswered write takes effect and is undone',
      part: 'x',
      history: [
        call(0, 'w x 1', undefined, [0, 0]),
        call(1, 'r x', '1', [2, 3]),
        call(1, 'r x', '-', [4, 5]),
      ],
    },
  ])('[I6] is not linearizable when $why', ({ history, part }) => {
    expect(unlinearizable(history, registers)?.part).toBe(part);
  });

  it('[I6] says which operation fits nowhere', () => {
    const write = call(0, 'w x 1', 'ok', [0, 1]);
    const read = call(1, 'r x', '-', [2, 3]);

    expect(unlinearizable([write, read], registers)).toEqual({
      part: 'x',
      longest: [write],
      stuck: [read],
    });
  });

  it('[I6] of many overlapping writers is decided', () => {
    const writes = Array.from({ length: 12 }, (_, i) => call(i, `w x ${i}`, 'ok', [0, 100]));
    const history = [...writes, call(20, 'r x', '5', [101, 102])];

    expect(unlinearizable(history, registers)).toBeUndefined();
    expect(unlinearizable([...writes, call(20, 'r x', '99', [101, 102])], registers)?.part).toBe(
      'x',
    );
  });
});
