'use persistent';

import type { Configuration } from '#core/pbft/configuration.ts';
import type { ProcessId, Request, Signed } from '#core/pbft/message.ts';
import { primaryOf } from '#core/pbft/quorum.ts';
import { isDataOf, isSignedAs } from '#core/pbft/signed.ts';
import type { Phase } from '#core/pbft/standing.ts';
import {
  type ClientId,
  replicaId,
  type ReplicaId,
  type SequenceNumber,
  sequenceNumber,
  type View,
  view,
} from '#core/pbft/terms.ts';
import { Condition, PersistentMap } from '#core/persistent/index.ts';

import { agree } from './agreement.ts';
import { Archive } from './archive.ts';
import { Bodies } from './bodies.ts';
import { receiveCheckpoint } from './checkpointing.ts';
import { Checkpoints } from './checkpoints.ts';
import { EvidenceFile } from './evidence-file.ts';
import { Ledger } from './ledger.ts';
import { report } from './outbox.ts';
import { lead } from './primary.ts';
import type { Arrival } from './process.ts';
import { announce, receiveData, receiveStatus, sayAgain } from './repair.ts';
import { RequestQueue } from './request-queue.ts';
import { receiveRequest } from './requests.ts';
import { Slot } from './slot.ts';
import { receiveCommit, receivePrepare, receivePrePrepare } from './voting.ts';

/** A replica: the state of pbft.md 1.4, and the dispatch of what arrives. The workflows live beside it. */
export class Replica {
  readonly id: ReplicaId;
  readonly configuration: Configuration;
  incarnation = 0;
  view: View = view(0);
  phase: Phase = 'normal';
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
  /** This process woke up from its storage. */
  readonly recovered = new Condition();

  constructor(id: ReplicaId, configuration: Configuration) {
    this.id = id;
    this.configuration = configuration;
  }

  start(): void {
    void announce(this);
    if (this.isPrimary()) void lead(this, this.view);
  }

  /**
   * Goes on after a crash (pbft.md 1.16): the suspended workflows are here by themselves. What this
   * replica has said about undecided slots is said again, and STATUS asks for what it missed.
   */
  recover(incarnation: number): void {
    this.incarnation = incarnation;
    report({ type: 'recovered', incarnation, lastExecuted: this.ledger.lastExecuted });
    sayAgain(this);
    this.recovered.notify();
  }

  /** The only input from other processes: a rule says whether the message counts, its handler files it. */
  receive(from: ProcessId, arrival: Arrival): void {
    if (!arrival.ok) {
      report({ type: 'rejected', reason: arrival.reason, detail: arrival.detail });
      return;
    }
    const { packet, verdicts } = arrival;
    const { signed } = packet;
    if (isSignedAs(signed, 'request')) receiveRequest(this, from, signed, verdicts);
    else if (isSignedAs(signed, 'pre-prepare')) {
      receivePrePrepare(this, { signed, batch: packet.batch }, verdicts);
    } else if (isSignedAs(signed, 'prepare')) receivePrepare(this, signed, verdicts);
    else if (isSignedAs(signed, 'commit')) receiveCommit(this, signed, verdicts);
    else if (isSignedAs(signed, 'checkpoint')) receiveCheckpoint(this, signed, verdicts);
    else if (isSignedAs(signed, 'status')) receiveStatus(this, signed, verdicts);
    else if (isDataOf(signed, 'slot')) receiveData(this, signed, verdicts);
    else report({ type: 'rejected', reason: 'not-for-me' });
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
    if (timestamp > served) this.queue.add(request);
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
    return Array.from({ length: this.configuration.n }, (_, i) => replicaId(i)).filter(
      (i) => i !== this.id,
    );
  }
}
