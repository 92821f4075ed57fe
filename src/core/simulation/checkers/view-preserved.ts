import { correctReplica, type Checker } from './checker.ts';
import { Recent } from './recent.ts';

interface Vote {
  readonly view: number;
  readonly digest: string;
  readonly event: number;
}

/** I3: what is committed in a view is all that is ever prepared at its sequence number in later views. */
export function viewPreserved(limit = Infinity): Checker {
  const committed = new Recent<number, Vote[]>(limit);
  const prepared = new Recent<number, Vote[]>(limit);
  return {
    invariant: 'view-preserved',
    observe(event, cast) {
      if (correctReplica(event, cast) === undefined) return undefined;
      if (event.type !== 'committed' && event.type !== 'prepared') return undefined;
      const { view, sequence, digest, id } = event;
      const [mine, others] =
        event.type === 'committed' ? [committed, prepared] : [prepared, committed];
      mine.set(sequence, [...(mine.get(sequence) ?? []), { view, digest, event: id }]);
      const other = (others.get(sequence) ?? []).find((vote) => {
        const isLater = event.type === 'prepared' ? view > vote.view : vote.view > view;
        return isLater && vote.digest !== digest;
      });
      if (other === undefined) return undefined;
      return {
        says: `at sequence ${sequence} one digest is committed, and another prepares in a later view`,
        sequence,
        evidence: [other.event, id],
      };
    },
  };
}
