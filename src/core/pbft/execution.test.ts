import { describe, expect, it } from 'vitest';

import type { ReplicatedState, Served } from './execution.ts';
import { digestOfState, executeBatch, isNextToExecute, replyTo } from './execution.ts';
import { requestFrom, sample } from './sample-messages.ts';
import type { ClientId } from './terms.ts';
import { clientId, replicaId, sequenceNumber, timestamp, view } from './terms.ts';

interface Memory extends ReplicatedState {
  readonly state: Map<string, string>;
  readonly clientTable: Map<ClientId, Served>;
}

function emptyState(): Memory {
  return { state: new Map(), clientTable: new Map() };
}

function resultsOf(
  replicated: ReplicatedState,
  ...batch: Parameters<typeof executeBatch>[2]
): unknown[] {
  return executeBatch(sample, replicated, batch).map(({ result, duplicate }) =>
    duplicate ? ['duplicate', result] : result,
  );
}

const add = '{"add":["x",1]}';

describe('execution', () => {
  it('[N20] applies requests in the order of their batch and tells what became of each', () => {
    const replicated = emptyState();
    const batch = [requestFrom(0, 1, '{"put":["x","1"]}'), requestFrom(1, 4, add)];

    expect(executeBatch(sample, replicated, batch)).toEqual([
      { client: 0, timestamp: 1, operation: '{"put":["x","1"]}', result: 'ok', duplicate: false },
      { client: 1, timestamp: 4, operation: add, result: '2', duplicate: false },
    ]);
    expect([...replicated.state]).toEqual([['x', '2']]);
    expect([...replicated.clientTable]).toEqual([
      [0, { timestamp: 1, result: 'ok' }],
      [1, { timestamp: 4, result: '2' }],
    ]);
  });

  it('[N20] executes a request once, however often it is ordered', () => {
    const replicated = emptyState();
    const request = requestFrom(0, 1, add);
    expect(resultsOf(replicated, request, request)).toEqual(['1', ['duplicate', '1']]);
    expect(resultsOf(replicated, request)).toEqual([['duplicate', '1']]);
    expect(replicated.state.get('x')).toBe('1');
  });

  it('[N20] executes one of two requests with one timestamp: the first ordered', () => {
    const replicated = emptyState();
    const twin = requestFrom(0, 1, '{"put":["x","9"]}');
    expect(resultsOf(replicated, requestFrom(0, 1, add), twin)).toEqual(['1', ['duplicate', '1']]);
    expect(replicated.state.get('x')).toBe('1');
  });

  it('[N20] [A-P16] drops a request that is ordered after a later one of its client', () => {
    const replicated = emptyState();
    const later = requestFrom(0, 2, add);
    expect(resultsOf(replicated, later, requestFrom(0, 1, add))).toEqual(['1', ['duplicate', '']]);
    expect(replicated.clientTable.get(clientId(0))).toEqual({ timestamp: 2, result: '1' });
  });

  it('[N20] keeps the clients apart', () => {
    const replicated = emptyState();
    expect(resultsOf(replicated, requestFrom(0, 5, add), requestFrom(1, 1, add))).toEqual([
      '1',
      '2',
    ]);
  });

  it('[N20] counts an operation that fails as executed', () => {
    const replicated = emptyState();
    const nonsense = requestFrom(0, 1, 'nonsense');
    expect(resultsOf(replicated, nonsense, nonsense)).toEqual([
      'error: malformed operation',
      ['duplicate', 'error: malformed operation'],
    ]);
  });

  it('[N20] of the null request changes nothing', () => {
    const replicated = emptyState();
    expect(executeBatch(sample, replicated, [])).toEqual([]);
    expect(replicated).toEqual(emptyState());
  });

  it('[N28] executes a request twice where the client table is left out', () => {
    const c = { ...sample, ablation: ['no-client-table'] };
    const replicated = emptyState();
    executeBatch(c, replicated, [requestFrom(0, 1, add), requestFrom(0, 1, add)]);
    expect(replicated.state.get('x')).toBe('2');
  });
});

describe('order of execution', () => {
  it.each([
    { sequence: 4, is: true },
    { sequence: 3, is: false },
    { sequence: 5, is: false },
  ])('[N19] after 3, $sequence is next: $is', ({ sequence, is }) => {
    expect(isNextToExecute(sample, sequenceNumber(sequence), sequenceNumber(3))).toBe(is);
  });

  it('[N28] is none where that rule is left out', () => {
    const c = { ...sample, ablation: ['no-execution-order'] };
    expect(isNextToExecute(c, sequenceNumber(9), sequenceNumber(3))).toBe(true);
  });
});

describe('reply', () => {
  it('[N12] is rebuilt from the client table', () => {
    const served = { timestamp: timestamp(4), result: 'ok' };
    expect(replyTo(clientId(1), served, view(2), replicaId(3))).toEqual({
      type: 'reply',
      view: 2,
      timestamp: 4,
      client: 1,
      replica: 3,
      result: 'ok',
    });
  });
});

function stateOf({
  state,
  clients,
}: {
  state: readonly (readonly [string, string])[];
  clients: readonly (readonly [number, number, string])[];
}): Memory {
  return {
    state: new Map(state),
    clientTable: new Map(
      clients.map(([c, t, result]) => [clientId(c), { timestamp: timestamp(t), result }]),
    ),
  };
}

describe('digest of the state', () => {
  const progress = { sequence: sequenceNumber(8), executed: 2 };
  const honest = {
    state: [
      ['a', '1'],
      ['b', '2'],
    ],
    clients: [
      [0, 1, 'ok'],
      [1, 2, '2'],
    ],
  } as const;

  it('[N23] is the same however the state came about', () => {
    const reversed = stateOf({
      state: honest.state.toReversed(),
      clients: honest.clients.toReversed(),
    });
    expect(digestOfState(sample, reversed, progress)).toBe(
      digestOfState(sample, stateOf(honest), progress),
    );
  });

  it('[N23] is what it always was', () => {
    expect(digestOfState(sample, stateOf(honest), progress)).toMatchInlineSnapshot(
      `"a80e69a9321255ff877d6c191205b0f4b8e0a17d9004cb0a0424bd8c3991b804"`,
    );
  });

  it.each([
    {
      why: 'value',
      state: stateOf({
        ...honest,
        state: [
          ['a', '1'],
          ['b', '3'],
        ],
      }),
      progress,
    },
    {
      why: 'key',
      state: stateOf({
        ...honest,
        state: [
          ['a', '1'],
          ['c', '2'],
        ],
      }),
      progress,
    },
    { why: 'entry', state: stateOf({ ...honest, state: [['a', '1']] }), progress },
    {
      why: 'timestamp in the client table',
      state: stateOf({
        ...honest,
        clients: [
          [0, 1, 'ok'],
          [1, 3, '2'],
        ],
      }),
      progress,
    },
    {
      why: 'result in the client table',
      state: stateOf({
        ...honest,
        clients: [
          [0, 1, 'ok'],
          [1, 2, '3'],
        ],
      }),
      progress,
    },
    {
      why: 'client in the client table',
      state: stateOf({ ...honest, clients: [[0, 1, 'ok']] }),
      progress,
    },
    {
      why: 'sequence number',
      state: stateOf(honest),
      progress: { ...progress, sequence: sequenceNumber(16) },
    },
    { why: 'count of operations', state: stateOf(honest), progress: { ...progress, executed: 3 } },
  ])('[N23] covers every $why', ({ state, progress: other }) => {
    expect(digestOfState(sample, state, other)).not.toBe(
      digestOfState(sample, stateOf(honest), progress),
    );
  });
});
