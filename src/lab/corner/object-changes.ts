import type { ObjectChange } from '#core/persistent/index.ts';

/** The fields that differ between two states of a disk, by object; all of those of a new object. */
export function fieldsChanged(
  before: readonly ObjectChange[],
  after: readonly ObjectChange[],
): ReadonlyMap<number, readonly string[]> {
  const known = new Map(before.map((object) => [object.id, object]));
  const changed = new Map<number, readonly string[]>();
  for (const { id, fields, type } of after) {
    const old = known.get(id);
    const names = Object.keys(fields).filter(
      (name) => old?.type !== type || old.fields[name] !== fields[name],
    );
    if (names.length > 0) changed.set(id, names);
  }
  return changed;
}
