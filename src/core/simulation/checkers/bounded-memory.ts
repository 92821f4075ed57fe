import type { Checker } from './checker.ts';

/** I16: what a correct replica keeps is bounded by n, L and the number of clients, whatever arrives. */
export function boundedMemory(): Checker {
  return {
    invariant: 'bounded-memory',
    examine({ process, inspection }, cast) {
      if (inspection.kind !== 'replica' || !cast.isCorrect(process)) return undefined;
      const { n, clients, logSize, checkpointInterval } = cast.configuration;
      const perWindow = Math.ceil(logSize / checkpointInterval) + 1;
      const bounds: readonly (readonly [what: string, size: number, most: number])[] = [
        ['slots', inspection.slots.length, 2 * logSize],
        ['pending requests', inspection.pending.length, clients],
        ['entries of the client table', inspection.clientTable.length, clients],
        // One claim per signer beyond the window, and every digest of n signers within it.
        ['checkpoints', inspection.checkpoints.length, n * (perWindow + 1)],
        ['votes', votesIn(inspection.slots), 2 * n * 2 * logSize],
      ];
      const broken = bounds.find(([, size, most]) => size > most);
      if (broken === undefined) return undefined;
      const [what, size, most] = broken;
      return { says: `replica ${process} keeps ${size} ${what}, more than ${most}`, evidence: [] };
    },
  };
}

function votesIn(
  slots: readonly { readonly prepares: readonly unknown[]; readonly commits: readonly unknown[] }[],
): number {
  return slots.reduce((sum, { prepares, commits }) => sum + prepares.length + commits.length, 0);
}
