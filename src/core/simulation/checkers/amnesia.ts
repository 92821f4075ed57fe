import type { Checker } from './checker.ts';

/** What binds its signer in the agreement: a replica that may have forgotten says none of it. */
const votes: ReadonlySet<string> = new Set([
  'pre-prepare',
  'prepare',
  'commit',
  'view-change',
  'new-view',
]);

/**
 * [D] of pbft.md 1.16: a replica that has found out that it does not know all it has said never votes
 * again. It speaks of everybody but Byzantine replicas: these do what they like.
 */
export function amnesia(): Checker {
  const learners = new Map<number, number>();
  const byzantine = new Set<number>();
  return {
    invariant: 'amnesia',
    observe(event) {
      const { process, id } = event;
      if (typeof process !== 'number') return undefined;
      if (event.type === 'byzantine') byzantine.add(process);
      if (event.type === 'learner') learners.set(process, id);
      const since = learners.get(process);
      if (event.type !== 'sent' || since === undefined || byzantine.has(process)) return undefined;
      const { kind, signer, sequence } = event.header;
      if (signer !== process || !votes.has(kind)) return undefined;
      return {
        says: `replica ${process} is a learner and sends ${kind.toUpperCase()}`,
        ...(sequence !== undefined && { sequence }),
        evidence: [since, id],
      };
    },
  };
}
