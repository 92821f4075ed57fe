import { sha256 } from '@noble/hashes/sha2.js';

import { encode } from '#core/base/cbor-encoding.ts';
import type { Cbor } from '#core/base/cbor.ts';
import { hex } from '#core/base/hex.ts';
import type { LifeEvent, NetworkEvent, RunEvent, TraceEvent } from '#core/network/trace-event.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import type { Report } from '#core/replica/report.ts';

/** What happened, before the trace has given it a place and a time. */
export type Happening = NetworkEvent | LifeEvent | RunEvent | Report;

/** Who and under which circumstances. */
export interface Circumstances {
  readonly process?: ProcessId;
  readonly lost?: boolean;
}

/** What goes wrong, in the words of the trace. */
type Remark = Extract<TraceEvent, { readonly type: 'violation' | 'unmet' | 'failed' }>;

/** Everything that happened, in order, with a digest that two equal runs share. */
export class Trace {
  /** Empty if nothing is kept. */
  readonly events: TraceEvent[] = [];
  /** What a verdict quotes: kept in any case. */
  readonly remarks: Remark[] = [];
  private readonly isKept: boolean;
  private length = 0;
  private readonly hash = sha256.create();

  constructor(isKept = true) {
    this.isKept = isKept;
  }

  /** Appends an event at its place. */
  append(nowUs: number, happening: Happening, { process, lost }: Circumstances = {}): TraceEvent {
    const event: TraceEvent = {
      id: this.length++,
      atMs: nowUs / 1000,
      ...(process !== undefined && { process }),
      ...(lost === true && { lost: true }),
      ...happening,
    };
    if (this.isKept) this.events.push(event);
    if (event.type === 'violation' || event.type === 'unmet' || event.type === 'failed') {
      this.remarks.push(event);
    }
    this.hash.update(encode(canonical(event)));
    return event;
  }

  /** SHA-256 over the canonical encoding of every event so far. */
  digest(): string {
    return hex(this.hash.clone().digest());
  }
}

/**
 * A plain value as canonical CBOR can say it: an object is an array of its fields sorted by name, and
 * milliseconds are integer microseconds.
 */
function canonical(value: unknown, name = ''): Cbor {
  if (typeof value === 'number') return name.endsWith('Ms') ? Math.round(value * 1000) : value;
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map((item) => canonical(item));
  return Object.entries(value ?? {})
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([field, content]) => [field, canonical(content, field)]);
}

/** The one JSON text of a plain value: fields sorted by name. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([field, content]) => [field, sorted(content)]),
  );
}
