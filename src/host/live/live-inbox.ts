import { decodePacket } from '#core/pbft/codec.ts';
import type { Configuration } from '#core/pbft/configuration.ts';
import type { Packet, ProcessId } from '#core/pbft/message.ts';
import { signaturesOf } from '#core/pbft/signing.ts';
import type { Arrival } from '#core/replica/process.ts';

import { type Endpoint, entriesOf, headerOf } from './frame.ts';
import type { LiveKeys } from './live-keys.ts';

/** A packet with its verdicts, for one process of this thread. */
export interface LiveDelivery {
  readonly from: ProcessId;
  readonly to: ProcessId;
  readonly arrival: Arrival;
}

/** The packets of a frame, once all their signatures are checked. */
interface Pending {
  deliveries: readonly LiveDelivery[] | undefined;
}

/** What an inbox needs of its thread. */
export interface Inbox {
  readonly configuration: Configuration;
  readonly keys: LiveKeys;
  /** Whether a packet can still matter; one that cannot counts as lost, before anything is spent on its signatures. */
  readonly matters: (packet: Packet, to: ProcessId) => boolean;
  readonly deliver: (deliveries: readonly LiveDelivery[]) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Decodes frames, has all signatures in them checked side by side, and hands the packets on in the order in which their
 * sender sent them. One sender does not wait for another.
 */
export class LiveInbox {
  private readonly parts: Inbox;
  private readonly queues = new Map<Endpoint, Pending[]>();

  constructor(parts: Inbox) {
    this.parts = parts;
  }

  receive(frame: ArrayBuffer): void {
    const { source } = headerOf(frame);
    const deliveries = this.verified(frame);
    if (!(deliveries instanceof Promise)) {
      return this.queueOf(source).length === 0
        ? this.parts.deliver(deliveries)
        : void this.queueOf(source).push({ deliveries });
    }
    const pending: Pending = { deliveries: undefined };
    this.queueOf(source).push(pending);
    void this.await(source, pending, deliveries);
  }

  private async await(
    source: Endpoint,
    pending: Pending,
    deliveries: Promise<readonly LiveDelivery[]>,
  ): Promise<void> {
    try {
      pending.deliveries = await deliveries;
      this.deliverFrom(source);
    } catch (error) {
      this.parts.fail(error);
    }
  }

  private queueOf(source: Endpoint): Pending[] {
    const known = this.queues.get(source) ?? [];
    this.queues.set(source, known);
    return known;
  }

  private deliverFrom(source: Endpoint): void {
    const queue = this.queueOf(source);
    const ready: LiveDelivery[] = [];
    for (let first = queue[0]; first?.deliveries !== undefined; first = queue[0]) {
      ready.push(...first.deliveries);
      queue.shift();
    }
    if (ready.length > 0) this.parts.deliver(ready);
  }

  private verified(frame: ArrayBuffer): readonly LiveDelivery[] | Promise<readonly LiveDelivery[]> {
    const { configuration, matters } = this.parts;
    const deliveries: (LiveDelivery | Promise<LiveDelivery>)[] = [];
    for (const { from, to, bytes } of entriesOf(frame)) {
      const decoded = decodePacket(bytes, configuration);
      if (!decoded.ok) deliveries.push({ from, to, arrival: decoded });
      else {
        const { packet } = decoded;
        if (!matters(packet, to)) continue;
        const verdicts = this.verdictsOn(packet);
        deliveries.push(
          verdicts instanceof Promise
            ? verdicts.then((known) => ({
                from,
                to,
                arrival: { ok: true, packet, verdicts: known },
              }))
            : { from, to, arrival: { ok: true, packet, verdicts } },
        );
      }
    }
    return allOf(deliveries);
  }

  private verdictsOn(packet: Packet): readonly boolean[] | Promise<readonly boolean[]> {
    return allOf(signaturesOf(packet).map((signed) => this.parts.keys.verdict(signed)));
  }
}

/** At once, if none of them has to be waited for. */
function allOf<T>(items: readonly (T | Promise<T>)[]): readonly T[] | Promise<readonly T[]> {
  const ready: T[] = [];
  for (const item of items) {
    if (item instanceof Promise) return Promise.all(items);
    ready.push(item);
  }
  return ready;
}
