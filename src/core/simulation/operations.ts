import { matches, type Envelope, type Match, type OperationName } from '#core/network/match.ts';
import type { MessageHeader } from '#core/network/trace-event.ts';
import type { Packet } from '#core/pbft/message.ts';
import type { Report } from '#core/replica/report.ts';

import { Recent } from './checkers/recent.ts';

/** Which message stands for which operation: what clients called their requests and what digests cover. */
export class Operations {
  /** (client, index) to timestamp. */
  private readonly timestamps: Recent<string, number>;
  /** Digest of a batch to its requests. */
  private readonly batches: Recent<string, readonly string[]>;
  /** (client, timestamp) to the bytes of the signed request. */
  private readonly requests: Recent<string, Uint8Array>;

  /** Every message so far, once per envelope. */
  private readonly seen: Recent<
    number,
    { readonly envelope: Envelope; readonly bytes: Uint8Array }
  >;
  private sent = 0;

  constructor(limit = Infinity) {
    this.timestamps = new Recent(limit);
    this.batches = new Recent(limit);
    this.requests = new Recent(limit);
    this.seen = new Recent(limit);
  }

  /** Learns timestamps from what clients report. */
  learn(report: Report): void {
    if (report.type !== 'requested') return;
    this.timestamps.set(key(report.client, report.index), report.timestamp);
  }

  /** Learns what a message is about while it is sent. */
  see(packet: Packet, envelope: Envelope, bytes: Uint8Array): void {
    this.seen.set(this.sent++, { envelope, bytes });
    const { body } = packet.signed;
    if (body.type === 'request') this.requests.set(key(body.client, body.timestamp), bytes);
    if (body.type === 'pre-prepare' && packet.batch !== undefined) {
      const requests = packet.batch.map((request) =>
        key(request.body.client, request.body.timestamp),
      );
      this.batches.set(body.digest, requests);
    }
  }

  /** The bytes of the first message so far that matches, and is of one of these types. */
  firstSeen(match: Match, types?: readonly string[]): Uint8Array | undefined {
    return [...this.seen.values()].find(
      ({ envelope }) =>
        types?.includes(envelope.header.kind) !== false && matches(match, envelope, this.carries),
    )?.bytes;
  }

  /** The bytes of a client's signed request, once it has been sent. */
  requestOf({ client, index }: OperationName): Uint8Array | undefined {
    const timestamp = this.timestamps.get(key(client, index));
    return timestamp === undefined ? undefined : this.requests.get(key(client, timestamp));
  }

  /** Whether a message carries the operation or stands for it by its digest. */
  readonly carries = (header: MessageHeader, { client, index }: OperationName): boolean => {
    const timestamp = this.timestamps.get(key(client, index));
    if (timestamp === undefined) return false;
    if (header.client === client && header.timestamp === timestamp) return true;
    if (header.digest === undefined) return false;
    return this.batches.get(header.digest)?.includes(key(client, timestamp)) ?? false;
  };
}

function key(client: number, number: number): string {
  return `${client}/${number}`;
}
