import type { BehaviourEntry } from './behaviour-entry.ts';
import { clientBehaviours } from './client-behaviours.ts';
import { replicaBehaviours } from './replica-behaviours.ts';

/** A behaviour of a replica, by name. */
export type ReplicaBehaviourName = (typeof replicaBehaviours)[number]['name'];

/** A behaviour of a client, by name. */
export type ClientBehaviourName = (typeof clientBehaviours)[number]['name'];

/** Every name; some are behaviours of both. */
export type BehaviourName = ReplicaBehaviourName | ClientBehaviourName;

/**
 * Every behaviour there is: the format of scenarios, the generators, the sheet of the page and the
 * documentation take them from here.
 */
export const behaviourCatalogue: readonly BehaviourEntry[] = [
  ...replicaBehaviours,
  ...clientBehaviours,
];

/** The names of the behaviours that a replica may have. */
export const replicaBehaviourNames: readonly ReplicaBehaviourName[] = replicaBehaviours.map(
  ({ name }) => name,
);

/** The names of the behaviours that a client may have. */
export const clientBehaviourNames: readonly ClientBehaviourName[] = clientBehaviours.map(
  ({ name }) => name,
);

/** What the catalogue says of a behaviour of a replica, or of a client. */
export function behaviourEntry(of: BehaviourEntry['of'], name: string): BehaviourEntry | undefined {
  return behaviourCatalogue.find((entry) => entry.of === of && entry.name === name);
}
