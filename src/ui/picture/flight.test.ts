import { describe, expect, it } from 'vitest';

import {
  held,
  lost,
  lostForMs,
  progressOf,
  redirected,
  staggerMs,
  visibilityOf,
  type Flight,
} from './flight.ts';

const flight: Flight = {
  message: 1,
  from: 0,
  to: 1,
  header: { kind: 'prepare', signer: 0 },
  sentAtMs: 100,
  departsAtMs: 100,
  arrivesAtMs: 120,
  progressAtDeparture: 0,
  state: 'flying',
};

describe('flight', () => {
  it.each([
    { nowMs: 90, progress: 0 },
    { nowMs: 100, progress: 0 },
    { nowMs: 110, progress: 0.5 },
    { nowMs: 120, progress: 1 },
    { nowMs: 500, progress: 1 },
  ])('is at $progress of its way at $nowMs ms', ({ nowMs, progress }) => {
    expect(progressOf(flight, nowMs)).toBe(progress);
  });

  it('stays where it was held, and goes on from there', () => {
    const stopped = held(flight, 110);
    const released = redirected(stopped, 300, 310);

    expect(progressOf(stopped, 250)).toBe(0.5);
    expect(progressOf(released, 300)).toBe(0.5);
    expect(progressOf(released, 305)).toBe(0.75);
    expect(progressOf(released, 310)).toBe(1);
  });

  it('fades where it was lost', () => {
    const gone = lost(flight, 110, 'loss');

    expect(progressOf(gone, 112)).toBe(0.5);
    expect(visibilityOf(gone, 110)).toBe(1);
    expect(visibilityOf(gone, 110 + lostForMs / 2)).toBe(0.5);
    expect(visibilityOf(gone, 110 + lostForMs * 2)).toBe(0);
  });

  it('leaves later the later its turn in a multicast, by at most 60 ms and less than a quarter of its way', () => {
    const delays = [0, 1, 2, 3, 100].map((rank) => staggerMs(rank, 20));

    expect(delays).toEqual([...delays].sort((a, b) => a - b));
    expect(delays[0]).toBe(0);
    expect(Math.max(...delays)).toBeLessThan(5);
    expect(staggerMs(1000, 10_000)).toBeLessThanOrEqual(60);
  });
});
