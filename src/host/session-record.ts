import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

import type { Scenario, Step } from '#core/simulation/scenario.ts';

import type { StorageChoice } from './storage/disk.ts';
import { StorageError, storageError } from './storage/storage-error.ts';

/** What was asked for when the session began: a page that asks for the same goes on with it. */
export interface Opening {
  readonly name: string;
  readonly replicas: number;
  readonly seed: number;
  /** Where its disks are; IndexedDB in records that do not say. */
  readonly disks?: StorageChoice['kind'];
}

/** A session that can go on: what was asked for, and everything done since as one scenario. */
export interface RecordedSession {
  readonly opening: Opening;
  readonly scenario: Scenario;
  /** How many of its steps were there when it was loaded; the others were done since. */
  readonly planned: number;
}

type Entry =
  | ({ readonly kind: 'opened' } & RecordedSession)
  /** A command may also prolong the run. */
  | { readonly kind: 'command'; readonly step: Step; readonly until: Scenario['until'] }
  | { readonly kind: 'finished' };

interface RecordSchema extends DBSchema {
  readonly entries: { key: number; value: Entry };
}

/**
 * What a reload needs to re-execute a session: scenario, seed and commands, one IndexedDB record each.
 * A command is written before it takes effect, so nothing that has happened is unknown to the record.
 */
export class SessionRecord {
  private readonly database: IDBPDatabase<RecordSchema>;

  private constructor(database: IDBPDatabase<RecordSchema>) {
    this.database = database;
  }

  static async open(cluster: string): Promise<SessionRecord> {
    return guarded('The record of the session could not be opened', async () => {
      const database = await openDB<RecordSchema>(`pbft-lab:${cluster}:session`, 2, {
        upgrade: (fresh, from) => {
          // An older record does not say what was planned: the page begins afresh.
          if (from === 1) fresh.deleteObjectStore('entries');
          fresh.createObjectStore('entries', { autoIncrement: true });
        },
      });
      return new SessionRecord(database);
    });
  }

  /** Forgets the session before and begins this one. */
  begin(session: RecordedSession): Promise<void> {
    return guarded('The scenario could not be recorded', async () => {
      const transaction = this.database.transaction('entries', 'readwrite');
      await transaction.store.clear();
      await transaction.store.add({ kind: 'opened', ...session });
      await transaction.done;
    });
  }

  command(step: Step, until: Scenario['until']): Promise<void> {
    return this.add({ kind: 'command', step, until });
  }

  /** The run came to its end: a page that loads next begins afresh. A later command takes that back. */
  finish(): Promise<void> {
    return this.add({ kind: 'finished' });
  }

  /**
   * The session to go on with; undefined when there is none or it came to its end. One that this version does not understand is
   * refused, and stays as it is.
   */
  async unfinished(): Promise<RecordedSession | undefined> {
    const entries = await guarded('The record of the session could not be read', () =>
      this.database.getAll('entries'),
    );
    const [first] = entries;
    if (first?.kind !== 'opened' || entries.at(-1)?.kind === 'finished') return undefined;
    const { opening, planned } = first;
    let { scenario } = first;
    for (const entry of entries) {
      if (entry.kind !== 'command') continue;
      scenario = { ...scenario, until: entry.until, steps: [...scenario.steps, entry.step] };
    }
    // Most visits find nothing to go on with, and do without fetching the parser.
    const { parseScenario } = await import('#core/simulation/parse-scenario.ts');
    const parsed = parseScenario(scenario);
    if (parsed.ok) return { opening, scenario: parsed.scenario, planned };
    throw new StorageError(
      `What was done here was recorded by another version of the lab (${parsed.problem}). Load the page again to get that version, or open a new cluster.`,
    );
  }

  close(): void {
    this.database.close();
  }

  private add(entry: Entry): Promise<void> {
    return guarded('What you did could not be recorded', async () => {
      const transaction = this.database.transaction('entries', 'readwrite');
      await transaction.store.add(entry);
      await transaction.done;
    });
  }
}

async function guarded<T>(doing: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw storageError(doing, error);
  }
}
