import type { ProcessId } from '#core/pbft/message.ts';

/** The part of the Web Locks API that is used; `navigator.locks` in a browser. */
export interface Locks {
  request(
    name: string,
    options: { readonly ifAvailable: boolean },
    whileHeld: (lock: unknown) => Promise<void>,
  ): Promise<unknown>;
}

/** A page that is loaded again may come before the one that it replaces is quite gone. */
const patienceMs = 1000;
const pauseMs = 100;

/**
 * Takes the exclusive lock of a cluster for as long as this page lives. False: another tab has it.
 */
export async function holdCluster(
  cluster: string,
  locks: Locks = navigator.locks,
  patience = patienceMs,
): Promise<boolean> {
  return holdSoon(clusterLock(cluster), locks, patience);
}

/** Takes the lock of the corner's disks for as long as this page lives. False: another tab has them. */
export async function holdCorner(locks: Locks = navigator.locks): Promise<boolean> {
  return holdSoon('corner', locks, patienceMs);
}

/**
 * Takes the lock of a process for as long as this worker lives, waiting for the worker before it to be
 * gone. While it is held, nobody else writes this process's storage log.
 */
export async function holdProcess(
  cluster: string,
  process: ProcessId,
  locks: Locks = navigator.locks,
): Promise<void> {
  await hold(processLock(cluster, process), false, locks);
}

/**
 * Takes the lock of a sample's disk for as long as this worker lives, waiting for the worker before it to be
 * gone.
 */
export async function holdSample(disk: string, locks: Locks = navigator.locks): Promise<void> {
  await hold(`sample:${disk}`, false, locks);
}

/** Does something while no worker holds the lock of a process, and gives the lock back. */
export function afterProcess<T>(
  cluster: string,
  process: ProcessId,
  action: () => Promise<T>,
  locks: Locks = navigator.locks,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = locks.request(
      processLock(cluster, process),
      { ifAvailable: false },
      async () => {
        resolve(await action());
      },
    );
    request.catch(reject);
  });
}

/** The first cluster name that no other tab holds, now held by this page. */
export async function holdAnyCluster(preferred: string, locks?: Locks): Promise<string> {
  if (await holdCluster(preferred, locks, 0)) return preferred;
  for (let i = 2; ; i += 1) {
    const name = `cluster-${i}`;
    if (name !== preferred && (await holdCluster(name, locks, 0))) return name;
  }
}

async function holdSoon(name: string, locks: Locks, patience: number): Promise<boolean> {
  for (let waited = 0; ; waited += pauseMs) {
    if (await hold(name, true, locks)) return true;
    if (waited >= patience) return false;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

function clusterLock(cluster: string): string {
  return `cluster:${cluster}`;
}

function processLock(cluster: string, process: ProcessId): string {
  return `replica:${cluster}:${process}`;
}

function hold(name: string, ifAvailable: boolean, locks: Locks): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const request = locks.request(name, { ifAvailable }, (lock) => {
      resolve(lock !== null);
      return lock === null ? Promise.resolve() : forever;
    });
    request.catch(reject);
  });
}

/** Settled by nothing: a lock held on it goes with its page or worker. */
const forever = new Promise<void>(() => undefined);
