import { type Configuration, isAblated } from './configuration.ts';
import type { Commit, Message, MessageType, PrePrepare, Prepare, Signed } from './message.ts';
import type { Phase, Standing } from './standing.ts';
import type { SequenceNumber, View } from './terms.ts';

const votes: readonly MessageType[] = ['pre-prepare', 'prepare', 'commit'];
const viewMessages: readonly MessageType[] = ['view-change', 'new-view'];

/**
 * Whether a replica in this phase may say a message of this type in its own name (pbft.md 1.10, 1.16). Who
 * changes views has promised not to vote before the view begins. A learner has lost what it said before, so it
 * says nothing that it may have contradicted: it executes, answers and repairs.
 */
export function maySay(phase: Phase, type: MessageType): boolean {
  switch (phase) {
    case 'normal':
      return true;
    case 'changing-view':
      return !votes.includes(type);
    case 'learner':
      return !votes.includes(type) && !viewMessages.includes(type);
  }
}

/** Whether a replica compares its record with what others hold of its words: who forgets on purpose does not. */
export function comparesWords(c: Configuration): boolean {
  return !isAblated(c, 'forget-votes') && !isAblated(c, 'forget-view');
}

/** What a replica knows of its own words (pbft.md 1.16). */
export interface OwnRecord {
  /** Whether it has said this at this place in its current view. */
  readonly said: (type: 'pre-prepare' | 'prepare' | 'commit', sequence: SequenceNumber) => boolean;
  /** The last sequence number for which it sent a CHECKPOINT. */
  readonly lastCheckpoint: SequenceNumber;
}

/**
 * Whether a message that carries this replica's own valid signature is one that it has no record of: an older
 * store has come back, and with it a past in which votes are missing. Then it must become a learner.
 */
export function provesOlderStore(
  standing: Standing,
  { body, signer }: Signed<Message>,
  verdict: boolean,
  record: OwnRecord,
): boolean {
  if (signer !== standing.id || !verdict) return false;
  switch (body.type) {
    case 'pre-prepare':
    case 'prepare':
    case 'commit':
      return isForgottenVote(standing, body, record);
    case 'checkpoint':
      return body.sequence > record.lastCheckpoint;
    case 'view-change':
      return body.nextView > standing.view;
    case 'new-view':
      return isForgottenView(standing, body.view);
    case 'request':
    case 'reply':
    case 'status':
    case 'fetch':
    case 'data':
      return false;
  }
}

/** Of older views, and of what is stable, there need be no record. */
function isForgottenVote(
  { view, lowWatermark }: Standing,
  vote: PrePrepare | Prepare | Commit,
  { said }: OwnRecord,
): boolean {
  if (vote.view !== view) return vote.view > view;
  return vote.sequence > lowWatermark && !said(vote.type, vote.sequence);
}

/** Who has begun a view as its primary is in it, in phase normal. */
function isForgottenView({ view, phase }: Standing, begun: View): boolean {
  return begun > view || (begun === view && phase === 'changing-view');
}
