import type { Message } from '#core/pbft/message.ts';
import { own } from '#core/pbft/signed.ts';
import { digest, sequenceNumber, view } from '#core/pbft/terms.ts';
import type { Outgoing } from '#core/replica/process.ts';

import {
  inventedDigest,
  isOwn,
  type Misdeed,
  misbehaved,
  othersThan,
  type Villain,
} from './misdeed.ts';

/** How many in a turn, if nothing is said. */
const floodDefault = 8;

/**
 * A-B8, A-B9, A-K2: beside whatever it says itself it sends messages that look valid, about places and views that
 * nobody has come to, and asks for what it does not need. So many in a turn, and none in a turn in which it has
 * nothing to say: a flood does not feed itself.
 */
export function flood(
  villain: Villain,
  count: number | undefined,
  outgoing: readonly Outgoing[],
): Misdeed {
  const speaks = outgoing.some((message) => isOwn(villain, message));
  if (!speaks) return { outgoing, reports: [] };
  const wave = Array.from({ length: count ?? floodDefault }, () => driftwood(villain)).flatMap(
    (body) => {
      const packet = { signed: own(body, villain.id) };
      return othersThan(villain).map((to) => ({ to, packet }));
    },
  );
  return { outgoing: [...outgoing, ...wave], reports: misbehaved('flood', 'floods with', wave) };
}

/** One message about nothing. */
function driftwood(villain: Villain): Message {
  const { id: replica, random, configuration, lowWatermark } = villain;
  const { logSize, checkpointInterval } = configuration;
  const invented = inventedDigest(digest(random.integer(0, 9).toString().repeat(64)));
  const sequence = sequenceNumber(lowWatermark + random.integer(1, 2 * logSize));
  const near = view(villain.view + random.integer(0, 1));
  const far = sequenceNumber(checkpointInterval * random.integer(1, 1_000_000));
  return random.pick<() => Message>([
    () => ({ type: 'prepare', view: near, sequence, digest: invented, replica }),
    () => ({ type: 'commit', view: near, sequence, digest: invented, replica }),
    () => ({ type: 'pre-prepare', view: near, sequence, digest: invented }),
    () => ({ type: 'checkpoint', sequence: far, digest: invented, replica }),
    () => ({ type: 'fetch', kind: 'body', digest: invented, replica }),
    () => ({
      type: 'status',
      view: villain.view,
      phase: 'normal',
      lowWatermark: sequenceNumber(0),
      lastExecuted: sequenceNumber(0),
      hasNewView: false,
      prePrepared: [],
      prepared: [],
      committed: [],
      viewChanges: [],
      missing: [invented],
      replica,
    }),
  ])();
}
