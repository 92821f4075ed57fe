import { correctReplica, type Checker } from './checker.ts';
import { Recent } from './recent.ts';

/** I13: what is committed at one correct replica is prepared, or behind a stable checkpoint, at Q - f of them. */
export function committedBacked(limit = Infinity): Checker {
  const prepared = new Recent<string, Set<number>>(limit);
  const low = new Map<number, number>();
  return {
    invariant: 'committed-backed',
    observe(event, cast) {
      const replica = correctReplica(event, cast);
      if (replica === undefined) return undefined;
      if (event.type === 'stable') low.set(replica, event.sequence);
      if (event.type !== 'prepared' && event.type !== 'committed') return undefined;
      const { view, sequence, digest, id } = event;
      const key = `${view}/${sequence}/${digest}`;
      const backers = prepared.get(key) ?? new Set<number>();
      prepared.set(key, backers);
      if (event.type === 'prepared') {
        backers.add(replica);
        return undefined;
      }
      const past = [...low].filter(([id, h]) => h >= sequence && !backers.has(id)).length;
      const { quorum, f } = cast.quorums;
      if (backers.size + past >= quorum - f) return undefined;
      return {
        says: `replica ${replica} commits ${sequence} with ${backers.size + past} correct replicas prepared, not ${quorum - f}`,
        sequence,
        evidence: [id],
      };
    },
  };
}
