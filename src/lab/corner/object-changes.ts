import type { ObjectChange } from '#core/persistent/index.ts';

/** The objects in a record, and which of their fields it changed; all of those of a new object. */
export function fieldsChanged(
  before: readonly ObjectChange[],
  record: readonly ObjectChange[],
): ReadonlyMap<number, readonly string[]> {
  const known = new Map(before.map((object) => [object.id, object]));
  const changed = new Map<number, readonly string[]>();
  for (const { id, fields, type } of record) {
    const old = known.get(id);
    const names = Object.keys(fields).filter(
      (name) => old?.type !== type || old.fields[name] !== fields[name],
    );
    changed.set(id, names);
  }
  return changed;
}
