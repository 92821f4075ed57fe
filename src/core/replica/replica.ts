'use persistent';

import type { PreparedCertificate } from '#core/pbft/certificate.ts';
import { type Configuration, configurationDigest, othersThan } from '#core/pbft/configuration.ts';
import { type EarlyMessage, isAgreement, isEarly } from '#core/pbft/early-message.ts';
import { maySay } from '#core/pbft/learner.ts';
import type {
  Message,
  MessageType,
  NewView,
  ProcessId,
  Request,
  Signed,
  ViewChange,
} from '#core/pbft/message.ts';
import { primaryOf } from '#core/pbft/quorum.ts';
import { isDataOf, isSignedAs } from '#core/pbft/signed.ts';
import type { Phase } from '#core/pbft/standing.ts';
import {
  type ClientId,
  type Digest,
  type ReplicaId,
  type SequenceNumber,
  sequenceNumber,
  type View,
  view,
} from '#core/pbft/terms.ts';
import { viewAfter } from '#core/pbft/view-timing.ts';
import { Condition, now, PersistentMap } from '#core/persistent/index.ts';

import { agree } from './agreement.ts';
import { Archive } from './archive.ts';
import { Bodies } from './bodies.ts';
import { receiveCheckpoint } from './checkpointing.ts';
import { Checkpoints } from './checkpoints.ts';
import { keepEarly } from './early.ts';
import { EvidenceFile } from './evidence-file.ts';
import { missingBodies, receiveBody, receiveFetch } from './fetching.ts';
import { forget } from './forgetting.ts';
import { Ledger } from './ledger.ts';
import { receiveNewView } from './new-view.ts';
import { report } from './outbox.ts';
import { lead } from './primary.ts';
import type { Arrival } from './process.ts';
import { examineState } from './quarantine.ts';
import { confront, receiveEcho, recollect, type Recollection } from './recollection.ts';
import { announce, receiveData, receiveStatus, takeHint } from './repair.ts';
import type { LearnerCause, ViewChangeCause } from './report.ts';
import { RequestQueue } from './request-queue.ts';
import { receiveRequest } from './requests.ts';
import { Slot } from './slot.ts';
import { keepUp, receiveChunk, receiveNode, receiveRoot } from './state-transfer.ts';
import { type RunningTimer, watch } from './timing.ts';
import type { Transfer } from './transfer.ts';
import { changeView, receiveViewChange } from './view-change.ts';
import { receiveCommit, receivePrepare, receivePrePrepare } from './voting.ts';

/** A replica: the state of pbft.md 1.4, and the dispatch of what arrives. The workflows live beside it. */
export class Replica {
  readonly id: ReplicaId;
  readonly configuration: Configuration;
  /** Which cluster it belongs to, as its store remembers. */
  readonly cluster: Digest;
  incarnation = 0;
  /** While it changes views, the view it wants. */
  view: View = view(0);
  phase: Phase = 'normal';
  /** The NEW-VIEW with which the view began; none in view 0, or while it is awaited. */
  newView: Signed<NewView> | undefined = undefined;
  /** When the view began here, in ms. */
  newViewMs = 0;
  /** max-s of that NEW-VIEW: it has fixed the places up to it. */
  fixedUpTo: SequenceNumber | undefined = undefined;
  /** The last view in which a request executed that was new here. */
  activeView: View = view(0);
  /** The VIEW-CHANGE of each replica for the highest view, the own one included. */
  readonly viewChanges = new PersistentMap<ReplicaId, Signed<ViewChange>>();
  /** P: of each place above h that ever prepared here, the certificate of the highest view. */
  readonly prepared = new PersistentMap<SequenceNumber, PreparedCertificate>();
  /** Messages of the view that is about to begin. */
  readonly early = new PersistentMap<string, EarlyMessage>();
  /** Whether Q replicas contradict its state: then it executes nothing and answers nobody. */
  quarantined = false;
  /** The state that is being fetched. */
  transfer: Transfer | undefined = undefined;
  /** After a restart, until Q - 1 others have told what they remember of this replica: it holds its tongue. */
  recollection: Recollection | undefined = undefined;
  /** Why this replica is about to leave the view, whatever the timer says. */
  forsaken: ViewChangeCause | undefined = undefined;
  /** The timer that runs. */
  timer: RunningTimer | undefined = undefined;
  /** The message log: a slot for each place in the window that anything is known about. */
  readonly slots = new PersistentMap<SequenceNumber, Slot>();
  readonly bodies = new Bodies();
  readonly ledger = new Ledger();
  readonly checkpoints = new Checkpoints();
  readonly archive = new Archive();
  readonly queue = new RequestQueue();
  readonly evidence = new EvidenceFile();
  /** When each client was last sent a reply again, in ms. */
  readonly repeatedMs = new Map<ClientId, number>();
  /** When each message was last sent again to each peer, in ms. */
  readonly resentMs = new PersistentMap<string, number>();
  /** The primary's next sequence number. */
  nextSequence: SequenceNumber = sequenceNumber(1);
  /** A slot was executed. */
  readonly progress = new Condition();
  /** The primary may be able to propose: a request is waiting, a slot executed, the window moved. */
  readonly opportunity = new Condition();
  /** The window moved. */
  readonly windowMoved = new Condition();
  /** What the timer is about may have changed. */
  readonly concern = new Condition();
  /** This process woke up from its storage. */
  readonly recovered = new Condition();
  /** This process knows what it has said, or that it does not. */
  readonly certain = new Condition();

  constructor(id: ReplicaId, configuration: Configuration) {
    this.id = id;
    this.configuration = configuration;
    this.cluster = configurationDigest(configuration);
  }

  start(): void {
    void announce(this);
    void watch(this);
    void keepUp(this);
    if (this.phase === 'normal' && this.isPrimary()) void lead(this, this.view);
  }

  /**
   * Begins without its past (pbft.md 1.16): what it has said is lost, so it says nothing that could contradict it,
   * ever. It learns what the others decide.
   */
  startOver(incarnation: number, why: LearnerCause): void {
    this.incarnation = incarnation;
    this.phase = 'learner';
    report({ type: 'recovered', incarnation, lastExecuted: this.lastExecuted });
    report({ type: 'learner', why });
    this.start();
  }

  /**
   * Goes on after a crash (pbft.md 1.16): the suspended workflows are here by themselves. STATUS asks for what
   * this replica missed, and the others are asked whether it has said more than it knows.
   */
  recover(incarnation: number): void {
    this.incarnation = incarnation;
    report({ type: 'recovered', incarnation, lastExecuted: this.ledger.lastExecuted });
    forget(this);
    examineState(this);
    void recollect(this);
    this.recovered.notify();
  }

  /** Whatever timer runs expires now; if none does, this replica gives up the view all the same. */
  expire(): void {
    const { timer } = this;
    if (timer !== undefined) {
      report({ type: 'timing', timer: timer.timer, deed: 'expired', view: timer.view });
    }
    changeView(this, viewAfter(this.view), 'timer');
  }

  /**
   * The only input from other processes: a rule says whether the message counts, its handler files it. A liar is not
   * sincere: what it hears of its own words does not surprise it.
   */
  receive(from: ProcessId, arrival: Arrival, isSincere = true): void {
    if (!arrival.ok) {
      return report({ type: 'rejected', reason: arrival.reason, detail: arrival.detail });
    }
    const { packet, verdicts } = arrival;
    const { signed } = packet;
    if (isSincere) confront(this, packet, verdicts);
    if (isAgreement(signed)) takeHint(this, signed, verdicts);
    if (isAgreement(signed) && isEarly(this, signed.body)) {
      keepEarly(this, { signed, batch: packet.batch }, verdicts);
    } else if (isSignedAs(signed, 'request')) receiveRequest(this, from, signed, verdicts);
    else if (isSignedAs(signed, 'pre-prepare')) {
      receivePrePrepare(this, { signed, batch: packet.batch }, verdicts);
    } else if (isSignedAs(signed, 'prepare')) receivePrepare(this, signed, verdicts);
    else if (isSignedAs(signed, 'commit')) receiveCommit(this, signed, verdicts);
    else if (isSignedAs(signed, 'checkpoint')) receiveCheckpoint(this, signed, verdicts);
    else if (isSignedAs(signed, 'view-change')) receiveViewChange(this, signed, verdicts);
    else if (isSignedAs(signed, 'new-view')) receiveNewView(this, signed, verdicts);
    else this.receiveRepair(signed, verdicts);
  }

  /** What repairs a replica that has missed something. */
  private receiveRepair(signed: Signed<Message>, verdicts: readonly boolean[]): void {
    if (isSignedAs(signed, 'status')) receiveStatus(this, signed, verdicts);
    else if (isSignedAs(signed, 'fetch')) receiveFetch(this, signed, verdicts);
    else if (isDataOf(signed, 'slot')) receiveData(this, signed, verdicts);
    else if (isDataOf(signed, 'body')) receiveBody(this, signed, verdicts);
    else if (isDataOf(signed, 'root')) receiveRoot(this, signed, verdicts);
    else if (isDataOf(signed, 'node')) receiveNode(this, signed, verdicts);
    else if (isDataOf(signed, 'chunk')) receiveChunk(this, signed, verdicts);
    else if (isDataOf(signed, 'echo')) receiveEcho(this, signed, verdicts);
    else report({ type: 'rejected', reason: 'not-for-me' });
  }

  /** The primary of the view is proven faulty: this replica leaves the view at once. */
  forsake(cause: ViewChangeCause): void {
    if (this.phase === 'learner') return;
    this.forsaken = cause;
    this.concern.notify();
  }

  /** The slot of a place in the window; its agreement starts with the first message about it. */
  slot(sequence: SequenceNumber): Slot {
    const known = this.slots.get(sequence);
    if (known !== undefined) return known;
    const slot = new Slot(sequence, this.view);
    this.slots.set(sequence, slot);
    void agree(this, slot);
    return slot;
  }

  /** Remembers a request that is known and not executed (pbft.md 1.4). */
  know(request: Signed<Request>): void {
    const { client, timestamp } = request.body;
    const served = this.ledger.clientTable.get(client)?.timestamp ?? 0;
    if (timestamp > served && this.queue.add(request)) this.concern.notify();
  }

  /**
   * The message log turns to another view: what was said in the old one no longer counts, except for COMMITs, which
   * may still complete a certificate, and decisions, which are for good.
   */
  moveTo(next: View): void {
    this.view = next;
    this.newView = undefined;
    this.forsaken = undefined;
    this.fixedUpTo = undefined;
    this.queue.proposed.clear();
    const known = [...this.slots.values()];
    this.slots.clear();
    for (const slot of known) {
      const { decision } = slot;
      const commits = [...slot.olderCommits, ...slot.commits];
      if (commits.length > 0 || decision.settled) this.slot(slot.sequence).carryOver(slot);
    }
    this.bodies.forsake(missingBodies(this));
    this.opportunity.notify();
    this.concern.notify();
  }

  /** Whether this replica may say a message of this type in its own name now. */
  maySay(type: MessageType): boolean {
    return maySay(this.recollection === undefined ? this.phase : 'learner', type);
  }

  /** Whether this replica may vote in a slot: it is in the log still, and of the view in which it takes part. */
  mayVoteIn(slot: Slot): boolean {
    const isCurrent = slot.view === this.view && this.slots.get(slot.sequence) === slot;
    return this.maySay('prepare') && isCurrent;
  }

  /** Whether a message may be sent again to a peer: not before the last time is `resendMs` ago. */
  mayResend(key: string): boolean {
    const ms = this.resentMs.get(key);
    return ms === undefined || now() - ms >= this.configuration.resendMs;
  }

  /** A slot begun anew, with what others said about it: only an ablation lets a replica change its mind. */
  reopen(slot: Slot): Slot {
    this.slots.delete(slot.sequence);
    const fresh = this.slot(slot.sequence);
    for (const [i, prepare] of slot.prepares) if (i !== this.id) fresh.prepares.set(i, prepare);
    for (const [i, commit] of slot.commits) if (i !== this.id) fresh.commits.set(i, commit);
    return fresh;
  }

  primary(): ReplicaId {
    return primaryOf(this.view, this.configuration.n);
  }

  isPrimary(): boolean {
    return this.primary() === this.id;
  }

  /** h: the sequence number of the last stable checkpoint. */
  get lowWatermark(): SequenceNumber {
    return this.checkpoints.stable?.sequence ?? sequenceNumber(0);
  }

  get lastExecuted(): SequenceNumber {
    return this.ledger.lastExecuted;
  }

  /** All other replicas, in order. */
  others(): readonly ReplicaId[] {
    return othersThan(this.configuration, this.id);
  }
}
