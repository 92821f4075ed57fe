import { clientsEndpoint, type Endpoint, headerOf } from './frame.ts';
import type { LiveFacts } from './live-facts.ts';
import type { LiveFailure } from './live-process.ts';

/** What leaves a thread together: what is to be known of it, and its frames. One message costs less than many. */
export interface Departure {
  readonly type: 'departure';
  readonly facts?: LiveFacts;
  readonly frames: readonly ArrayBuffer[];
}

/** What a thread says to the bus: a frame, or all that leaves together, or that it has stopped. */
export type ToBus =
  | ArrayBuffer
  | Departure
  | { readonly type: 'failed'; readonly failure: LiveFailure };

/** Lets a thread's frames go to the bus: their bytes are handed over, not copied. */
export function depart(port: Pick<MessagePort, 'postMessage'>, departure: Departure): void {
  port.postMessage(departure, [...departure.frames]);
}

/** The part of a port that is used. */
export interface BusPort {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<ToBus>) => void): void;
  start(): void;
  close(): void;
}

/** Who listens to what is said beside frames. */
export interface BusListener {
  facts(facts: LiveFacts): void;
  failed(failure: LiveFailure): void;
}

/** How much waits for a paused replica; what comes beyond it is lost, as on any network. */
const heldBytesMax = 8 << 20;

interface Held {
  readonly frames: ArrayBuffer[];
  bytes: number;
}

/**
 * Forwards frames between threads as they are: it reads their header, and transfers their bytes. It loses what goes to
 * a replica that is down or on the other side of a partition.
 */
export class LiveBus {
  readonly counts = { messages: 0, bytes: 0, dropped: 0 };
  private readonly listener: BusListener;
  private readonly ports = new Map<Endpoint, BusPort>();
  private readonly held = new Map<Endpoint, Held>();
  private groups: readonly (readonly number[])[] = [];

  constructor(listener: BusListener) {
    this.listener = listener;
  }

  /** A thread that is there from now on; the one before it under this name is gone. */
  connect(endpoint: Endpoint, port: BusPort): void {
    this.disconnect(endpoint);
    this.ports.set(endpoint, port);
    port.addEventListener('message', ({ data }) => {
      if (data instanceof ArrayBuffer) this.forward(data);
      else if (data.type === 'failed') this.listener.failed(data.failure);
      else this.take(data);
    });
    port.start();
  }

  /** What still comes from it is forwarded: it was sent. */
  disconnect(endpoint: Endpoint): void {
    this.ports.delete(endpoint);
    this.held.delete(endpoint);
  }

  pause(replica: Endpoint): void {
    if (!this.held.has(replica)) this.held.set(replica, { frames: [], bytes: 0 });
  }

  resume(replica: Endpoint): void {
    const held = this.held.get(replica);
    this.held.delete(replica);
    for (const frame of held?.frames ?? []) this.hand(replica, frame);
  }

  /** Replicas of different groups do not hear each other; none at all: everybody does. */
  partition(groups: readonly (readonly number[])[]): void {
    this.groups = groups;
  }

  private take({ facts, frames }: Departure): void {
    if (facts !== undefined) this.listener.facts(facts);
    for (const frame of frames) this.forward(frame);
  }

  private forward(frame: ArrayBuffer): void {
    const { source, destination, packets } = headerOf(frame);
    this.counts.messages += packets;
    this.counts.bytes += frame.byteLength;
    const held = this.held.get(destination);
    if (!this.ports.has(destination) || !this.isReachable(source, destination)) {
      this.counts.dropped += packets;
    } else if (held === undefined) this.hand(destination, frame);
    else if (held.bytes + frame.byteLength > heldBytesMax) this.counts.dropped += packets;
    else {
      held.frames.push(frame);
      held.bytes += frame.byteLength;
    }
  }

  private hand(destination: Endpoint, frame: ArrayBuffer): void {
    this.ports.get(destination)?.postMessage(frame, [frame]);
  }

  private isReachable(source: Endpoint, destination: Endpoint): boolean {
    if (this.groups.length === 0) return true;
    if (source === clientsEndpoint || destination === clientsEndpoint) return true;
    return this.groups.some((group) => group.includes(source) && group.includes(destination));
  }
}
