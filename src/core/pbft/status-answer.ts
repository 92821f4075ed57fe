import type { CommitCertificate } from './certificate.ts';
import { quorumsIn } from './configuration.ts';
import type {
  Batch,
  BodyData,
  Checkpoint,
  Commit,
  Data,
  Fetch,
  Message,
  NewView,
  Packet,
  PrePrepare,
  Prepare,
  Signed,
  Status,
  ViewChange,
} from './message.ts';
import { own } from './signed.ts';
import { signaturesOf } from './signing.ts';
import type { StableCheckpoint } from './stable-checkpoint.ts';
import type { Standing } from './standing.ts';
import { isFixed } from './standing.ts';
import type { Digest, ReplicaId, SequenceNumber } from './terms.ts';
import { sequenceNumber } from './terms.ts';

/** What a replica holds for one sequence number of its window, in its view. */
export interface SlotHoldings {
  readonly prePrepare?: Signed<PrePrepare> | undefined;
  readonly batch?: Batch | undefined;
  readonly prepares: Iterable<Signed<Prepare>>;
  readonly commits: Iterable<Signed<Commit>>;
}

/** A decided slot, of the window or of the archive. */
export interface DecisionHoldings {
  readonly certificate: CommitCertificate;
  readonly batch: Batch;
}

/** What a replica can send to one that lacks it: its own messages and anyone else's (pbft.md 1.14). */
export interface Holdings {
  readonly standing: Standing;
  /** The stable checkpoint of h; none at h = 0. */
  readonly stable?: StableCheckpoint | undefined;
  /** CHECKPOINTs above h, own ones included. */
  readonly checkpoints: Iterable<Signed<Checkpoint>>;
  readonly slot: (sequence: SequenceNumber) => SlotHoldings | undefined;
  readonly decision: (sequence: SequenceNumber) => DecisionHoldings | undefined;
  /** The NEW-VIEW with which the view began; none in view 0, or while it is awaited. */
  readonly newView?: Signed<NewView> | undefined;
  /** The VIEW-CHANGE of the highest view of each replica, the own one included. */
  readonly viewChanges?: Iterable<Signed<ViewChange>>;
  /** The batch behind a digest. */
  readonly body?: (digest: Digest) => Batch | undefined;
}

/** A packet that a peer lacks. */
export interface Answer {
  /** Names the message for the rate limit: the same message goes to the same peer once in `resendMs`. */
  readonly key: string;
  readonly packet: Packet;
}

/** How much is sent in answer to one STATUS; the next one asks for the rest. */
export const answerBytesMax = 1 << 16;

/**
 * What the sender of `status` lacks and this replica has, lowest sequence number first. Pull, no
 * acknowledgements: every replica forwards signed messages of anyone, and bodies, so that a faulty primary
 * cannot keep a replica from executing.
 */
export function whatLacks(status: Status, mine: Holdings): readonly Answer[] {
  const answers = [...checkpointsFor(status, mine), ...viewsFor(status, mine)];
  const { lowWatermark, configuration } = mine.standing;
  if (lowWatermark <= status.lowWatermark + configuration.logSize) {
    answers.push(...decisionsFor(status, mine), ...votesFor(status, mine));
    answers.push(...bodiesFor(status, mine));
  }
  return withinBytes(answers.filter(({ packet }) => packet.signed.signer !== status.replica));
}

/** Its stable checkpoint lets a peer move its watermarks, or tells it to fetch the state. */
function checkpointsFor(status: Status, mine: Holdings): readonly Answer[] {
  const { lowWatermark, configuration } = mine.standing;
  const proof = mine.stable && lowWatermark > status.lowWatermark ? mine.stable.checkpoints : [];
  const farBehind = lowWatermark > status.lowWatermark + configuration.logSize;
  const above = farBehind ? [] : [...mine.checkpoints];
  return [...proof, ...above.filter(({ body }) => body.sequence > status.lowWatermark)].map(
    (signed) => answerOf({ signed }),
  );
}

/**
 * To one in an earlier view, or one that still waits for this view: the NEW-VIEW, and while there is none every
 * VIEW-CHANGE for a view that it has not left, of anyone (pbft.md 1.14). Also to one that is a window behind.
 */
function viewsFor(
  status: Status,
  { standing, newView, viewChanges = [] }: Holdings,
): readonly Answer[] {
  const { view } = standing;
  const waits = status.view === view && !status.hasNewView;
  if (newView) return status.view < view || waits ? [answerOf({ signed: newView })] : [];
  if (standing.phase !== 'changing-view') return [];
  return [...viewChanges]
    .filter(({ body: { nextView, replica } }) =>
      nextView === status.view
        ? waits && !status.viewChanges.includes(replica)
        : nextView > status.view,
    )
    .map((signed) => answerOf({ signed }));
}

/** The batches that the peer is missing. */
function bodiesFor(status: Status, { standing, body }: Holdings): readonly Answer[] {
  return status.missing.flatMap((digest) => {
    const batch = body?.(digest);
    return batch ? [answerOf({ signed: bodyData(standing.id, digest, batch) })] : [];
  });
}

/** DATA with the batch behind a digest. */
export function bodyData(id: ReplicaId, digest: Digest, batch: Batch): Signed<BodyData> {
  return own({ type: 'data', kind: 'body', digest, batch, replica: id } as const, id);
}

/** Decided slots whole, whatever the views: from the window and from the archive. */
function decisionsFor(status: Status, mine: Holdings): readonly Answer[] {
  const { id, lastExecuted } = mine.standing;
  return between(status.lastExecuted, lastExecuted).flatMap((sequence) => {
    const decided = decisionToSend(sequence, mine);
    if (!decided) return [];
    const { certificate, batch } = decided;
    const { digest, commits } = certificate;
    const slot = { sequence, digest, batch, commits } as const;
    const body = { type: 'data', kind: 'slot', ...slot, replica: id } as const;
    return [answerOf({ signed: own(body, id) })];
  });
}

/** In the same view, the messages that the peer has not counted, of slots that DATA does not settle. */
function votesFor(status: Status, mine: Holdings): readonly Answer[] {
  const { view, lowWatermark, configuration } = mine.standing;
  if (status.view !== view || status.phase !== 'normal') return [];
  const from = Math.max(lowWatermark, status.lastExecuted);
  const to = Math.min(status.lowWatermark, lowWatermark) + configuration.logSize;
  return between(from, to).flatMap((sequence) => {
    const held = mine.slot(sequence);
    if (!held || decisionToSend(sequence, mine)) return [];
    // The headers of O are in the NEW-VIEW, their bodies are asked for by digest.
    const { prePrepare, ...votes } = held;
    const fixed = isFixed(mine.standing, sequence);
    return slotAnswers(status, sequence, fixed ? votes : { prePrepare, ...votes });
  });
}

/**
 * The decision of an executed slot, if its certificate convinces others: without the commit phase a slot is
 * decided without one.
 */
function decisionToSend(
  sequence: SequenceNumber,
  { standing, decision }: Holdings,
): DecisionHoldings | undefined {
  if (sequence > standing.lastExecuted) return undefined;
  const decided = decision(sequence);
  const { quorum } = quorumsIn(standing.configuration);
  return decided && decided.certificate.commits.length >= quorum ? decided : undefined;
}

function slotAnswers(status: Status, sequence: SequenceNumber, held: SlotHoldings): Answer[] {
  const { prePrepare, batch, prepares, commits } = held;
  const packets: Packet[] = [];
  if (prePrepare && batch && !status.prePrepared.includes(sequence)) {
    packets.push({ signed: prePrepare, batch });
  }
  if (!status.prepared.includes(sequence)) {
    for (const signed of prepares) packets.push({ signed });
  }
  if (!status.committed.includes(sequence)) {
    for (const signed of commits) packets.push({ signed });
  }
  return packets.map(answerOf);
}

function between(above: number, upTo: number): readonly SequenceNumber[] {
  const count = Math.max(0, upTo - above);
  return Array.from({ length: count }, (_, i) => sequenceNumber(above + 1 + i));
}

/** A message that a peer lacks, with its name. */
export function answerOf(packet: Packet): Answer {
  const { body, signer } = packet.signed;
  const parts = [
    body.type,
    'nextView' in body ? body.nextView : 'view' in body ? body.view : '',
    'sequence' in body ? body.sequence : '',
    'kind' in body && body.kind !== 'slot' ? nameOfPiece(body) : '',
    signer,
  ];
  return { key: parts.join(' '), packet };
}

function nameOfPiece(body: Fetch | Data): string {
  const level = 'level' in body ? body.level : '';
  const index = 'index' in body ? body.index : '';
  const digest = 'digest' in body ? body.digest : '';
  return `${body.kind} ${level} ${index} ${digest}`;
}

/** As many as fit; the last one may go over, so that a large one is not held back for ever. */
function withinBytes(answers: readonly Answer[]): readonly Answer[] {
  let bytes = 0;
  return answers.filter(({ packet }) => {
    const fits = bytes < answerBytesMax;
    bytes += sizeOf(packet);
    return fits;
  });
}

/** About the encoded size: own messages have no signature yet, so it is reckoned, alike in every host. */
function sizeOf(packet: Packet): number {
  return signaturesOf(packet).reduce((sum, { body }) => sum + sizeOfOne(body), 256);
}

function sizeOfOne(body: Message): number {
  return signedBytes + (body.type === 'request' ? body.operation.length : 0);
}

const signedBytes = 144;
