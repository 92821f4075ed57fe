import { assert } from '#core/base/assert.ts';

/** Where an application has its time from. */
export interface Clock {
  /** Integer microseconds since some beginning that a restart does not change. */
  readonly nowUs: number;
  /** Calls `wake` when it is time, soon if it is past. Hands out how to prevent that. */
  wakeAt(us: number, wake: () => void): () => void;
}

/** What a host has of time: `{ now: Date.now, setTimeout, clearTimeout }`. */
export interface HostTime<Handle> {
  /** Milliseconds. */
  now(): number;
  setTimeout(wake: () => void, ms: number): Handle;
  clearTimeout(handle: Handle): void;
}

/** Timers of a host take no more. */
const TIMEOUT_MS_MAX = 0x7fffffff;

/** The time of the host. */
export function realClock<Handle>(host: HostTime<Handle>): Clock {
  const clock: Clock = {
    get nowUs() {
      return Math.round(host.now() * 1000);
    },
    wakeAt(us, wake) {
      const ms = Math.max(0, Math.ceil((us - clock.nowUs) / 1000));
      const handle = host.setTimeout(wake, Math.min(ms, TIMEOUT_MS_MAX));
      return () => host.clearTimeout(handle);
    },
  };
  return clock;
}

interface Alarm {
  readonly us: number;
  readonly wake: () => void;
}

/** Time that passes only when somebody says so. */
export class VirtualClock implements Clock {
  #nowUs: number;
  readonly #alarms = new Set<Alarm>();

  constructor(startUs = 0) {
    this.#nowUs = startUs;
  }

  get nowUs(): number {
    return this.#nowUs;
  }

  wakeAt(us: number, wake: () => void): () => void {
    const alarm = { us, wake };
    this.#alarms.add(alarm);
    return () => void this.#alarms.delete(alarm);
  }

  /** When the next alarm goes off. */
  get nextUs(): number | undefined {
    return this.#first()?.us;
  }

  /** Lets time pass, and every alarm go off at its time. */
  advance(ms: number): void {
    assert(ms >= 0, 'time does not go back');
    const end = this.#nowUs + Math.round(ms * 1000);
    for (let alarm = this.#first(); alarm !== undefined && alarm.us <= end; alarm = this.#first()) {
      this.#alarms.delete(alarm);
      this.#nowUs = Math.max(this.#nowUs, alarm.us);
      alarm.wake();
    }
    this.#nowUs = end;
  }

  #first(): Alarm | undefined {
    let first: Alarm | undefined;
    for (const alarm of this.#alarms) if (first === undefined || alarm.us < first.us) first = alarm;
    return first;
  }
}
