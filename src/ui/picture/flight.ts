import type { DropReason, MessageHeader } from '#core/network/trace-event.ts';
import type { ProcessId } from '#core/pbft/message.ts';

import type { Refusal } from './refusal.ts';

/** A message on its way, or one that has just been lost. */
export interface Flight {
  readonly message: number;
  readonly from: ProcessId;
  readonly to: ProcessId;
  readonly header: MessageHeader;
  readonly sentAtMs: number;
  /** When the picture lets it leave: a multicast leaves staggered so that its order can be seen. */
  readonly departsAtMs: number;
  /** Absent while nobody knows: held, or lost. */
  readonly arrivesAtMs?: number;
  /** How far it had come when it last changed its speed. */
  readonly progressAtDeparture: number;
  /** A refusal: it has arrived, and its receiver did not take it. */
  readonly state: 'flying' | 'held' | 'lost' | Refusal;
  readonly lostAtMs?: number;
  readonly reason?: DropReason;
  readonly copyOf?: number;
}

/** How long a lost message stays in the picture. */
export const lostForMs = 8;

const staggerMaxMs = 60;
const staggerShareMax = 0.24;

/** The delay of the `rank`-th message of a multicast: picture time only, a part of its flight, at most 60 ms. */
export function staggerMs(rank: number, durationMs: number): number {
  const room = Math.min(staggerMaxMs, durationMs * staggerShareMax);
  return (room * rank) / (rank + 3);
}

/** How far along its way the message is drawn, 0 to 1. */
export function progressOf(flight: Flight, nowMs: number): number {
  if (flight.state === 'held' || flight.arrivesAtMs === undefined)
    return flight.progressAtDeparture;
  const whole = flight.arrivesAtMs - flight.departsAtMs;
  const part = whole <= 0 ? 1 : (nowMs - flight.departsAtMs) / whole;
  const left = 1 - flight.progressAtDeparture;
  return flight.progressAtDeparture + left * Math.min(1, Math.max(0, part));
}

/** How visible it is, 1 to 0: a lost message fades where it was lost. */
export function visibilityOf(flight: Flight, nowMs: number): number {
  if (flight.lostAtMs === undefined) return 1;
  return Math.max(0, 1 - (nowMs - flight.lostAtMs) / lostForMs);
}

/** The flight stopped where it is. */
export function held(flight: Flight, nowMs: number): Flight {
  const { arrivesAtMs: _, ...rest } = flight;
  return { ...rest, state: 'held', progressAtDeparture: Math.max(0.12, progressOf(flight, nowMs)) };
}

/** The flight going on, to arrive at another time. */
export function redirected(flight: Flight, nowMs: number, arrivesAtMs: number): Flight {
  return {
    ...flight,
    state: 'flying',
    progressAtDeparture: progressOf(flight, nowMs),
    departsAtMs: nowMs,
    arrivesAtMs,
  };
}

/** The flight at its end, arrived and not accepted. */
export function refused(flight: Flight, nowMs: number, refusal: Refusal): Flight {
  const { arrivesAtMs: _, ...rest } = flight;
  return { ...rest, state: refusal, lostAtMs: nowMs, progressAtDeparture: 1 };
}

/** The flight at its end without arrival. */
export function lost(flight: Flight, nowMs: number, reason: DropReason): Flight {
  const { arrivesAtMs: _, ...rest } = flight;
  const progress = Math.max(0.3, progressOf(flight, nowMs));
  return { ...rest, state: 'lost', lostAtMs: nowMs, reason, progressAtDeparture: progress };
}
