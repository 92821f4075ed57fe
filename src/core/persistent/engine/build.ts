import { StoreError } from '#core/persistent/store/store-error.ts';
import { storedRoot } from '#core/persistent/store/stored-root.ts';

import { Engine, type EngineOptions } from './engine.ts';

/** The root that says which edition of the program has written last. */
export const BUILD = '$build';

/** The engine that wrote these records. If it does not fit this program, both builds are named. */
export function restored(
  records: readonly Uint8Array[],
  options: EngineOptions,
  build: string,
): Engine {
  try {
    return Engine.restore(records, options);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    const stored = storedBuild(records);
    if (stored === undefined || stored === build) throw error;
    throw new StoreError(
      `${error.reason}\n  written by build '${stored}', this is build '${build}'`,
      error.record,
    );
  }
}

/** Undefined if the log cannot say. */
function storedBuild(records: readonly Uint8Array[]): string | undefined {
  try {
    return buildIn(storedRoot(records, BUILD));
  } catch (error) {
    if (error instanceof StoreError) return undefined;
    throw error;
  }
}

/** The build that the root of this name says. */
export function buildIn(root: unknown): string | undefined {
  if (typeof root !== 'object' || root === null || !('id' in root)) return undefined;
  return String(root.id);
}
