import { correctReplica, type Checker } from './checker.ts';

/** What binds its signer. */
const words: ReadonlySet<string> = new Set(['pre-prepare', 'prepare', 'commit', 'checkpoint']);

/**
 * I9: whatever happened to it, a correct replica speaks for one digest: per view and sequence number
 * in PRE-PREPARE, PREPARE and COMMIT alike, per sequence number in CHECKPOINT.
 */
export function noContradiction(): Checker {
  const said = new Map<string, { readonly digest: string; readonly event: number }>();
  return {
    invariant: 'no-contradiction',
    observe(event, cast) {
      const replica = correctReplica(event, cast);
      if (event.type !== 'sent' || replica === undefined) return undefined;
      const { kind, signer, view, sequence, digest } = event.header;
      if (signer !== replica || digest === undefined || sequence === undefined) return undefined;
      if (!words.has(kind)) return undefined;
      const topic = kind === 'checkpoint' ? `checkpoint ${sequence}` : `slot ${view}/${sequence}`;
      const first = said.get(`${replica}: ${topic}`) ?? { digest, event: event.id };
      said.set(`${replica}: ${topic}`, first);
      if (first.digest === digest) return undefined;
      return {
        says: `replica ${replica} contradicts itself about ${topic}`,
        sequence,
        evidence: [first.event, event.id],
      };
    },
  };
}
