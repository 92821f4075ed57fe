import { StorageError } from './storage-error.ts';

/** The part of the Web Locks API that is used; `navigator.locks` in a browser. */
export interface OwnerLocks {
  request(
    name: string,
    options: { readonly ifAvailable: boolean },
    whileHeld: (lock: unknown) => Promise<void>,
  ): Promise<unknown>;
}

const pauseMs = 20;

/**
 * Takes a storage for whoever asks, until the answer is called or its thread ends. Whoever comes second waits a little,
 * for a worker that is still dying, and is refused.
 */
export async function own(
  name: string,
  patienceMs: number,
  locks: OwnerLocks | undefined,
): Promise<() => void> {
  // Outside browsers there are no other tabs.
  if (locks === undefined) return () => undefined;
  for (let waited = 0; ; waited += pauseMs) {
    const release = await taken(`storage:${name}`, locks);
    if (release !== undefined) return release;
    if (waited >= patienceMs) {
      throw new StorageError('another tab or worker has it open. Close the other tab.');
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

/** The locks of this browser; none in Node. */
export function browserLocks(): OwnerLocks | undefined {
  const { navigator }: { readonly navigator?: { readonly locks?: OwnerLocks } } = globalThis;
  return navigator?.locks;
}

function taken(name: string, locks: OwnerLocks): Promise<(() => void) | undefined> {
  return new Promise((resolve, reject) => {
    const request = locks.request(name, { ifAvailable: true }, (lock) => {
      if (lock === null) {
        resolve(undefined);
        return Promise.resolve();
      }
      return new Promise<void>((release) => {
        resolve(release);
      });
    });
    request.catch(reject);
  });
}
