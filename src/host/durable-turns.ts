import { identityOf, twinOf } from '#core/network/process-order.ts';
import type { Configuration } from '#core/pbft/configuration.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import { StoreError } from '#core/persistent/store/store-error.ts';
import { ProcessMachine } from '#core/replica/process-machine.ts';
import { configurationOf } from '#core/simulation/configuration.ts';
import type { Scenario } from '#core/simulation/scenario.ts';

import { afterProcess } from './locks.ts';
import { membersOf, storageName } from './process-order.ts';
import type { DurableTurns } from './re-execution.ts';
import type { StorageChoice } from './storage/disk.ts';
import { openLog } from './storage/open-drive.ts';
import { StorageError } from './storage/storage-error.ts';

/** Whose disks, and where. */
interface Disks {
  readonly cluster: string;
  readonly storage: StorageChoice;
}

/** Reads from every process's storage log which of its turns was the last to be durable. */
export async function readDurableTurns(
  { cluster, storage }: Disks,
  scenario: Scenario,
): Promise<DurableTurns> {
  const configuration = configurationOf(scenario);
  const turns = await Promise.all(
    [...membersOf(configuration), ...twinsIn(scenario)].map(async (process) => {
      // A worker of the page before may still be dying: its last commit is waited for.
      const records = await afterProcess(cluster, process, () =>
        recordsOf(storage, storageName(cluster, process)),
      );
      return [process, lastTurn(process, configuration, records)] as const;
    }),
  );
  return new Map(turns.flatMap(([process, turn]) => (turn === undefined ? [] : [[process, turn]])));
}

/** The second instances that there may have been. */
function twinsIn({ steps }: Scenario): readonly ProcessId[] {
  const replicas = steps.flatMap((step) =>
    step.do === 'byzantine' && step.behaviour === 'twin' ? (step.replica ?? []) : [],
  );
  return [...new Set(replicas)].map(twinOf);
}

/** Undefined for a log that its disk refuses. */
async function recordsOf(storage: StorageChoice, name: string): Promise<Uint8Array[] | undefined> {
  if (storage.kind === 'memory') return [];
  const disk = await openLog(storage, name);
  try {
    return await disk.load();
  } catch (error) {
    if (error instanceof StorageError) return undefined;
    throw error;
  } finally {
    await disk.close();
  }
}

/** Undefined for a log that is corrupt: the process itself will say so when it restarts. */
function lastTurn(
  process: ProcessId,
  configuration: Configuration,
  records: readonly Uint8Array[] | undefined,
): number | undefined {
  if (records === undefined) return undefined;
  if (records.length === 0) return 0;
  try {
    return ProcessMachine.restore(identityOf(process), configuration, records, 0).turnOfLastRecord;
  } catch (error) {
    if (error instanceof StoreError) return undefined;
    throw error;
  }
}
