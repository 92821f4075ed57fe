import type { Kind, Label } from './kind.ts';
import { findKind } from './registry.ts';

/** A named way into the graph. */
export interface Entrance {
  readonly label: Label;
  readonly object: object;
}

/** An object of the graph, and the first way found to it. */
export interface Place {
  readonly object: object;
  readonly kind: Kind;
  readonly label: Label;
  readonly parent: Place | undefined;
}

/**
 * All objects with identity that can be reached.
 *
 * @yields The nearest first.
 */
export function* placesOf(
  entrances: Iterable<Entrance>,
  externals: ReadonlyMap<object, string>,
): Generator<Place> {
  const seen = new Set<object>(externals.keys());
  const places: Place[] = [];
  const enter = (value: unknown, label: Label, parent: Place | undefined): void => {
    if (!isObject(value) || seen.has(value)) return;
    const kind = findKind(value);
    if (kind === undefined || !('edges' in kind)) return;
    seen.add(value);
    places.push({ object: value, kind, label, parent });
  };
  for (const { object, label } of entrances) enter(object, label, undefined);
  for (const place of places) {
    yield place;
    place.kind.edges(place.object, (label, value) => enter(value, label, place));
  }
}

/** The way to the first place that holds `wanted`, as a person reads it. */
export function pathTo(wanted: unknown, places: Iterable<Place>): string | undefined {
  for (const place of places) {
    let found: string | undefined;
    place.kind.edges(place.object, (label, value) => {
      if (found === undefined && value === wanted) found = formatPath(place, label);
    });
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `roots .replica  →  Replica .slots  →  Map ["1"]`. */
export function formatPath(place: Place, label?: Label): string {
  const { object, kind, parent } = place;
  const last = label === undefined ? kind.type(object) : step(kind.type(object), label);
  let path = last;
  let child: Place = place;
  for (let p = parent; p !== undefined; p = p.parent) {
    path = `${step(p.kind.type(p.object), child.label)}  →  ${path}`;
    child = p;
  }
  return `${step('roots', child.label)}  →  ${path}`;
}

function step(type: string, label: Label): string {
  if (typeof label === 'number') return `${type} [${label}]`;
  return label.startsWith('[') ? `${type} ${label}` : `${type} .${label}`;
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
