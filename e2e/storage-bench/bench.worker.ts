import { expose } from 'comlink';

import { indexedDbEngine } from '#host/storage/contract/indexed-db-specimen.ts';
import { mortalWriter, survivorOf } from '#host/storage/contract/mortal-writer.ts';
import { opfsEngine } from '#host/storage/contract/opfs-specimen.ts';
import type { Engine } from '#host/storage/contract/specimen.ts';
import { promisesOf } from '#host/storage/contract/storage-contract.ts';
import type { Disk, Durability } from '#host/storage/disk.ts';
import { openLog } from '#host/storage/open-drive.ts';

/** A storage engine of the browser. */
export interface Choice {
  readonly kind: 'indexed-db' | 'opfs';
  readonly durability: Durability;
}

function engineOf({ kind, durability }: Choice): Engine {
  return kind === 'opfs'
    ? opfsEngine(durability, () => navigator.storage.getDirectory())
    : indexedDbEngine(durability);
}

/** What a worker of the bench can do. */
const bench = {
  /** Which promises a storage keeps: for each its name, and why not. */
  async contract(choice: Choice): Promise<readonly (readonly [name: string, outcome: string])[]> {
    const outcomes: [string, string][] = [];
    const engine = engineOf(choice);
    for (const { name, check } of promisesOf(engine)) {
      try {
        await check(engine);
        outcomes.push([name, 'kept']);
      } catch (error) {
        outcomes.push([name, String(error)]);
      }
    }
    return outcomes;
  },

  /** Writes until the worker is killed. Now and then it waits: one that never does dies seconds after it was killed. */
  async write(choice: Choice, acknowledged: (number: number) => Promise<void>): Promise<void> {
    await mortalWriter(await openLog(choice, 'bench:mortal'), (number) => {
      const heard = acknowledged(number);
      return number % 5 === 0 ? heard : undefined;
    });
  },

  /** What the writers before have left. */
  async survivor(choice: Choice): Promise<number> {
    const disk = await openLog(choice, 'bench:mortal');
    try {
      return survivorOf(await disk.load());
    } finally {
      await disk.close();
    }
  },

  /** Commits until the browser refuses or it is enough: how many, and what it said. */
  async fill(
    choice: Choice,
    name: string,
    enough: number,
  ): Promise<{ commits: number; refusal: string | undefined }> {
    const disk = await openLog(choice, name);
    await disk.load();
    // What can be compressed takes less room than it seems to.
    const record = crypto.getRandomValues(new Uint8Array(60_000));
    try {
      for (let commits = 0; commits < enough; commits++) {
        const refusal = await refusalOf(disk, record);
        if (refusal !== undefined) return { commits, refusal };
      }
      return { commits: enough, refusal: undefined };
    } finally {
      await disk.close();
    }
  },

  /** How many records there are. */
  async count(choice: Choice, name: string): Promise<number> {
    const disk = await openLog(choice, name);
    try {
      return (await disk.load()).length;
    } finally {
      await disk.close();
    }
  },
};

async function refusalOf(disk: Disk, record: Uint8Array): Promise<string | undefined> {
  try {
    await disk.commit(record);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** What the page calls. */
export type Bench = typeof bench;

expose(bench);
