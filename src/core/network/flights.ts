import type { Envelope } from './match.ts';

/** A message and the bytes that travel. */
export interface Parcel extends Envelope {
  readonly bytes: Uint8Array;
}

/** A message between its sending and its arrival. */
export interface Flight {
  readonly id: number;
  readonly parcel: Parcel;
}

interface Scheduled {
  readonly flight: Flight;
  readonly arrivesUs: number;
}

/** The messages in flight: those with a time of arrival, in the order they arrive, and those held. */
export class Flights {
  private scheduled: Scheduled[] = [];
  private holding: Flight[] = [];

  get size(): number {
    return this.scheduled.length + this.holding.length;
  }

  get nextArrivalUs(): number | undefined {
    return this.scheduled[0]?.arrivesUs;
  }

  /** Schedules a message, wherever it was before. */
  add(flight: Flight, arrivesUs: number): void {
    this.remove(flight);
    let low = 0;
    let high = this.scheduled.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.scheduled[middle];
      if (other !== undefined && isBefore(other, { flight, arrivesUs })) low = middle + 1;
      else high = middle;
    }
    this.scheduled.splice(low, 0, { flight, arrivesUs });
  }

  hold(flight: Flight): void {
    this.remove(flight);
    this.holding.push(flight);
  }

  remove(flight: Flight): void {
    const at = this.scheduled.findIndex((entry) => entry.flight.id === flight.id);
    if (at >= 0) this.scheduled.splice(at, 1);
    if (this.isHeld(flight)) this.holding = this.holding.filter(({ id }) => id !== flight.id);
  }

  find(id: number): Flight | undefined {
    const held = this.holding.find((flight) => flight.id === id);
    return held ?? this.scheduled.find((entry) => entry.flight.id === id)?.flight;
  }

  held(): readonly Flight[] {
    return [...this.holding];
  }

  isHeld(flight: Flight): boolean {
    return this.holding.some(({ id }) => id === flight.id);
  }

  arrivalOf(flight: Flight): number | undefined {
    return this.scheduled.find((entry) => entry.flight.id === flight.id)?.arrivesUs;
  }

  takeDue(nowUs: number): readonly Flight[] {
    const end = this.scheduled.findIndex((entry) => entry.arrivesUs > nowUs);
    const due = this.scheduled.splice(0, end < 0 ? this.scheduled.length : end);
    return due.map((entry) => entry.flight);
  }

  takeWhere(wanted: (flight: Flight) => boolean): readonly Flight[] {
    const taken = [...this.scheduled.map((entry) => entry.flight), ...this.holding].filter(wanted);
    this.scheduled = this.scheduled.filter((entry) => !wanted(entry.flight));
    this.holding = this.holding.filter((flight) => !wanted(flight));
    return taken.toSorted((a, b) => a.id - b.id);
  }
}

function isBefore(a: Scheduled, b: Scheduled): boolean {
  return a.arrivesUs < b.arrivesUs || (a.arrivesUs === b.arrivesUs && a.flight.id < b.flight.id);
}
