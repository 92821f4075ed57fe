import { clientOf, clientProcess } from '#core/network/process-order.ts';
import type { ProcessId } from '#core/pbft/message.ts';

/**
 * What travels in live mode: all packets that one thread has for another at one time, in one buffer. The bus reads the
 * header only.
 *
 *     source u16, destination u16, packets u32, then for each packet: from u32, to u32, length u32, its bytes
 */
const HEADER_BYTES = 8;
const ENTRY_BYTES = 12;

/** A thread: a replica by its number, or the one that all clients share. */
export type Endpoint = number;

/** The thread of the clients. */
export const clientsEndpoint: Endpoint = 0xffff;

/** The thread on which a process is. */
function endpointOf(process: ProcessId): Endpoint {
  return typeof process === 'number' ? process : clientsEndpoint;
}

/** From where to where a frame goes, and how much it is. */
export interface FrameHeader {
  readonly source: Endpoint;
  readonly destination: Endpoint;
  readonly packets: number;
}

/** One packet of a frame. */
export interface FrameEntry {
  readonly from: ProcessId;
  readonly to: ProcessId;
  readonly bytes: Uint8Array;
}

/** Gathers packets until they leave together: one frame for each destination. */
export class FrameWriter {
  private readonly source: Endpoint;
  private readonly gathered = new Map<Endpoint, FrameEntry[]>();

  constructor(source: Endpoint) {
    this.source = source;
  }

  add(entry: FrameEntry): void {
    const destination = endpointOf(entry.to);
    const entries = this.gathered.get(destination);
    if (entries === undefined) this.gathered.set(destination, [entry]);
    else entries.push(entry);
  }

  /** What was gathered; each frame in a buffer of its own, which can be transferred. */
  take(): readonly ArrayBuffer[] {
    const { source } = this;
    const frames = [...this.gathered].map(([destination, entries]) =>
      frameOf(source, destination, entries),
    );
    this.gathered.clear();
    return frames;
  }
}

/** Reads the header of a frame, and nothing else. */
export function headerOf(frame: ArrayBuffer): FrameHeader {
  const view = new DataView(frame);
  return {
    source: view.getUint16(0, true),
    destination: view.getUint16(2, true),
    packets: view.getUint32(4, true),
  };
}

/** The packets of a frame, in the order in which they were added; their bytes are views of it. */
export function entriesOf(frame: ArrayBuffer): readonly FrameEntry[] {
  const view = new DataView(frame);
  const entries: FrameEntry[] = [];
  let at = HEADER_BYTES;
  for (let left = view.getUint32(4, true); left > 0; left--) {
    const length = view.getUint32(at + 8, true);
    entries.push({
      from: processOf(view.getUint32(at, true)),
      to: processOf(view.getUint32(at + 4, true)),
      bytes: new Uint8Array(frame, at + ENTRY_BYTES, length),
    });
    at += ENTRY_BYTES + length;
  }
  return entries;
}

function frameOf(
  source: Endpoint,
  destination: Endpoint,
  entries: readonly FrameEntry[],
): ArrayBuffer {
  const size = entries.reduce((sum, { bytes }) => sum + ENTRY_BYTES + bytes.length, HEADER_BYTES);
  const frame = new ArrayBuffer(size);
  const view = new DataView(frame);
  const whole = new Uint8Array(frame);
  view.setUint16(0, source, true);
  view.setUint16(2, destination, true);
  view.setUint32(4, entries.length, true);
  let at = HEADER_BYTES;
  for (const { from, to, bytes } of entries) {
    view.setUint32(at, numberOf(from), true);
    view.setUint32(at + 4, numberOf(to), true);
    view.setUint32(at + 8, bytes.length, true);
    whole.set(bytes, at + ENTRY_BYTES);
    at += ENTRY_BYTES + bytes.length;
  }
  return frame;
}

/** Replicas are even, clients odd. */
function numberOf(process: ProcessId): number {
  return typeof process === 'number' ? 2 * process : 2 * (clientOf(process) ?? 0) + 1;
}

function processOf(number: number): ProcessId {
  return number % 2 === 0 ? number / 2 : clientProcess((number - 1) / 2);
}
