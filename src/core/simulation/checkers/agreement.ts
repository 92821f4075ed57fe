import { AgreedLog } from './agreed-log.ts';
import { correctReplica, type Checker } from './checker.ts';

/** I1: two correct replicas that execute the same sequence number execute the same batch. */
export function agreement(limit = Infinity): Checker {
  const log = new AgreedLog(limit);
  return {
    invariant: 'agreement',
    observe(event, cast) {
      const replica = correctReplica(event, cast);
      if (event.type !== 'executed' || replica === undefined) return undefined;
      const agreed = log.file(event);
      if (agreed.digest === event.digest) return undefined;
      return {
        says: `replica ${replica} executes another batch at ${event.sequence} than a correct replica before it`,
        sequence: event.sequence,
        evidence: [agreed.event, event.id],
      };
    },
  };
}
