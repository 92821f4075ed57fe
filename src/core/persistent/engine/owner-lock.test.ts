import { describe, expect, it } from 'vitest';

import { MemoryStorage } from '#core/persistent/store/memory-storage.ts';
import { StoreError } from '#core/persistent/store/store-error.ts';

import { Application, type ApplicationOptions } from './application.ts';
import { VirtualClock } from './clock.ts';
import type { Locks } from './owner-lock.ts';

/** Locks as a browser has them, of one process. */
class ProcessLocks implements Locks {
  readonly held = new Set<string>();

  async request(
    name: string,
    _options: { readonly ifAvailable: boolean },
    whileHeld: (lock: unknown) => Promise<void>,
  ): Promise<void> {
    if (this.held.has(name)) return whileHeld(null);
    this.held.add(name);
    try {
      await whileHeld({ name });
    } finally {
      this.held.delete(name);
    }
  }
}

function shared(): ApplicationOptions & { readonly locks: ProcessLocks } {
  const locks = new ProcessLocks();
  const storage = new MemoryStorage();
  // The storage outlives the applications on it.
  storage.close = () => Promise.resolve();
  const owner = { name: 'door', locks };
  return { seed: 'lock', storage, clock: new VirtualClock(), owner, locks };
}

describe('a storage with an owner', () => {
  it('is not opened a second time, and the first goes on', async () => {
    const options = shared();
    const first = await Application.open(options, () => undefined);

    await expect(Application.open(options, () => undefined)).rejects.toThrow(
      new StoreError(
        "'door' is open already, here or in another tab or worker: one owner at a time. " +
          'Dispose the other application, or end its worker.',
      ),
    );

    await expect(first.schedule(() => 7)).resolves.toBe(7);
  });

  it('is free again after dispose', async () => {
    const options = shared();
    await (await Application.start(options, () => undefined)).dispose();

    await (await Application.continue(options)).dispose();

    expect(options.locks.held.size).toBe(0);
  });

  it('is free again when it cannot be opened', async () => {
    const options = shared();
    await expect(Application.continue(options)).rejects.toThrow('the storage is empty');
    await expect(
      Application.start(options, () => {
        throw new RangeError('no main');
      }),
    ).rejects.toThrow('no main');

    expect(options.locks.held.size).toBe(0);
  });

  it('surfaces what the locks refuse with', async () => {
    const options = shared();
    const locks: Locks = { request: () => Promise.reject(new Error('no locks here')) };

    await expect(
      Application.open({ ...options, owner: { name: 'door', locks } }, () => undefined),
    ).rejects.toThrow('no locks here');
  });
});
