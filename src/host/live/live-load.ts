import { clientOf } from '#core/network/process-order.ts';
import type { Configuration } from '#core/pbft/configuration.ts';
import type { Packet, ProcessId } from '#core/pbft/message.ts';
import type { ProcessInput } from '#core/replica/process.ts';

import { Alarm } from './alarm.ts';
import { DueQueue } from './due-queue.ts';
import { clientsEndpoint } from './frame.ts';
import { Histogram, type Quantiles } from './histogram.ts';
import type { Departure } from './live-bus.ts';
import { LiveClient } from './live-client.ts';
import type { LiveClock } from './live-clock.ts';
import { type LiveDelivery, LiveInbox } from './live-inbox.ts';
import type { LiveKeys } from './live-keys.ts';
import { LiveOutbox, type Sending } from './live-outbox.ts';
import type { LiveLoad as LoadOptions, LiveMix } from './live-report.ts';
import { OperationMix } from './operation-mix.ts';

/** What a load is made of; the same in a worker and in a test. */
export interface LoadParts {
  readonly configuration: Configuration;
  readonly keys: LiveKeys;
  readonly clock: LiveClock;
  readonly load: LoadOptions;
  readonly mix: LiveMix;
  readonly operations?: number;
  readonly depart: (departure: Departure) => void;
  readonly failed: (error: unknown) => void;
}

/** What the load has come to. */
export interface LoadReport {
  readonly issued: number;
  readonly acknowledged: number;
  readonly outstanding: number;
  /** Open loop: due, and no client free. */
  readonly queued: number;
  /** Open loop: beyond the queue. */
  readonly refused: number;
  /** Of what was acknowledged since the last report. */
  readonly latencyMs: Quantiles | null;
  readonly signatures: number;
  readonly verifications: number;
  readonly hasEnded: boolean;
}

/** How many operations wait for a free client before more are refused. */
const queuedMax = 100_000;
/** How often an open loop looks whether operations have become due. */
const paceMs = 4;

/** Many clients on one thread, in a closed or an open loop. */
export class LiveLoad {
  private readonly parts: LoadParts;
  private readonly clients: readonly LiveClient[];
  private readonly idle: LiveClient[];
  private readonly due = new DueQueue(queuedMax);
  private readonly mix: OperationMix;
  private readonly inbox: LiveInbox;
  private readonly outbox: LiveOutbox;
  private readonly alarm: Alarm;
  private readonly latency = new Histogram();
  private sendings: Sending[] = [];
  private pace: ReturnType<typeof setInterval> | undefined;
  private startedMs = 0;
  private arrived = 0;
  private issued = 0;
  private acknowledged = 0;
  private refused = 0;
  private isStopped = false;

  constructor(parts: LoadParts) {
    this.parts = parts;
    const { configuration, keys, clock, failed } = parts;
    this.clients = Array.from(
      { length: configuration.clients },
      (_, client) => new LiveClient(client, configuration),
    );
    this.idle = [...this.clients];
    this.mix = new OperationMix(parts.mix, configuration.seed);
    this.outbox = new LiveOutbox(clientsEndpoint, configuration, keys);
    this.inbox = new LiveInbox({
      configuration,
      keys,
      matters: (packet, to) => this.isAwaited(packet, to),
      deliver: (deliveries) => {
        this.deliver(deliveries);
      },
      fail: failed,
    });
    this.alarm = new Alarm(
      () => clock.nowUs(),
      () => {
        this.ring();
      },
    );
  }

  start(): void {
    const nowUs = this.parts.clock.nowUs();
    for (const client of this.clients) client.turn(nowUs, { type: 'start' });
    this.startedMs = performance.now();
    if (this.parts.load.kind === 'open') {
      this.pace = setInterval(() => {
        this.letArrive();
      }, paceMs);
    }
    this.issue();
  }

  receive(frame: ArrayBuffer): void {
    this.inbox.receive(frame);
  }

  /** No new operations; those that were issued go on. */
  stop(): void {
    this.isStopped = true;
    clearInterval(this.pace);
    this.due.clear();
  }

  report(): LoadReport {
    const latencyMs = this.latency.quantiles() ?? null;
    this.latency.clear();
    const { issued, acknowledged, refused } = this;
    const outstanding = this.clients.length - this.idle.length;
    return {
      issued,
      acknowledged,
      outstanding,
      queued: this.due.size,
      refused,
      latencyMs,
      ...this.parts.keys.counts,
      hasEnded: outstanding === 0 && (this.isStopped || issued === this.parts.operations),
    };
  }

  /** By client, the timestamp of its last operation that was acknowledged. */
  acknowledgements(): Float64Array<ArrayBuffer> {
    return Float64Array.from(this.clients, ({ acknowledged }) => acknowledged);
  }

  /** A reply to what is answered already counts for nothing: its signature is not looked at (pbft.md 1.3). */
  private isAwaited({ signed: { body } }: Packet, to: ProcessId): boolean {
    if (body.type !== 'reply') return true;
    return this.clients[clientOf(to) ?? -1]?.outstanding === body.timestamp;
  }

  private deliver(deliveries: readonly LiveDelivery[]): void {
    for (const { from, to, arrival } of deliveries) {
      const client = this.clients[clientOf(to) ?? -1];
      if (client !== undefined) this.turn(client, { type: 'deliver', from, arrival });
    }
    this.issue();
  }

  private turn(client: LiveClient, input: ProcessInput): void {
    const { sendings, isAnswered } = client.turn(this.parts.clock.nowUs(), input);
    for (const sending of sendings) this.sendings.push(sending);
    this.alarm.setBy(client.nextTimerUs);
    if (!isAnswered) return;
    this.acknowledged += 1;
    this.latency.add(performance.now() - client.dueMs);
    this.idle.push(client);
  }

  private letArrive(): void {
    const { load } = this.parts;
    if (load.kind !== 'open') return;
    const now = performance.now();
    const expected = Math.floor(((now - this.startedMs) / 1000) * load.rate);
    for (; this.arrived < expected; this.arrived++) {
      const dueMs = this.startedMs + (this.arrived / load.rate) * 1000;
      if (!this.due.add(dueMs)) this.refused += 1;
    }
    this.issue();
  }

  /** An operation for each free client, as long as there are any; then all that was said leaves together. */
  private issue(): void {
    const { operations = Infinity, load } = this.parts;
    while (!this.isStopped && this.issued < operations && this.idle.length > 0) {
      const dueMs = load.kind === 'closed' ? performance.now() : this.due.take();
      if (dueMs === undefined) break;
      const client = this.idle.shift();
      if (client === undefined) break;
      client.dueMs = dueMs;
      this.issued += 1;
      this.turn(client, { type: 'submit', operation: this.mix.next() });
    }
    this.sendAll();
  }

  private ring(): void {
    const nowUs = this.parts.clock.nowUs();
    for (const client of this.clients) {
      if (client.nextTimerUs !== null && client.nextTimerUs <= nowUs) {
        this.turn(client, { type: 'timer' });
      } else this.alarm.setBy(client.nextTimerUs);
    }
    this.issue();
  }

  private sendAll(): void {
    if (this.sendings.length === 0) return;
    const { sendings } = this;
    this.sendings = [];
    void this.send(sendings);
  }

  private async send(sendings: readonly Sending[]): Promise<void> {
    const { depart, failed } = this.parts;
    try {
      const { frames } = await this.outbox.ready(sendings);
      depart({ type: 'departure', frames });
    } catch (error) {
      failed(error);
    }
  }
}
