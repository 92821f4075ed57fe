import { assert } from '#core/base/assert.ts';
import { clientOf, clientProcess } from '#core/network/process-order.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import { quorumsOf } from '#core/pbft/quorum.ts';
import { clientsEndpoint, entriesOf, FrameWriter } from '#host/live/frame.ts';
import { Histogram } from '#host/live/histogram.ts';

import type { BareKeys } from './bare-keys.ts';
import { bareMessage, type BareMessage, readBare } from './bare-message.ts';
import { putClient } from './bare-replica.ts';
import type { BareCounts, BareOptions } from './bare-report.ts';

interface Client {
  operation: number;
  replies: number;
  sinceMs: number;
}

/** Clients in a closed loop on one thread: each has one operation outstanding, and f + 1 replies end it. */
export class BareClients {
  private readonly keys: BareKeys;
  private readonly send: (frame: ArrayBuffer) => void;
  private readonly clients: readonly Client[];
  private readonly weak: number;
  private readonly latency = new Histogram();
  private acknowledged = 0;

  constructor(options: BareOptions, keys: BareKeys, send: (frame: ArrayBuffer) => void) {
    this.keys = keys;
    this.send = send;
    this.weak = quorumsOf(options.n).weak;
    this.clients = Array.from({ length: options.clients }, () => ({
      operation: 0,
      replies: 0,
      sinceMs: 0,
    }));
  }

  async start(): Promise<void> {
    await this.ask(this.clients.map((_, client) => client));
  }

  async receive(frame: ArrayBuffer): Promise<void> {
    const replies = await Promise.all(
      entriesOf(frame).map(({ from, to, bytes }) => this.check(from, to, readBare(bytes))),
    );
    const free: number[] = [];
    for (const reply of replies) {
      if (reply !== undefined && this.take(reply.client, reply.place)) free.push(reply.client);
    }
    await this.ask(free);
  }

  counts(): BareCounts {
    const latencyMs = this.latency.quantiles() ?? null;
    this.latency.clear();
    const none = { commits: 0, commitBytes: 0, messages: 0, bytes: 0 };
    return { ...none, ...this.keys.counts, acknowledged: this.acknowledged, latencyMs };
  }

  /** The signature of a reply to what is answered already is not looked at. */
  private async check(
    from: ProcessId,
    to: ProcessId,
    message: BareMessage,
  ): Promise<{ readonly client: number; readonly place: number } | undefined> {
    const client = clientOf(to) ?? -1;
    const { place } = message;
    if (this.clients[client]?.operation !== place) return undefined;
    assert(await this.keys.verify(this.keys.memberOf(from), message), 'every signature is good');
    return { client, place };
  }

  /** Whether this was the reply that was missing. */
  private take(number: number, place: number): boolean {
    const client = this.clients[number];
    if (client?.operation !== place) return false;
    client.replies += 1;
    if (client.replies !== this.weak) return false;
    this.acknowledged += 1;
    this.latency.add(performance.now() - client.sinceMs);
    return true;
  }

  private async ask(numbers: readonly number[]): Promise<void> {
    if (numbers.length === 0) return;
    const sinceMs = performance.now();
    const writer = new FrameWriter(clientsEndpoint);
    const requests = numbers.map(async (number) => {
      const client = this.clients[number];
      assert(client !== undefined, 'who is answered had asked');
      client.operation += 1;
      client.replies = 0;
      client.sinceMs = sinceMs;
      const bytes = bareMessage('request', client.operation);
      putClient(bytes, number);
      return this.keys.sign(clientProcess(number), bytes);
    });
    for (const [i, bytes] of (await Promise.all(requests)).entries())
      writer.add({ from: clientProcess(numbers[i] ?? 0), to: 0, bytes });
    for (const frame of writer.take()) this.send(frame);
  }
}
