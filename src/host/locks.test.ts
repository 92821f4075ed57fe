import { describe, expect, it } from 'vitest';

import { holdAnyCluster, holdCluster, holdProcess, type Locks } from './locks.ts';

/** Web Locks over one map, for as many pages as a test wants; `release` is the end of a page or worker. */
class LockManager implements Locks {
  private readonly held = new Set<string>();
  private readonly waiting: { name: string; grant: () => void }[] = [];

  async request(
    name: string,
    { ifAvailable }: { readonly ifAvailable: boolean },
    whileHeld: (lock: unknown) => Promise<void>,
  ): Promise<void> {
    if (this.held.has(name)) {
      if (ifAvailable) return whileHeld(null);
      await new Promise<void>((grant) => {
        this.waiting.push({ name, grant });
      });
    }
    this.held.add(name);
    await whileHeld({ name });
  }

  release(name: string): void {
    this.held.delete(name);
    this.waiting.find((waiter) => waiter.name === name)?.grant();
  }
}

describe('locks', () => {
  it('[A-S6] gives a cluster to the first page only', async () => {
    const locks = new LockManager();

    expect(await holdCluster('main', locks)).toBe(true);
    expect(await holdCluster('main', locks, 0)).toBe(false);
    expect(await holdCluster('other', locks)).toBe(true);
  });

  it('waits a little for the page that is being replaced', async () => {
    const locks = new LockManager();
    await holdCluster('main', locks);
    const again = holdCluster('main', locks);
    locks.release('cluster:main');

    expect(await again).toBe(true);
  });

  it('finds a free cluster for a second tab', async () => {
    const locks = new LockManager();

    expect(await holdAnyCluster('main', locks)).toBe('main');
    expect(await holdAnyCluster('main', locks)).toBe('cluster-2');
    expect(await holdAnyCluster('main', locks)).toBe('cluster-3');
  });

  it('makes a restarted process wait until the worker before it is gone', async () => {
    const locks = new LockManager();
    await holdProcess('main', 1, locks);
    let held = false;
    const second = (async () => {
      await holdProcess('main', 1, locks);
      held = true;
    })();
    await holdProcess('main', 2, locks);
    expect(held).toBe(false);

    locks.release('replica:main:1');
    await second;

    expect(held).toBe(true);
  });
});
