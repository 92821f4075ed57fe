import type { Configuration } from './configuration.ts';
import { isAblated } from './configuration.ts';
import type { Batch, Reply, StateItem } from './message.ts';
import type { KeyValueState } from './service.ts';
import { applyOperation } from './service.ts';
import type { StateContent } from './state-tree.ts';
import { stateTree } from './state-tree.ts';
import type { ClientId, Digest, ReplicaId, SequenceNumber, Timestamp, View } from './terms.ts';

/** A client's last request executed and its result: its reply is rebuilt from it. */
export interface Served {
  readonly timestamp: Timestamp;
  readonly result: string;
}

/** The client table, part of the replicated state: a `Map`, or what reads like one. */
interface ClientTable {
  get(client: ClientId): Served | undefined;
  set(client: ClientId, served: Served): unknown;
  entries(): Iterable<readonly [ClientId, Served]>;
}

/** What is the same at every correct replica that has executed as far. */
export interface ReplicatedState {
  readonly state: KeyValueState;
  readonly clientTable: ClientTable;
}

/** What became of a request of a batch. A duplicate did not change the state. */
export interface Executed {
  readonly client: ClientId;
  readonly timestamp: Timestamp;
  readonly operation: string;
  /** Of a repeated request the result it had; of one that is older than that, nothing. */
  readonly result: string;
  readonly duplicate: boolean;
}

/** Whether a decided slot may be executed: every slot in the order of its sequence number, none twice. */
export function isNextToExecute(
  c: Configuration,
  sequence: SequenceNumber,
  lastExecuted: SequenceNumber,
): boolean {
  return isAblated(c, 'no-execution-order') || sequence === lastExecuted + 1;
}

/**
 * Executes a decided batch (pbft.md 1.8). Whether a request is a duplicate is decided here and nowhere
 * earlier, from the client table, so identically everywhere: a request may be ordered twice.
 */
export function executeBatch(
  c: Configuration,
  { state, clientTable }: ReplicatedState,
  batch: Batch,
): readonly Executed[] {
  return batch.map(({ body: { client, timestamp, operation } }) => {
    const served = clientTable.get(client);
    if (served && timestamp <= served.timestamp && !isAblated(c, 'no-client-table')) {
      const result = timestamp === served.timestamp ? served.result : '';
      return { client, timestamp, operation, result, duplicate: true };
    }
    const result = applyOperation(c.service, state, operation);
    clientTable.set(client, { timestamp, result });
    return { client, timestamp, operation, result, duplicate: false };
  });
}

/** ⟨REPLY, v, t, c, i, r⟩ from the client table. */
export function replyTo(
  client: ClientId,
  { timestamp, result }: Served,
  view: View,
  replica: ReplicaId,
): Reply {
  return { type: 'reply', view, timestamp, client, replica, result };
}

/** What a state digest covers beside service state and client table. */
export interface Progress {
  /** The sequence number after whose execution the state is. */
  readonly sequence: SequenceNumber;
  /** Client operations reflected in it. */
  readonly executed: number;
}

/** A state as plain data, in its one order, whatever the order in which entries came to be. */
export function contentOf(
  { state, clientTable }: ReplicatedState,
  { sequence, executed }: Progress,
): StateContent {
  const entries = [...state.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
  const clients = [...clientTable.entries()].sort(([a], [b]) => a - b);
  return {
    sequence,
    executed,
    items: [
      ...entries.map(([key, value]): StateItem => [key, value]),
      ...clients.map(([client, { timestamp, result }]): StateItem => [client, timestamp, result]),
    ],
  };
}

/** The entries of the service and the rows of the client table in a state. */
export function partsOf({ items }: StateContent): {
  readonly entries: readonly (readonly [string, string])[];
  readonly clients: readonly (readonly [ClientId, Served])[];
} {
  return {
    entries: items.flatMap((item) => (item.length === 2 ? [item] : [])),
    clients: items.flatMap((item) => {
      if (item.length === 2) return [];
      const [client, timestamp, result] = item;
      return [[client, { timestamp, result }] as const];
    }),
  };
}

/**
 * d of a CHECKPOINT: covers the service's state, the client table, the sequence number and the counter
 * of operations. It is the root of the state's tree, so that pieces of the state can be checked one by one.
 */
export function digestOfState(
  c: Configuration,
  replicated: ReplicatedState,
  progress: Progress,
): Digest {
  return stateTree(c, contentOf(replicated, progress)).root.digest;
}
