import { correctReplica, type Checker } from './checker.ts';

/** I4: a replica executes 1, 2, 3, … and no sequence number twice, restarts or not; what it gets with a state it executes not. */
export function contiguousExecution(): Checker {
  const last = new Map<number, { readonly sequence: number; readonly event: number }>();
  return {
    invariant: 'contiguous-execution',
    observe(event, cast) {
      const replica = correctReplica(event, cast);
      if (replica === undefined) return undefined;
      if (event.type === 'state-transfer' && event.deed === 'installed') {
        last.set(replica, { sequence: event.sequence, event: event.id });
      }
      if (event.type !== 'executed') return undefined;
      const { sequence, id } = event;
      const before = last.get(replica);
      last.set(replica, { sequence, event: id });
      const expected = (before?.sequence ?? 0) + 1;
      if (sequence === expected) return undefined;
      return {
        says: `replica ${replica} executes ${sequence} where ${expected} is next`,
        sequence,
        evidence: before === undefined ? [id] : [before.event, id],
      };
    },
  };
}
