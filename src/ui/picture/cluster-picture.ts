import type { TraceEvent } from '#core/network/trace-event.ts';
import type { ProcessId } from '#core/pbft/message.ts';

import {
  isLifeEvent,
  isNetworkEvent,
  isReportEvent,
  type LifeTraceEvent,
  type NetworkTraceEvent,
  type ReportTraceEvent,
} from './event-family.ts';
import { held, lost, lostForMs, redirected, refused, staggerMs, type Flight } from './flight.ts';
import { processKey } from './process-name.ts';
import { blankProcess, type ProcessPicture } from './process-picture.ts';
import { refusalOf } from './refusal.ts';
import { afterReport } from './report-fold.ts';

/** What divides the network. */
export interface PartitionPicture {
  readonly groups: readonly (readonly ProcessId[])[];
  readonly cuts: readonly (readonly [ProcessId, ProcessId])[];
}

/** The cluster after the first `events` events of a trace: all that the stage draws. */
export interface ClusterPicture {
  readonly events: number;
  readonly processes: ReadonlyMap<string, ProcessPicture>;
  /** By message id: in the air, held, or lost a moment ago. */
  readonly flights: ReadonlyMap<number, Flight>;
  /** By message id: arrived a moment ago, and not accepted. */
  readonly refused: ReadonlyMap<number, Flight>;
  /** By process: the message that it has just received, until it says what it makes of it. */
  readonly landed: ReadonlyMap<string, Flight>;
  readonly partition: PartitionPicture | undefined;
  readonly violations: readonly number[];
  /** The multicast that the last sent message belongs to. */
  readonly multicast: { readonly key: string; readonly rank: number };
}

/** Before anything happened. */
export const nothing: ClusterPicture = {
  events: 0,
  processes: new Map(),
  flights: new Map(),
  refused: new Map(),
  landed: new Map(),
  partition: undefined,
  violations: [],
  multicast: { key: '', rank: 0 },
};

/** A picture that is being drawn: maps are changed in place, the values in them never. */
export interface Draft {
  events: number;
  processes: Map<string, ProcessPicture>;
  flights: Map<number, Flight>;
  refused: Map<number, Flight>;
  landed: Map<string, Flight>;
  partition: PartitionPicture | undefined;
  violations: readonly number[];
  multicast: { readonly key: string; readonly rank: number };
}

/** A draft that starts from `picture` and leaves it alone. */
export function draftOf(picture: ClusterPicture): Draft {
  return {
    ...picture,
    processes: new Map(picture.processes),
    flights: new Map(picture.flights),
    refused: new Map(picture.refused),
    landed: new Map(picture.landed),
  };
}

/** Adds one event to the draft. Events of a turn that was never written change nothing. */
export function addEvent(draft: Draft, event: TraceEvent): void {
  draft.events += 1;
  forgetLost(draft, event.atMs);
  if (event.lost === true) return;
  if (isNetworkEvent(event)) addNetworkEvent(draft, event);
  else if (event.type === 'parted') removeProcess(draft, event.process);
  else if (isLifeEvent(event)) {
    changeProcess(draft, event.process, (process) => afterLife(process, event));
  } else if (isReportEvent(event)) {
    addReception(draft, event);
    changeProcess(draft, event.process, (process) => afterReport(process, event));
  } else if (event.type === 'partitioned') {
    draft.partition = { groups: event.groups, cuts: event.cuts };
  } else if (event.type === 'healed') draft.partition = undefined;
  else if (event.type === 'violation') draft.violations = [...draft.violations, event.id];
}

function addNetworkEvent(draft: Draft, event: NetworkTraceEvent): void {
  if (event.type === 'sent') addSent(draft, event);
  else if (event.type === 'delivered') addDelivered(draft, event);
  else {
    const flight = draft.flights.get(event.message);
    if (flight !== undefined) draft.flights.set(event.message, changedFlight(flight, event));
  }
}

type EventOf<T extends TraceEvent['type']> = Extract<TraceEvent, { type: T }>;

function addSent(draft: Draft, event: EventOf<'sent'>): void {
  const { message, to, header, atMs, arrivesAtMs, copyOf } = event;
  const from = event.process ?? header.signer;
  const key = `${atMs} ${from} ${header.kind} ${header.digest ?? ''} ${header.timestamp ?? ''}`;
  const rank = draft.multicast.key === key ? draft.multicast.rank + 1 : 0;
  draft.multicast = { key, rank };
  const delay = arrivesAtMs === undefined ? 0 : staggerMs(rank, arrivesAtMs - atMs);
  draft.flights.set(message, {
    message,
    from,
    to,
    header,
    sentAtMs: atMs,
    departsAtMs: atMs + delay,
    progressAtDeparture: 0,
    state: arrivesAtMs === undefined ? 'held' : 'flying',
    ...(arrivesAtMs === undefined ? {} : { arrivesAtMs }),
    ...(copyOf === undefined ? {} : { copyOf }),
  });
}

function addDelivered(draft: Draft, event: EventOf<'delivered'>): void {
  const flight = draft.flights.get(event.message);
  draft.flights.delete(event.message);
  if (flight !== undefined) draft.landed.set(processKey(flight.to), flight);
}

/** The first word of a process after a message arrived tells whether it took it. */
function addReception(draft: Draft, event: ReportTraceEvent): void {
  if (event.process === undefined) return;
  const key = processKey(event.process);
  const flight = draft.landed.get(key);
  draft.landed.delete(key);
  if (flight === undefined || event.type !== 'rejected') return;
  draft.refused.set(flight.message, refused(flight, event.atMs, refusalOf(event.reason)));
}

function changedFlight(
  flight: Flight,
  event: EventOf<'dropped' | 'held' | 'released' | 'delayed'>,
): Flight {
  switch (event.type) {
    case 'dropped':
      return lost(flight, event.atMs, event.reason);
    case 'held':
      return held(flight, event.atMs);
    case 'released':
    case 'delayed':
      return redirected(flight, event.atMs, event.arrivesAtMs);
  }
}

function forgetLost(draft: Draft, nowMs: number): void {
  for (const flights of [draft.flights, draft.refused]) {
    for (const flight of flights.values()) {
      if (flight.lostAtMs !== undefined && nowMs - flight.lostAtMs > lostForMs) {
        flights.delete(flight.message);
      }
    }
  }
}

function afterLife(
  process: ProcessPicture,
  event: Exclude<LifeTraceEvent, { type: 'parted' }>,
): ProcessPicture {
  switch (event.type) {
    case 'started':
    case 'doubled':
    case 'resumed':
      return { ...process, life: 'up' };
    case 'restarted':
      return { ...process, life: 'up', incarnation: event.incarnation };
    case 'crashed':
      return { ...process, life: 'crashed' };
    case 'failed':
      return { ...process, life: 'failed' };
    case 'paused':
      return { ...process, life: 'paused' };
    case 'byzantine':
      return withBehaviour(process, event.behaviour);
    case 'timer':
      return process;
    case 'persisted':
      return { ...process, commits: process.commits + 1, persistedAtMs: event.atMs };
  }
}

function withBehaviour(process: ProcessPicture, behaviour: string): ProcessPicture {
  const { byzantine: _, ...rest } = process;
  return behaviour === 'correct' ? rest : { ...rest, byzantine: behaviour };
}

function removeProcess(draft: Draft, process: ProcessId | undefined): void {
  if (process !== undefined) draft.processes.delete(processKey(process));
}

function changeProcess(
  draft: Draft,
  process: ProcessId | undefined,
  change: (process: ProcessPicture) => ProcessPicture,
): void {
  if (process === undefined) return;
  const key = processKey(process);
  draft.processes.set(key, change(draft.processes.get(key) ?? blankProcess(process)));
}
