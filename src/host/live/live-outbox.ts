import { defined } from '#core/base/assert.ts';
import { encodePacket } from '#core/pbft/codec.ts';
import type { Configuration } from '#core/pbft/configuration.ts';
import type { Packet, ProcessId } from '#core/pbft/message.ts';
import type { Outgoing } from '#core/replica/process.ts';

import { type Endpoint, FrameWriter } from './frame.ts';
import type { LiveKeys } from './live-keys.ts';

/** A message and who sends it. */
export interface Sending extends Outgoing {
  readonly from: ProcessId;
}

/** Frames that are ready to leave: now, or a Byzantine process's later. */
export interface Ready {
  readonly frames: readonly ArrayBuffer[];
  readonly late: readonly { readonly delayMs: number; readonly frames: readonly ArrayBuffer[] }[];
}

/** Signs and encodes what leaves a thread: all messages side by side, a multicast once. */
export class LiveOutbox {
  private readonly source: Endpoint;
  private readonly configuration: Configuration;
  private readonly keys: LiveKeys;

  constructor(source: Endpoint, configuration: Configuration, keys: LiveKeys) {
    this.source = source;
    this.configuration = configuration;
    this.keys = keys;
  }

  async ready(sendings: readonly Sending[]): Promise<Ready> {
    const encoding = new Map<Packet, Promise<Uint8Array>>();
    for (const { packet } of sendings) {
      if (!encoding.has(packet)) encoding.set(packet, this.bytesOf(packet));
    }
    const encoded = new Map<Packet, Uint8Array>();
    await Promise.all(
      [...encoding].map(async ([packet, bytes]) => {
        encoded.set(packet, await bytes);
      }),
    );

    const prompt = new FrameWriter(this.source);
    const late = new Map<number, FrameWriter>();
    for (const { from, to, packet, delayMs } of sendings) {
      const bytes = defined(encoded.get(packet), 'every packet is encoded');
      if (delayMs === undefined) prompt.add({ from, to, bytes });
      else this.lateIn(late, delayMs).add({ from, to, bytes });
    }
    return {
      frames: prompt.take(),
      late: [...late].map(([delayMs, writer]) => ({ delayMs, frames: writer.take() })),
    };
  }

  private async bytesOf(packet: Packet): Promise<Uint8Array> {
    return encodePacket(await this.keys.signed(packet), this.configuration);
  }

  private lateIn(late: Map<number, FrameWriter>, delayMs: number): FrameWriter {
    const known = late.get(delayMs) ?? new FrameWriter(this.source);
    late.set(delayMs, known);
    return known;
  }
}
