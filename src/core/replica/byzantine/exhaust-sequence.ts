import { type SequenceNumber, sequenceNumber } from '#core/pbft/terms.ts';
import type { Outgoing } from '#core/replica/process.ts';

import { falsifying, type Misdeed, type Villain } from './misdeed.ts';

/** A-P11: as primary, proposes first at H, then beyond it, then at the last number there is. */
export function exhaustSequence(villain: Villain, outgoing: readonly Outgoing[]): Misdeed {
  const deed = 'moves to the end of the order its';
  return falsifying(villain, { behaviour: 'exhaust-sequence', deed }, outgoing, (body) =>
    body.type === 'pre-prepare'
      ? { ...body, sequence: atTheEnd(villain, body.sequence) }
      : undefined,
  );
}

function atTheEnd({ lowWatermark, configuration }: Villain, right: number): SequenceNumber {
  const high = lowWatermark + configuration.logSize;
  if (right === lowWatermark + 1) return sequenceNumber(high);
  return sequenceNumber(right % 2 === 0 ? high + 1 : Number.MAX_SAFE_INTEGER);
}
