import { correctReplica, type Checker } from './checker.ts';
import { Recent } from './recent.ts';

/** I8: the checkpoints of correct replicas at one sequence number have one digest. */
export function checkpointAgreement(limit = Infinity): Checker {
  const digests = new Recent<number, { readonly digest: string; readonly event: number }>(limit);
  return {
    invariant: 'checkpoint-agreement',
    observe(event, cast) {
      const replica = correctReplica(event, cast);
      if (replica === undefined) return undefined;
      if (event.type !== 'checkpoint' && event.type !== 'stable') return undefined;
      const { sequence, digest, id } = event;
      const first = digests.get(sequence) ?? { digest, event: id };
      digests.set(sequence, first);
      if (first.digest === digest) return undefined;
      return {
        says: `replica ${replica} has another state at checkpoint ${sequence} than a correct replica before it`,
        sequence,
        evidence: [first.event, id],
      };
    },
  };
}
