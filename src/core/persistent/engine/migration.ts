import { assert } from '#core/base/assert.ts';

/** Where a call is suspended, in the words of the program that wrote it. */
export interface SuspendedCall {
  /** Source of the await. */
  readonly await: string;
  /** Which of the awaits with that source, counted from 0. */
  readonly ordinal?: number;
  readonly locals: Readonly<Record<string, unknown>>;
}

/** Moves a call to an await of the program as it is now; undefined if it does not know how. */
export type Migration = (call: SuspendedCall) => SuspendedCall | undefined;

const migrations = new Map<string, Migration>();

/**
 * Says how calls of a function go on whose await is not there any more. `id` is the name of the
 * function as it is now: `file#name` or `file#Class.method`.
 */
export function migrate(id: string, migration: Migration): void {
  assert(!migrations.has(id), `${id} has a migration already`);
  migrations.set(id, migration);
}

export function migrationOf(id: string): Migration | undefined {
  return migrations.get(id);
}
