import type { Checker } from './checker.ts';

/** I14: every stored certificate of a correct process verifies from scratch. */
export function certificatesValid(): Checker {
  return {
    invariant: 'certificates-valid',
    examine({ process, badCertificates }, cast) {
      const [bad] = badCertificates;
      if (bad === undefined || !cast.isCorrect(process)) return undefined;
      return { says: `process ${process} keeps a bad certificate: ${bad}`, evidence: [] };
    },
  };
}
