import type { OwnerLocks } from '#host/storage/ownership.ts';

/** Web Locks of one browser, for those who do not wait. */
export class TabLocks implements OwnerLocks {
  private readonly held = new Set<string>();

  async request(
    name: string,
    _options: { readonly ifAvailable: boolean },
    whileHeld: (lock: unknown) => Promise<void>,
  ): Promise<void> {
    if (this.held.has(name)) return whileHeld(null);
    this.held.add(name);
    await whileHeld({ name });
    this.held.delete(name);
  }
}
