import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { createLabStore } from '#lab/lab-store.ts';

import { CalmEvents } from './calm-events.ts';
import { sampleTrace } from './picture/sample-trace.ts';

const trace = sampleTrace({ replicas: 4, requests: 3 });
const endMs = trace.at(-1)?.atMs ?? 0;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('tells of a playhead that is dragged a few times, and of where it comes to rest', () => {
  const store = createLabStore({ trace, traceLength: trace.length });
  const calm = new CalmEvents(store);
  let told = 0;
  const stop = calm.subscribe(() => {
    told += 1;
  });
  for (let i = 1; i <= 100; i += 1) store.setState({ nowMs: (endMs * i) / 100 });

  expect(told).toBe(1);
  vi.runAllTimers();
  expect(told).toBe(2);
  expect(calm.read()).toBe(trace.length);
  stop();
});

it('tells of another run at once', () => {
  const store = createLabStore({ trace, traceLength: trace.length, nowMs: endMs });
  const calm = new CalmEvents(store);
  const stop = calm.subscribe(() => undefined);
  store.setState({ trace: [], traceLength: 0, nowMs: 0 });

  expect(calm.read()).toBe(0);
  stop();
});
