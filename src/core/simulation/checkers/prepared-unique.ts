import { correctReplica, type Checker } from './checker.ts';
import { Recent } from './recent.ts';

/** I2: at one view and sequence number only one digest is ever prepared at correct replicas. */
export function preparedUnique(limit = Infinity): Checker {
  const prepared = new Recent<string, { readonly digest: string; readonly event: number }>(limit);
  return {
    invariant: 'prepared-unique',
    observe(event, cast) {
      const replica = correctReplica(event, cast);
      if (event.type !== 'prepared' || replica === undefined) return undefined;
      const { view, sequence, digest } = event;
      const slot = `${view}/${sequence}`;
      const first = prepared.get(slot) ?? { digest, event: event.id };
      prepared.set(slot, first);
      if (first.digest === digest) return undefined;
      return {
        says: `replica ${replica} prepares a second digest at view ${view}, sequence ${sequence}`,
        sequence,
        evidence: [first.event, event.id],
      };
    },
  };
}
