import { quorumsIn } from '#core/pbft/configuration.ts';
import type {
  Checkpoint,
  Message,
  PrePrepare,
  Prepare,
  PreparedProof,
  Signed,
  ViewChange,
} from '#core/pbft/message.ts';
import { primaryOf } from '#core/pbft/quorum.ts';
import { own } from '#core/pbft/signed.ts';
import { digest, type ReplicaId, replicaId, sequenceNumber, view } from '#core/pbft/terms.ts';
import type { Outgoing } from '#core/replica/process.ts';

import { viewChangeFaults } from './behaviour-entry.ts';
import {
  falsifying,
  inventedDigest,
  type Misdeed,
  nobodysSignature,
  upperHalf,
  type Villain,
} from './misdeed.ts';

type Fault = (typeof viewChangeFaults)[number];

/**
 * A-V3, A-V5: every VIEW-CHANGE has something wrong with it. Where the fault needs what the replica does not have
 * (a certificate, a checkpoint) it makes it up with its own signature. `two-faced` hides P from the upper half only.
 */
export function badViewChange(
  villain: Villain,
  how: string | undefined,
  outgoing: readonly Outgoing[],
): Misdeed {
  const chosen = viewChangeFaults.find((fault) => fault === how);
  const fault = chosen ?? villain.random.pick(viewChangeFaults);
  const told = upperHalf(villain.configuration.n);
  const isTold = ({ to }: Outgoing): boolean =>
    fault !== 'two-faced' || (typeof to === 'number' && told.includes(to));
  const deed = `puts a fault (${fault}) into`;
  return falsifying(
    villain,
    { behaviour: 'bad-view-change', deed, isTold },
    outgoing,
    falsify(villain, fault),
  );
}

function falsify(villain: Villain, fault: Fault): (body: Message) => Message | undefined {
  return (body) => (body.type === 'view-change' ? faulty(villain, fault, body) : undefined);
}

function faulty(villain: Villain, fault: Fault, body: ViewChange): ViewChange {
  const { checkpointInterval } = villain.configuration;
  const ahead = sequenceNumber(body.stable + checkpointInterval);
  const ownWord = ownCheckpoint(villain, body);
  if (fault === 'missing-checkpoints') return { ...body, stable: ahead, checkpoints: [] };
  if (fault === 'wrong-checkpoints') {
    return { ...body, checkpoints: [...body.checkpoints.slice(1), ownWord] };
  }
  if (fault === 'other-checkpoint') {
    const { checkpoints } = body;
    return {
      ...body,
      stable: ahead,
      checkpoints: checkpoints.length > 0 ? checkpoints : [ownWord],
    };
  }
  if (fault === 'older-checkpoint') return { ...body, stable: sequenceNumber(0), checkpoints: [] };
  if (fault === 'two-faced') return { ...body, prepared: [] };
  return { ...body, prepared: [...entries(villain, fault, body), ...body.prepared.slice(1)] };
}

type EntryFault = Exclude<
  Fault,
  | 'missing-checkpoints'
  | 'wrong-checkpoints'
  | 'other-checkpoint'
  | 'older-checkpoint'
  | 'two-faced'
>;

/** What stands in P in place of its first entry. */
function entries(villain: Villain, fault: EntryFault, body: ViewChange): readonly PreparedProof[] {
  const { logSize } = villain.configuration;
  const entry = proofIn(villain, body);
  if (fault === 'two-entries') return [entry, entry];
  if (fault === 'place-too-low') return [at(entry, body.stable)];
  if (fault === 'place-too-high') return [at(entry, body.stable + logSize + 1)];
  return [unproven(villain, fault, body, entry)];
}

/** An entry of P that proves nothing. */
function unproven(
  villain: Villain,
  fault: Exclude<EntryFault, 'two-entries' | 'place-too-low' | 'place-too-high'>,
  body: ViewChange,
  { prePrepare, prepares }: PreparedProof,
): PreparedProof {
  const { id, configuration } = villain;
  const [first, ...rest] = prepares;
  const vote = first ?? ownPrepare(villain, prePrepare);
  const primary = replicaId(primaryOf(prePrepare.body.view, configuration.n));
  switch (fault) {
    case 'few-prepares':
      return { prePrepare, prepares: rest };
    case 'repeated-signer':
      return {
        prePrepare,
        prepares: Array.from({ length: quorumsIn(configuration).quorum - 1 }, () => vote),
      };
    case 'prepare-of-primary': {
      const spoken = { ...vote.body, replica: primary };
      return { prePrepare, prepares: [signedOrForged(villain, spoken, primary), ...rest] };
    }
    case 'mixed-digests': {
      const other = { ...vote.body, digest: inventedDigest(vote.body.digest), replica: id };
      return { prePrepare, prepares: [own(other, id), ...rest] };
    }
    case 'wrong-primary': {
      const signer = primary === id ? replicaId((id + 1) % configuration.n) : id;
      return { prePrepare: signedOrForged(villain, prePrepare.body, signer), prepares };
    }
    case 'view-too-high': {
      const proposal = own({ ...prePrepare.body, view: body.nextView }, id);
      return { prePrepare: proposal, prepares: [ownPrepare(villain, proposal)] };
    }
  }
}

/** In its own name it can sign, in another's it makes something up. */
function signedOrForged<M extends PrePrepare | Prepare>(
  { id }: Villain,
  body: M,
  signer: ReplicaId,
): Signed<M> {
  return signer === id ? own(body, id) : { body, signer, signature: nobodysSignature };
}

/** The first entry of P, or one that it makes up: proposed and prepared by nobody but itself. */
function proofIn(villain: Villain, { prepared, stable }: ViewChange): PreparedProof {
  const [first] = prepared;
  if (first !== undefined) return first;
  const body = {
    type: 'pre-prepare',
    view: view(0),
    sequence: sequenceNumber(stable + 1),
    digest: inventedDigest(digest('0'.repeat(64))),
  } as const;
  const prePrepare = own(body, villain.id);
  return { prePrepare, prepares: [ownPrepare(villain, prePrepare)] };
}

function ownPrepare(
  { id }: Villain,
  { body }: PreparedProof['prePrepare'],
): PreparedProof['prepares'][number] {
  return own({ ...body, type: 'prepare', replica: id }, id);
}

/** Its own word for a state that nobody has. */
function ownCheckpoint({ id }: Villain, { stable }: ViewChange): Signed<Checkpoint> {
  const state = inventedDigest(digest('0'.repeat(64)));
  return own({ type: 'checkpoint', sequence: stable, digest: state, replica: id }, id);
}

function at({ prePrepare, prepares }: PreparedProof, place: number): PreparedProof {
  const sequence = sequenceNumber(place);
  return {
    prePrepare: { ...prePrepare, body: { ...prePrepare.body, sequence } },
    prepares: prepares.map((prepare) => ({ ...prepare, body: { ...prepare.body, sequence } })),
  };
}
