import type { MessageHeader, TraceEvent } from '#core/network/trace-event.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import type { Examination } from '#core/simulation/examination.ts';

import { correctReplica, type Cast, type Checker, type Problem } from './checker.ts';
import { Recent } from './recent.ts';

interface Vote {
  readonly header: MessageHeader;
  readonly event: number;
}

/** The events that begin a turn. */
const inputs: ReadonlySet<TraceEvent['type']> = new Set([
  'started',
  'restarted',
  'delivered',
  'timer',
]);

/**
 * I12: what leaves a replica is explained by what is on its disk. Checked three ways: a turn's record
 * is durable before its messages leave; a turn number that was durable is never given again; and a
 * replica that restarts finds in its state every vote that it sent.
 */
export function writeAhead(limit = Infinity): Checker {
  const pending = new Map<ProcessId, number>();
  const turns = new Map<ProcessId, { readonly turn: number; readonly event: number }>();
  const votes = new Map<number, Map<string, Vote>>();

  function observe(event: TraceEvent, cast: Cast): Problem | undefined {
    const { process, id } = event;
    if (process === undefined) return undefined;
    if (inputs.has(event.type)) pending.set(process, id);
    if (event.type === 'persisted') {
      pending.delete(process);
      const before = turns.get(process);
      turns.set(process, { turn: event.turn, event: id });
      if (before !== undefined && event.turn !== before.turn + 1 && cast.isCorrect(process)) {
        const says = `process ${process} commits turn ${event.turn} after turn ${before.turn}`;
        return { says, evidence: [before.event, id] };
      }
    }
    const replica = correctReplica(event, cast);
    if (event.type !== 'sent' || replica === undefined || !isVote(event.header, replica)) {
      return undefined;
    }
    const mine = votes.get(replica) ?? new Recent<string, Vote>(limit);
    votes.set(replica, mine.set(topicOf(event.header), { header: event.header, event: id }));
    const input = pending.get(process);
    if (input === undefined) return undefined;
    const says = `replica ${replica} sends ${event.header.kind.toUpperCase()} before the record of that turn is durable`;
    return { says, evidence: [input, id], ...sequenceOf(event.header) };
  }

  function observeLost({ process, type, id }: TraceEvent): void {
    if (process !== undefined && inputs.has(type)) pending.set(process, id);
  }

  function examine({ process, inspection }: Examination, cast: Cast): Problem | undefined {
    if (inspection.kind !== 'replica' || !cast.isCorrect(process)) return undefined;
    for (const { header, event } of votes.get(inspection.id)?.values() ?? []) {
      if (isRemembered(header, inspection)) continue;
      const says = `replica ${process} has no record of the ${header.kind.toUpperCase()} for ${header.sequence ?? `view ${header.view}`} that it sent`;
      return { says, evidence: [event], ...sequenceOf(header) };
    }
    return undefined;
  }

  return { invariant: 'write-ahead', observe, observeLost, examine };
}

function isVote(header: MessageHeader, replica: number): boolean {
  const binding = ['pre-prepare', 'prepare', 'commit', 'view-change', 'new-view'];
  return binding.includes(header.kind) && header.signer === replica;
}

function topicOf({ kind, view, sequence }: MessageHeader): string {
  return `${kind}/${view}/${sequence}`;
}

function sequenceOf({ sequence }: MessageHeader): { readonly sequence?: number } {
  return sequence === undefined ? {} : { sequence };
}

type ReplicaInspection = Extract<Examination['inspection'], { readonly kind: 'replica' }>;

/**
 * Whether the state of a replica holds a word of its own, or is past it: past its sequence number, or in a later
 * view, whose VIEW-CHANGE took along what counts.
 */
function isRemembered(header: MessageHeader, inspection: ReplicaInspection): boolean {
  const { kind, view = 0, sequence = 0, digest } = header;
  if (kind === 'view-change' || kind === 'new-view') return inspection.view >= view;
  if (sequence <= inspection.lowWatermark || inspection.view > view) return true;
  const slot = inspection.slots.find((slot) => slot.sequence === sequence && slot.view === view);
  if (slot === undefined) return false;
  if (kind === 'pre-prepare') return slot.digest === digest;
  const votes = kind === 'prepare' ? slot.prepares : slot.commits;
  return votes.some((vote) => vote.signer === inspection.id && vote.digest === digest);
}
