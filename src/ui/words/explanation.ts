import type { TraceEvent } from '#core/network/trace-event.ts';
import { refusalOf } from '#ui/picture/refusal.ts';

import { refusalReasons } from './refusal-words.ts';

/** Why something happens, the rule behind it, and where the paper says so. */
export interface Explanation {
  readonly why: string;
  readonly rule: string;
  readonly section: string;
}

/** What stands behind an event. Times and places: Castro and Liskov, OSDI '99. */
export function explanation(event: TraceEvent): Explanation {
  if (event.type === 'sent' || event.type === 'delivered') return ofMessage[event.header.kind];
  if (event.type === 'counted') return ofVote[event.kind];
  if (event.type === 'rejected') return refusalReasons[refusalOf(event.reason)];
  return ofEvent[event.type];
}

const ofMessage: Readonly<
  Record<Extract<TraceEvent, { type: 'sent' }>['header']['kind'], Explanation>
> = {
  request: {
    why: 'A client asks the service for an operation. Its timestamp keeps the request from being executed twice.',
    rule: 'The client sends ⟨REQUEST, o, t, c⟩ to the primary, and to all replicas when no answer comes.',
    section: '§4.1',
  },
  'pre-prepare': {
    why: 'The primary proposes an order: this batch at this sequence number. Its word alone binds nobody.',
    rule: 'A backup accepts one digest per view and sequence number, within the watermarks.',
    section: '§4.2',
  },
  prepare: {
    why: 'A backup tells everyone which proposal it accepted. Its vote was on disk first, so it can never vote otherwise here, not even after a crash.',
    rule: 'prepared = the PRE-PREPARE and Q − 1 matching PREPAREs of different backups.',
    section: '§4.2',
  },
  commit: {
    why: 'A replica tells everyone that it is prepared. A quorum of these survives every change of view.',
    rule: 'committed = prepared and Q matching COMMITs of different replicas.',
    section: '§4.2',
  },
  reply: {
    why: 'Every replica answers the client itself: the client trusts no single one.',
    rule: 'The client accepts a result that f + 1 replicas signed: at least one of them is correct.',
    section: '§4.1',
  },
  checkpoint: {
    why: 'Replicas compare their states so that old messages can be thrown away.',
    rule: 'A checkpoint with Q signatures is stable and moves the watermarks.',
    section: '§4.3',
  },
  'view-change': {
    why: 'A replica gives up on its primary. It promises to vote no more in the old view, and takes along the proof of everything that it had prepared.',
    rule: 'A VIEW-CHANGE carries the proof of the stable checkpoint and, for every place above it that prepared, the certificate of the highest view.',
    section: '§4.4',
  },
  'new-view': {
    why: 'The primary of the next view has heard Q replicas, and proposes again whatever may have been committed. Anyone can check that it left nothing out.',
    rule: 'O follows from V: at each place the digest prepared in the highest view, else a null request.',
    section: '§4.4',
  },
  status: {
    why: 'A replica says what it has, so that others can send what it lacks. Lost messages are repaired this way.',
    rule: 'Who has more answers with the missing messages.',
    section: 'repair, §5.2 of the journal version',
  },
  fetch: {
    why: 'A replica asks one other for what it lacks: a batch, or a piece of the state.',
    rule: 'What comes back is compared with a digest that is known already.',
    section: 'repair, §5.2 of the journal version',
  },
  data: {
    why: 'What another replica lacks: a decided slot whole, a batch, or a piece of the state. It proves itself: who gets it need not trust the sender.',
    rule: 'Q COMMITs for one digest decide a slot, whatever the view; anything else has the digest that was asked for.',
    section: 'repair, §5.2 of the journal version',
  },
  undecodable: {
    why: 'These bytes are no message of this protocol. Receivers refuse them and change nothing.',
    rule: 'Decoding is strict: one encoding per value.',
    section: '§2',
  },
};

const ofVote: Readonly<Record<Extract<TraceEvent, { type: 'counted' }>['kind'], Explanation>> = {
  'view-change': {
    why: 'A signed promise to leave the view, with the proof of all that prepared at its signer.',
    rule: 'f + 1 of them make others join; with Q of them the next primary begins its view.',
    section: '§4.4',
  },
  prepare: {
    why: 'The vote matches the accepted proposal, its signature is valid, and its signer had not voted here.',
    rule: 'Q − 1 PREPAREs of different backups are needed beside the PRE-PREPARE.',
    section: '§4.2',
  },
  commit: {
    why: 'The vote has a valid signature and is its signer’s first for this slot.',
    rule: 'Q COMMITs of different replicas are needed; its own counts.',
    section: '§4.2',
  },
  checkpoint: {
    why: 'A signed claim about the state after this sequence number.',
    rule: 'Q equal claims make the checkpoint stable.',
    section: '§4.3',
  },
  reply: {
    why: 'The reply is for the outstanding request and its signer had not answered it.',
    rule: 'f + 1 equal results are needed.',
    section: '§4.1',
  },
};

const persistent =
  'Persistent programming: the process is its stored state, the worker only runs it.';

const ofEvent: Readonly<
  Record<Exclude<TraceEvent['type'], 'sent' | 'delivered' | 'counted' | 'rejected'>, Explanation>
> = {
  dropped: {
    why: 'The network may lose messages; the protocol must live with that.',
    rule: 'Safety never depends on delivery; lost messages are repaired by STATUS.',
    section: '§2',
  },
  held: {
    why: 'Somebody stopped this message. An asynchronous network may delay as long as it likes.',
    rule: 'Safety needs no timing.',
    section: '§2',
  },
  released: { why: 'It travels on.', rule: 'Delay is not loss.', section: '§2' },
  delayed: { why: 'It will come later.', rule: 'Safety needs no timing.', section: '§2' },
  started: {
    why: 'A process with a new identity and an empty disk.',
    rule: 'It starts at view 0 with nothing executed.',
    section: '§4',
  },
  restarted: {
    why: 'A new worker reads the records of the disk and is the old process again, at the same line.',
    rule: persistent,
    section: 'pbft-lab, persistence',
  },
  crashed: {
    why: 'The worker was terminated. Its memory is gone; every vote it sent is on its disk.',
    rule: 'What was not committed was not sent.',
    section: 'pbft-lab, persistence',
  },
  failed: {
    why: 'The process found its own state contradictory or its disk damaged, and stopped at once.',
    rule: 'Stopping is safe; going on would not be.',
    section: 'pbft-lab, persistence',
  },
  paused: { why: 'It is slow, not wrong.', rule: 'Safety needs no timing.', section: '§2' },
  resumed: { why: 'It catches up.', rule: 'Safety needs no timing.', section: '§2' },
  byzantine: {
    why: 'From now on its outputs pass through a behaviour that holds its key, and nobody else’s.',
    rule: 'Up to f such replicas cannot break safety.',
    section: '§2',
  },
  doubled: {
    why: 'Whoever has the key of a replica can run a second instance of it. Neither of them lies, but what they say together may contradict itself.',
    rule: 'Replicas cannot tell the instances apart: both are one of the f.',
    section: '§2',
  },
  parted: {
    why: 'From now on only one instance has the key. What the other one signed stays signed.',
    rule: 'A replica that was Byzantine counts among the f for the whole run.',
    section: '§2',
  },
  timer: {
    why: 'A wait lasted as long as the process had decided to wait.',
    rule: 'Timers serve liveness only.',
    section: '§4.4',
  },
  persisted: {
    why: 'One turn, one record: everything that changed is on disk before a message leaves.',
    rule: 'A replica sends nothing that depends on state it has not stored.',
    section: 'pbft-lab, persistence',
  },
  command: {
    why: 'The scenario or a person did this.',
    rule: 'Every deed is recorded, so the run can be repeated exactly.',
    section: 'pbft-lab, scenarios',
  },
  partitioned: {
    why: 'Messages between the groups are lost from now on.',
    rule: 'Only a group with a quorum can decide; two groups never both have one.',
    section: '§2',
  },
  healed: {
    why: 'Messages pass everywhere again.',
    rule: 'Who fell behind is repaired by STATUS and DATA.',
    section: '§2',
  },
  said: { why: 'A remark of the scenario.', rule: '', section: '' },
  unmet: { why: 'The scenario expected otherwise.', rule: '', section: '' },
  violation: {
    why: 'Correct replicas disagree. More than f replicas are faulty, or a rule was switched off.',
    rule: 'Two correct replicas never execute different requests at one sequence number.',
    section: '§4.5.1',
  },
  'pre-prepared': {
    why: 'The proposal is from this view’s primary, fits the watermarks, and no other digest was accepted here.',
    rule: 'One digest per view and sequence number.',
    section: '§4.2',
  },
  prepared: {
    why: 'Two quorums always share a correct replica, and that one votes once. So nothing else can be prepared here in this view.',
    rule: 'prepared = the PRE-PREPARE and Q − 1 matching PREPAREs of different backups.',
    section: '§4.2',
  },
  committed: {
    why: 'A quorum is prepared and says so; every later view will find this request.',
    rule: 'committed-local = prepared and Q matching COMMITs.',
    section: '§4.2',
  },
  executed: {
    why: 'All lower sequence numbers are executed, so the states of correct replicas stay equal.',
    rule: 'Execution follows the sequence numbers, without gaps.',
    section: '§4.2',
  },
  checkpoint: {
    why: 'Every so many requests the state gets a digest that others can compare.',
    rule: 'A checkpoint is taken when the interval divides the sequence number.',
    section: '§4.3',
  },
  stable: {
    why: 'A quorum has this state, so it can be proved to anyone.',
    rule: 'A stable checkpoint moves the low watermark.',
    section: '§4.3',
  },
  'view-change': {
    why: 'The primary did not do its part in time, is proven faulty, or f + 1 others ask already. Everything that prepared here is taken along.',
    rule: 'Who asks for a view votes in no earlier one.',
    section: '§4.4',
  },
  'new-view': {
    why: 'Q replicas asked for this view, and its order follows from what they took along: nothing that may be committed is left out.',
    rule: 'At each place the digest prepared in the highest view, else a null request.',
    section: '§4.4',
  },
  timing: {
    why: 'A replica waits so long for its primary and no longer. If the next view fails too, it waits twice as long.',
    rule: 'Timers serve liveness only: safety needs none.',
    section: '§4.5.2',
  },
  learner: {
    why: 'It cannot know what it has signed. A vote could contradict an older one, so it votes no more; it still executes and answers.',
    rule: 'Who has lost its votes counts among the f.',
    section: 'pbft-lab, persistence',
  },
  quarantined: {
    why: 'Q replicas have signed another digest after the same operations, so this replica’s own state is corrupt. Its votes do not depend on it.',
    rule: 'Nothing is executed on, or answered from, a state that Q replicas contradict.',
    section: 'pbft-lab, checkpoints',
  },
  'state-transfer': {
    why: 'The messages up to this checkpoint are gone everywhere, so the state itself is fetched, piece by piece.',
    rule: 'Each piece must have the digest that the checkpoint’s tree gives it.',
    section: 'state transfer, §5.3 of the journal version',
  },
  queued: {
    why: 'A backup that knows a request watches over the primary: it must be executed in time.',
    rule: 'Backups relay requests to the primary and wait.',
    section: '§4.4',
  },
  evidence: {
    why: 'Only the culprit’s key makes these signatures. This can be shown to anyone.',
    rule: 'A correct replica signs one digest per view and sequence number, and takes along what it has prepared.',
    section: '§4.2',
  },
  submitted: {
    why: 'A person or the scenario gave the client an operation.',
    rule: 'One outstanding request per client; others wait in its queue.',
    section: '§4.1',
  },
  requested: {
    why: 'The request is signed and stored, then sent to the primary.',
    rule: 'Timestamps of a client only grow.',
    section: '§4.1',
  },
  retransmitted: {
    why: 'The primary may be faulty or the message lost.',
    rule: 'Without f + 1 replies in time the client asks everyone.',
    section: '§4.1',
  },
  answered: {
    why: 'Among f + 1 replicas at least one is correct, so the result is right.',
    rule: 'f + 1 equal replies.',
    section: '§4.1',
  },
  recovered: {
    why: 'State, votes and suspended functions came back from the disk.',
    rule: persistent,
    section: 'pbft-lab, persistence',
  },
  misbehaved: {
    why: 'A Byzantine replica may do anything but forge the signatures of others.',
    rule: 'Up to f such replicas cannot break safety.',
    section: '§2',
  },
};
