import { StoreError } from '#core/persistent/store/store-error.ts';

/** What a platform has to make somebody the only one: `navigator.locks` in a browser. */
export interface Locks {
  request(
    name: string,
    options: { readonly ifAvailable: boolean },
    whileHeld: (lock: unknown) => Promise<void>,
  ): Promise<unknown>;
}

/** Who holds the lock of this name owns the storage. */
export interface OwnerLock {
  readonly name: string;
  readonly locks: Locks;
}

/** Makes the caller the owner, until it calls what it gets. Refused while somebody else is. */
export function owned({ name, locks }: OwnerLock): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const request = locks.request(name, { ifAvailable: true }, (lock) => {
      if (lock !== null) return new Promise((release) => resolve(release));
      reject(
        new StoreError(
          `'${name}' is open already, here or in another tab or worker: one owner at a time. ` +
            'Dispose the other application, or end its worker.',
        ),
      );
      return Promise.resolve();
    });
    request.catch(reject);
  });
}
