import { nullDigest } from '#core/pbft/digest.ts';
import type { Message, NewView } from '#core/pbft/message.ts';
import { newViewOf, newViewOrder } from '#core/pbft/new-view.ts';
import { own } from '#core/pbft/signed.ts';
import { type Digest, sequenceNumber, view } from '#core/pbft/terms.ts';
import type { Outgoing } from '#core/replica/process.ts';

import { badVotes, type VoteFault } from './bad-votes.ts';
import { newViewFaults, type orderFaults, voteFaults } from './behaviour-entry.ts';
import { falsifying, inventedDigest, type Misdeed, upperHalf, type Villain } from './misdeed.ts';

type Fault = (typeof newViewFaults)[number];
type OrderFault = (typeof orderFaults)[number];
type Entry = NewView['prePrepares'][number];

/**
 * A-V7, A-V8, A-V17: as new primary, begins the view with something that does not follow. Where O is too short for a
 * fault it gets an entry too many instead. `two-faced` gives each half its own NEW-VIEW, both of them valid.
 */
export function badNewView(
  villain: Villain,
  how: string | undefined,
  outgoing: readonly Outgoing[],
): Misdeed {
  const chosen = newViewFaults.find((fault) => fault === how);
  const fault = chosen ?? villain.random.pick(newViewFaults);
  const told = upperHalf(villain.configuration.n);
  const isTold = ({ to }: Outgoing): boolean =>
    fault !== 'two-faced' || (typeof to === 'number' && told.includes(to));
  const deed = `puts a fault (${fault}) into`;
  return falsifying(
    villain,
    { behaviour: 'bad-new-view', deed, isTold },
    outgoing,
    falsify(villain, fault),
  );
}

function falsify(villain: Villain, fault: Fault): (body: Message) => Message | undefined {
  return (body) => (body.type === 'new-view' ? faulty(villain, fault, body) : undefined);
}

function faulty(villain: Villain, fault: Fault, body: NewView): NewView {
  if (fault === 'two-faced') return otherFace(villain, body);
  if (isVoteFault(fault)) return { ...body, viewChanges: badVotes(villain, fault, body) };
  return { ...body, prePrepares: badOrder(villain, fault, body) };
}

function isVoteFault(fault: Fault): fault is VoteFault {
  return voteFaults.some((known) => known === fault);
}

/** Another NEW-VIEW that is as valid: its own VIEW-CHANGE in V hides what has prepared. */
function otherFace({ id, configuration }: Villain, body: NewView): NewView {
  const viewChanges = body.viewChanges.map((vote) =>
    vote.signer === id ? own({ ...vote.body, prepared: [] }, id) : vote,
  );
  return newViewOf(configuration, body.view, viewChanges);
}

function badOrder(villain: Villain, fault: OrderFault, body: NewView): NewView['prePrepares'] {
  const { prePrepares } = body;
  const { minSequence, maxSequence } = newViewOrder(villain.configuration, body.viewChanges);
  const none = nullDigest(villain.configuration);
  const last = prePrepares.at(-1);
  if (fault === 'entry-below') return [entry(villain, body, minSequence, none), ...prePrepares];
  if (fault === 'entry-above' || last === undefined) {
    return [...prePrepares, entry(villain, body, maxSequence + 1, none)];
  }
  if (fault === 'entry-omitted') return prePrepares.slice(0, -1);
  if (fault === 'entry-twice') return [...prePrepares, last];
  return [...prePrepares.slice(0, -1), badEntry(villain, fault, body, last)];
}

function badEntry(
  villain: Villain,
  fault: Exclude<OrderFault, 'entry-below' | 'entry-above' | 'entry-omitted' | 'entry-twice'>,
  body: NewView,
  right: Entry,
): Entry {
  const { sequence, digest } = right.body;
  switch (fault) {
    case 'other-digest':
      return entry(villain, body, sequence, inventedDigest(digest));
    case 'null-for-prepared': {
      const none = nullDigest(villain.configuration);
      return entry(villain, body, sequence, digest === none ? inventedDigest(digest) : none);
    }
    case 'lower-view': {
      const { entries } = newViewOrder(villain.configuration, body.viewChanges);
      const claims = entries.find((place) => place.sequence === sequence)?.claims ?? [];
      const lower = claims.findLast((claim) => claim.digest !== digest)?.digest;
      return entry(villain, body, sequence, lower ?? inventedDigest(digest));
    }
    case 'entry-of-other-view':
      return own({ ...right.body, view: view(body.view + 1) }, villain.id);
    case 'entry-unsigned':
      return { ...right, signature: 'bad' };
  }
}

function entry({ id }: Villain, { view }: NewView, place: number, digest: Digest): Entry {
  return own({ type: 'pre-prepare', view, sequence: sequenceNumber(place), digest } as const, id);
}
