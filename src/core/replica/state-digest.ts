import { digestOfState } from '#core/pbft/execution.ts';
import type { Digest } from '#core/pbft/terms.ts';

import type { Ledger } from './ledger.ts';
import type { Replica } from './replica.ts';

const digests = new WeakMap<Ledger, { readonly changes: number; readonly digest: Digest }>();

/** The digest of the state that a replica has now: computed once for each change of it. */
export function digestOfLedger({ configuration, ledger }: Replica): Digest {
  const { changes, lastExecuted: sequence, executed } = ledger;
  const known = digests.get(ledger);
  if (known?.changes === changes) return known.digest;
  const digest = digestOfState(configuration, ledger, { sequence, executed });
  digests.set(ledger, { changes, digest });
  return digest;
}
