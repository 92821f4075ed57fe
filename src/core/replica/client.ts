'use persistent';

import { assert } from '#core/base/assert.ts';
import { type Configuration, configurationDigest } from '#core/pbft/configuration.ts';
import type { ProcessId, Reply, Request, Signed } from '#core/pbft/message.ts';
import { primaryOf } from '#core/pbft/quorum.ts';
import {
  acceptedResult,
  type ClientStanding,
  rejectionOfReply,
} from '#core/pbft/reply-acceptance.ts';
import { isSignedAs, own, processOfClient } from '#core/pbft/signed.ts';
import {
  type Digest,
  type ClientId,
  replicaId,
  type ReplicaId,
  timestamp,
  type Timestamp,
  view,
  type View,
} from '#core/pbft/terms.ts';
import { any, Awaitable, Condition, now, PersistentMap, sleep } from '#core/persistent/index.ts';

import { multicast, report, send } from './outbox.ts';
import type { Arrival } from './process.ts';

/** The interval between retransmissions doubles up to this many times the first. */
const patienceMax = 8;

/** How many answers a client remembers, for people to look at. */
const answersKept = 100;

/** An operation that was handed in; `index` is the order of submission. */
export interface Submission {
  readonly index: number;
  readonly operation: string;
}

/** What f + 1 replicas vouch for. */
export interface Answer {
  readonly index: number;
  readonly operation: string;
  readonly timestamp: Timestamp;
  readonly result: string;
  readonly view: View;
  readonly signers: readonly ReplicaId[];
}

/** The one request that waits for its answer. */
export class Outstanding {
  readonly index: number;
  readonly request: Signed<Request>;
  /** The first reply of each replica. */
  readonly replies = new Map<ReplicaId, Reply>();
  readonly answer = new Awaitable<Answer>();

  constructor(index: number, request: Signed<Request>) {
    this.index = index;
    this.request = request;
  }
}

/** A client, §4.1: one operation after the other, each accepted when f + 1 replicas agree on its result. */
export class Client {
  readonly id: ClientId;
  readonly configuration: Configuration;
  /** Which cluster it belongs to, as its store remembers. */
  readonly cluster: Digest;
  incarnation = 0;
  submissions = 0;
  /** Durable before it is used: a restarted client never takes an old reply for a new one. */
  lastTimestamp: Timestamp = timestamp(0);
  readonly queue: Submission[] = [];
  /** The request that was issued last: it still counts replies when it is answered. */
  latest: Outstanding | undefined = undefined;
  /** The last ones. */
  readonly answers = new PersistentMap<number, Answer>();
  /** The view that f + 1 replicas have reached by their last replies. */
  view: View = view(0);
  readonly submitted = new Condition();
  readonly recovered = new Condition();

  constructor(id: ClientId, configuration: Configuration) {
    this.id = id;
    this.configuration = configuration;
    this.cluster = configurationDigest(configuration);
  }

  start(): void {
    void this.serve();
  }

  /** Goes on after a crash: what is outstanding is sent to all at once, since the first sending may be lost. */
  recover(incarnation: number): void {
    this.incarnation = incarnation;
    report({ type: 'recovered', incarnation });
    this.recovered.notify();
  }

  submit(operation: string): void {
    const index = this.submissions++;
    this.queue.push({ index, operation });
    report({ type: 'submitted', client: this.id, index, operation });
    this.submitted.notify();
  }

  /** One outstanding operation; later ones wait in order. */
  async serve(): Promise<void> {
    for (;;) {
      while (this.queue.length === 0) {
        await this.submitted.changed();
      }
      await this.request();
    }
  }

  /** Sends to the believed primary, then, ever more patiently, to all. */
  async request(): Promise<void> {
    const outstanding = this.issue();
    send(this.primary(), outstanding.request);

    let patience = 1;
    for (;;) {
      const outcome = await any({
        answered: outstanding.answer,
        late: sleep(patience * this.configuration.clientTimeoutMs),
        recovered: this.recovered.changed(),
      });
      if (outcome.tag === 'answered') return this.accept(outcome.value);
      this.retransmit(outstanding);
      patience = outcome.tag === 'late' ? Math.min(2 * patience, patienceMax) : 1;
    }
  }

  /** REPLY: the first of each replica to the outstanding request; f + 1 equal ones are the answer. */
  receive(_from: ProcessId, arrival: Arrival): void {
    if (!arrival.ok) {
      report({ type: 'rejected', reason: arrival.reason, detail: arrival.detail });
      return;
    }
    const { packet, verdicts } = arrival;
    const { signed } = packet;
    if (!isSignedAs(signed, 'reply')) return report({ type: 'rejected', reason: 'not-for-me' });
    const held = this.latest?.replies.get(signed.body.replica);
    const reason = rejectionOfReply(this.standing(), signed, verdicts, held);
    if (reason !== undefined || this.latest === undefined) {
      return report({ type: 'rejected', reason: reason ?? 'another-request' });
    }
    this.file(this.latest, signed.body);
  }

  /** The request that waits for its answer. */
  get outstanding(): Outstanding | undefined {
    return this.latest?.answer.settled === false ? this.latest : undefined;
  }

  /** Who leads, as far as this client knows. */
  primary(): ReplicaId {
    return primaryOf(this.view, this.configuration.n);
  }

  private replicas(): readonly ReplicaId[] {
    return Array.from({ length: this.configuration.n }, (_, i) => replicaId(i));
  }

  private file(outstanding: Outstanding, reply: Reply): void {
    outstanding.replies.set(reply.replica, reply);
    report({ type: 'counted', kind: 'reply', view: reply.view, signer: reply.replica });
    const accepted = acceptedResult(this.configuration, outstanding.replies.values());
    if (accepted === undefined) return;
    const { index, request } = outstanding;
    const { operation, timestamp } = request.body;
    const { result, view, replicas: signers } = accepted;
    outstanding.answer.complete({ index, operation, timestamp, result, view, signers });
  }

  /** t = max(clock, last + 1): strictly increasing, and durable before the request leaves. */
  private issue(): Outstanding {
    const submission = this.queue.shift();
    assert(submission !== undefined, 'a request is issued for an operation that waits');
    const { index, operation } = submission;
    this.lastTimestamp = timestamp(Math.max(Math.floor(now()), this.lastTimestamp + 1));
    const body = {
      type: 'request',
      operation,
      timestamp: this.lastTimestamp,
      client: this.id,
    } as const;
    const outstanding = new Outstanding(index, own(body, processOfClient(this.id)));
    report({
      type: 'requested',
      client: this.id,
      index,
      timestamp: this.lastTimestamp,
      operation,
    });
    this.latest = outstanding;
    return outstanding;
  }

  private retransmit({ request }: Outstanding): void {
    const { client, timestamp } = request.body;
    report({ type: 'retransmitted', client, timestamp });
    multicast(this.replicas(), request);
  }

  private accept(answer: Answer): void {
    const { index, timestamp, result, view, signers } = answer;
    this.answers.set(index, answer);
    this.answers.delete(index - answersKept);
    this.view = view;
    report({ type: 'answered', client: this.id, index, timestamp, result, view, signers });
  }

  private standing(): ClientStanding {
    return {
      configuration: this.configuration,
      client: this.id,
      outstanding: this.latest?.request.body.timestamp,
    };
  }
}
