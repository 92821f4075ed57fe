import { sequenceNumber } from '#core/pbft/terms.ts';
import type { Outgoing } from '#core/replica/process.ts';

import { falsifying, type Misdeed, type Villain } from './misdeed.ts';

/** How many places, if nothing is said. */
const skippedDefault = 2;

/** A-P10: as primary, goes on some places later than it should, and leaves those before it empty. */
export function skipSequence(
  villain: Villain,
  count: number | undefined,
  outgoing: readonly Outgoing[],
): Misdeed {
  const skipped = count ?? skippedDefault;
  const deed = `leaves ${skipped} places empty before`;
  return falsifying(villain, { behaviour: 'skip-sequence', deed }, outgoing, (body) =>
    body.type === 'pre-prepare'
      ? { ...body, sequence: sequenceNumber(body.sequence + skipped) }
      : undefined,
  );
}
