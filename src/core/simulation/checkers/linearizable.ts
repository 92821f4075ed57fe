import type { TraceEvent } from '#core/network/trace-event.ts';
import type { ServiceName } from '#core/pbft/configuration.ts';
import { parseOperation } from '#core/pbft/operation.ts';
import { applyOperation } from '#core/pbft/service.ts';
import {
  unlinearizable,
  type HistoryOperation,
  type SequentialModel,
} from '#core/simulation/linearizability.ts';

import { correctReplica, type Checker } from './checker.ts';

/**
 * I6: what the correct clients saw could have come from one copy of the service. Judged at the end, over the whole
 * history. Of a Byzantine client's operations those are in it that were executed: they may take effect at any time.
 */
export function linearizable(): Checker {
  const history = new Map<string, HistoryOperation>();
  const events = new Map<string, number>();
  const executed = new Map<string, HistoryOperation>();
  return {
    invariant: 'linearizable',
    observe(event, cast) {
      file(event, history, events);
      if (event.type === 'executed' && correctReplica(event, cast) !== undefined) {
        for (const { client, timestamp, operation } of event.operations) {
          executed.set(`${client}/${timestamp}`, { client, operation, calledAtMs: 0 });
        }
      }
      return undefined;
    },
    conclude(cast) {
      const { configuration } = cast;
      const judged = [
        ...[...history.values()].filter(({ client }) => cast.isCorrect(`c${client}`)),
        ...[...executed.values()].filter(({ client }) => !cast.isCorrect(`c${client}`)),
      ];
      const failure = unlinearizable(judged, modelOf(configuration.service));
      if (failure === undefined) return undefined;
      const stuck = [...history].filter(([, operation]) => failure.stuck.includes(operation));
      return {
        says: `no order explains what the clients saw of ${failure.part}: ${stuck
          .map(([, { client, operation, result }]) => `client ${client}: ${operation} = ${result}`)
          .join('; ')}`,
        evidence: stuck.map(([key]) => events.get(key) ?? 0),
      };
    },
  };
}

/** A call begins when its request is first sent and ends when its client believes an answer. */
function file(
  event: TraceEvent,
  history: Map<string, HistoryOperation>,
  events: Map<string, number>,
): void {
  if (event.type !== 'requested' && event.type !== 'answered') return;
  const { client, index, atMs } = event;
  const key = `${client}/${index}`;
  events.set(key, event.id);
  const known = history.get(key);
  if (event.type === 'requested') {
    history.set(key, known ?? { client, operation: event.operation, calledAtMs: atMs });
  } else if (known !== undefined) {
    history.set(key, { ...known, result: event.result, answeredAtMs: atMs });
  }
}

type State = ReadonlyMap<string, string>;

function modelOf(service: ServiceName): SequentialModel<State> {
  return {
    initial: new Map(),
    apply(state, operation) {
      const after = new Map(state);
      const result = applyOperation(service, after, operation);
      return { state: after, result };
    },
    textOf: (state) => JSON.stringify([...state].toSorted(([a], [b]) => (a < b ? -1 : 1))),
    partOf: (operation) => (service === 'key-value' ? keyOf(operation) : service),
  };
}

/** The key that an operation of the key-value store is about; those of different keys commute. */
function keyOf(operation: string): string {
  const argument = parseOperation(operation)?.argument ?? '';
  return String(typeof argument === 'object' ? argument[0] : argument);
}
