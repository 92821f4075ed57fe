import type { Message } from '#core/pbft/message.ts';
import { type SequenceNumber, sequenceNumber } from '#core/pbft/terms.ts';
import type { Outgoing } from '#core/replica/process.ts';

import { wrongPlaces } from './behaviour-entry.ts';
import { falsifying, type Misdeed, type Villain } from './misdeed.ts';

/** A-P12, A-B4: proposes and votes at another place than it should. */
export function wrongSequence(
  villain: Villain,
  how: string | undefined,
  outgoing: readonly Outgoing[],
): Misdeed {
  return falsifying(
    villain,
    { behaviour: 'wrong-sequence', deed: 'gives another place to' },
    outgoing,
    (body) => displaced(villain, how ?? villain.random.pick(wrongPlaces), body),
  );
}

function displaced(villain: Villain, where: string, body: Message): Message | undefined {
  const isOfPlace =
    body.type === 'pre-prepare' || body.type === 'prepare' || body.type === 'commit';
  if (!isOfPlace) return undefined;
  const sequence = placeFor(villain, where, body.sequence);
  return sequence === body.sequence ? undefined : { ...body, sequence };
}

function placeFor(villain: Villain, where: string, right: SequenceNumber): SequenceNumber {
  const { lowWatermark, configuration } = villain;
  if (where === 'first') return sequenceNumber(1);
  if (where === 'settled') return lowWatermark;
  if (where === 'beyond') return sequenceNumber(lowWatermark + configuration.logSize + 1);
  if (where === 'far') return sequenceNumber(Number.MAX_SAFE_INTEGER);
  return sequenceNumber(right + 1);
}
