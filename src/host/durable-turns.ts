import type { Configuration } from '#core/pbft/configuration.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import { StoreError } from '#core/persistent/store/store-error.ts';
import { ProcessMachine } from '#core/replica/process-machine.ts';

import { afterProcess } from './locks.ts';
import { databaseName, membersOf } from './process-order.ts';
import type { DurableTurns } from './re-execution.ts';
import { IndexedDbStorage } from './storage/indexed-db-storage.ts';

/** Reads from every process's storage log which of its turns was the last to be durable. */
export async function readDurableTurns(
  cluster: string,
  configuration: Configuration,
): Promise<DurableTurns> {
  const turns = await Promise.all(
    membersOf(configuration).map(async (process) => {
      // A worker of the page before may still be dying: its last commit is waited for.
      const records = await afterProcess(cluster, process, () => recordsOf(cluster, process));
      return [process, lastTurn(process, configuration, records)] as const;
    }),
  );
  return new Map(turns.flatMap(([process, turn]) => (turn === undefined ? [] : [[process, turn]])));
}

async function recordsOf(cluster: string, process: ProcessId): Promise<Uint8Array[]> {
  const disk = await IndexedDbStorage.open(databaseName(cluster, process));
  try {
    return await disk.load();
  } finally {
    await disk.close();
  }
}

/** Undefined for a log that is corrupt: the process itself will say so when it restarts. */
function lastTurn(
  process: ProcessId,
  configuration: Configuration,
  records: readonly Uint8Array[],
): number | undefined {
  if (records.length === 0) return 0;
  try {
    return ProcessMachine.restore(process, configuration, records, 0).turnOfLastRecord;
  } catch (error) {
    if (error instanceof StoreError) return undefined;
    throw error;
  }
}
