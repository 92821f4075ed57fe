'use persistent';

import { rejectionOfBody, rejectionOfFetch } from '#core/pbft/fetch-acceptance.ts';
import { answersToFetch } from '#core/pbft/fetch-answer.ts';
import type { BodyData, Fetch, Signed } from '#core/pbft/message.ts';
import { own } from '#core/pbft/signed.ts';
import { stateTree } from '#core/pbft/state-tree.ts';
import { type Digest, sequenceNumber } from '#core/pbft/terms.ts';
import { now } from '#core/persistent/index.ts';

import { multicast, report, send } from './outbox.ts';
import { wordsOf } from './own-words.ts';
import type { Replica } from './replica.ts';

/** Asks all for the batch of a digest; STATUS asks again for what is still missing (pbft.md 1.10). */
export function fetchBody(replica: Replica, digest: Digest): void {
  const { id } = replica;
  const fetch = { type: 'fetch', kind: 'body', digest, replica: id } as const;
  multicast(replica.others(), own(fetch, id));
}

/** The digests that the view has fixed or Q COMMITs have decided, and whose batches are not here. */
export function missingBodies(replica: Replica): readonly Digest[] {
  const missing = new Set<Digest>();
  for (const { header, decision } of replica.slots.values()) {
    for (const digest of [header?.body.digest, decision.value?.digest]) {
      if (digest !== undefined && replica.bodies.get(digest) === undefined) missing.add(digest);
    }
  }
  return [...missing].sort().slice(0, replica.configuration.logSize);
}

/** FETCH: answered as far as the thing is here. */
export function receiveFetch(
  replica: Replica,
  fetch: Signed<Fetch>,
  verdicts: readonly boolean[],
): void {
  const reason = rejectionOfFetch(replica, fetch, verdicts);
  if (reason !== undefined) return report({ type: 'rejected', reason });
  const answers = answersToFetch(fetch.body, {
    id: replica.id,
    body: (digest) => replica.bodies.get(digest),
    tree: (sequence) => {
      const content = replica.checkpoints.contentAt(sequence);
      return content && stateTree(replica.configuration, content);
    },
    stable: replica.checkpoints.stable,
    wordsOf: (signer) => wordsOf(replica, signer),
  });
  const peer = fetch.body.replica;
  for (const { key, packet } of answers) {
    if (!replica.mayResend(`${peer} ${key}`)) continue;
    replica.resentMs.set(`${peer} ${key}`, now());
    send(peer, packet.signed, packet.batch);
  }
}

/** DATA that is a batch: whoever waits for it goes on. */
export function receiveBody(
  replica: Replica,
  data: Signed<BodyData>,
  verdicts: readonly boolean[],
): void {
  const { digest, batch } = data.body;
  const isWanted = missingBodies(replica).includes(digest);
  const reason = rejectionOfBody(replica, data, verdicts, isWanted);
  if (reason !== undefined) return report({ type: 'rejected', reason });
  const places = [...replica.slots.values()].filter(
    ({ header, decision }) => header?.body.digest === digest || decision.value?.digest === digest,
  );
  const highest = Math.max(...places.map(({ sequence }) => sequence));
  replica.bodies.add(digest, batch, sequenceNumber(highest));
}
