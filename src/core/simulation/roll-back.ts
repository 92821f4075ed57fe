import { assert, defined } from '#core/base/assert.ts';

/** A storage log, the oldest record first. */
export type Log = readonly Uint8Array[];

/** A log as it was, and the logs that compaction had replaced by then. */
export interface RolledBack {
  readonly log: Log;
  readonly past: readonly Log[];
}

/**
 * A disk as it was before its last `commits`, which are fewer than it ever took. `past` are the logs that compaction has
 * replaced, the oldest first: the last record of each says as much as the first of the next.
 */
export function rolledBack(past: readonly Log[], log: Log, commits: number): RolledBack {
  let earlier = past;
  let current = log;
  let left = commits;
  while (left >= current.length) {
    left -= Math.max(0, current.length - 1);
    assert(earlier.length > 0, 'a disk is not rolled back beyond its first commit');
    current = defined(earlier.at(-1), 'a past that is not empty has a last log');
    earlier = earlier.slice(0, -1);
  }
  return { log: current.slice(0, current.length - left), past: earlier };
}
