import { describe, expect, it } from 'vitest';

import type { TraceEvent } from '#core/network/trace-event.ts';
import type { ClientInspection } from '#core/replica/inspection.ts';
import type { Report } from '#core/replica/report.ts';

import { resultGroups, retransmissionOf, unlinearizableIn } from './client-history.ts';
import { scenarioTrace } from './scenario-trace.ts';

function traceOf(reports: readonly Report[]): readonly TraceEvent[] {
  return reports.map((report, id) => ({ ...report, id, atMs: id * 10, process: 'c0' }));
}

const ask = (index: number, operation: string): Report => ({
  type: 'requested',
  client: 0,
  index,
  timestamp: index + 1,
  operation,
});
const answer = (index: number, result: string): Report => ({
  type: 'answered',
  client: 0,
  index,
  timestamp: index + 1,
  result,
  view: 0,
  signers: [0, 1],
});
const again: Report = { type: 'retransmitted', client: 0, timestamp: 1 };

function waitingClient(patience: number): ClientInspection {
  return {
    kind: 'client',
    id: 0,
    view: 0,
    outstanding: { index: 0, timestamp: 1, operation: 'x', replies: [], need: 2 },
    queue: [],
    history: [],
    incarnation: 0,
    waiting: [],
    workflows: [
      {
        id: 1,
        function: 'core/replica/client.ts#Client.request',
        file: 'core/replica/client.ts',
        line: 1,
        column: 1,
        await: 'any',
        locals: { patience },
        self: 'Client',
      },
    ],
  };
}

describe('history of a client', () => {
  const { scenario, trace } = scenarioTrace('normal-case');

  it('is explained by an order of operations, or is not', () => {
    const write = '{"put":["x","1"]}';
    const read = '{"get":"x"}';
    const told = [ask(0, write), answer(0, 'ok'), ask(1, read)];

    expect(unlinearizableIn(trace, scenario)).toBeUndefined();
    expect(unlinearizableIn(traceOf([...told, answer(1, '1')]), scenario)).toBeUndefined();
    expect(unlinearizableIn(traceOf([...told, answer(1, '')]), scenario)).toContain('no order');
  });

  it('tells when the request goes to everybody, from the last sending and the patience of the client', () => {
    const first = traceOf([ask(0, 'x')]);
    const second = traceOf([ask(0, 'x'), again, again]);

    expect(retransmissionOf(waitingClient(1), first, 1000)).toEqual({
      ms: 1000,
      dueMs: 1000,
      repeats: 0,
    });
    expect(retransmissionOf(waitingClient(4), second, 1000)).toEqual({
      ms: 4000,
      dueMs: 4020,
      repeats: 2,
    });
    const { outstanding: _, ...idle } = waitingClient(1);
    expect(retransmissionOf(idle, first, 1000)).toBeUndefined();
  });

  it('groups replies by what they say, the most frequent first', () => {
    const replies = [
      { replica: 3, result: 'lie' },
      { replica: 2, result: 'ok' },
      { replica: 0, result: 'ok' },
    ];

    expect(resultGroups(replies)).toEqual([
      { result: 'ok', replicas: [0, 2] },
      { result: 'lie', replicas: [3] },
    ]);
  });
});
