/**
 * The time of one process, in microseconds since the session began.
 *
 * The page says what time it is when it makes the worker; from then on the worker counts by itself. So its clock is
 * behind the page's by the time its start took, never ahead of it, and a worker that comes after another was
 * terminated begins later than that one ever was: the time of an identity never goes back.
 */
export class LiveClock {
  private readonly startUs: number;
  private readonly startedMs: number;
  private readonly now: () => number;
  private latestUs: number;

  constructor(startUs: number, now: () => number = () => performance.now()) {
    this.startUs = Math.ceil(startUs);
    this.latestUs = this.startUs;
    this.now = now;
    this.startedMs = now();
  }

  nowUs(): number {
    const us = this.startUs + Math.floor((this.now() - this.startedMs) * 1000);
    this.latestUs = Math.max(this.latestUs, us);
    return this.latestUs;
  }
}
