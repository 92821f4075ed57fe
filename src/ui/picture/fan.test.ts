import { expect, it } from 'vitest';

import { drawnOf, singlesMax } from './fan.ts';
import { Reel } from './reel.ts';
import { sampleTrace } from './sample-trace.ts';

/** The messages in flight of a cluster of `n`, when most are. */
function busiest(n: number): Parameters<typeof drawnOf>[0] {
  const trace = sampleTrace({ replicas: n, requests: 1 });
  const reel = new Reel(trace);
  let most: Parameters<typeof drawnOf>[0] = new Map();
  for (let events = 0; events <= trace.length; events += 1) {
    const { flights } = reel.after(events);
    if (flights.size > most.size) most = new Map(flights);
  }
  return most;
}

it('draws every message by itself while they can be told apart', () => {
  const flights = busiest(13);

  expect(flights.size).toBeLessThanOrEqual(singlesMax);
  expect(drawnOf(flights)).toEqual({ singles: flights, fans: [] });
});

it('draws one fan for each multicast when there are too many, and leaves none out', () => {
  const flights = busiest(31);
  const { singles, fans } = drawnOf(flights);

  expect(flights.size).toBeGreaterThan(singlesMax);
  expect(singles.size + fans.length).toBeLessThan(100);
  expect(fans.reduce((sum, fan) => sum + fan.flights.length, singles.size)).toBe(flights.size);
  for (const { flights: members } of fans) {
    expect(new Set(members.map(({ from, sentAtMs }) => `${from} ${sentAtMs}`)).size).toBe(1);
  }
});

it('leaves a held message by itself', () => {
  const flights = busiest(31);
  const [message, flight] = [...flights][0] ?? [];
  if (message === undefined || flight === undefined) throw new Error('something flies');
  const { singles } = drawnOf(new Map([...flights, [message, { ...flight, state: 'held' }]]));

  expect(singles.has(message)).toBe(true);
});
