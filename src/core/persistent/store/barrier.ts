/** What the write barrier reports to. */
export interface WriteLog {
  markDirty(o: unknown): void;
}

let active: WriteLog | undefined;

/** From here on writes belong to the objects of `log`. */
export function activateBarrier(log: WriteLog | undefined): void {
  active = log;
}

/** Tells the store that `o` is about to change, or has just changed. Hands `o` through. */
export function written<T>(o: T): T {
  if (active !== undefined) active.markDirty(o);
  return o;
}
