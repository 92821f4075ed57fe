import { describe, expect, it } from 'vitest';

import type { TraceEvent } from '#core/network/trace-event.ts';

import { workingSlot } from './process-picture.ts';
import { eventsAt, Reel } from './reel.ts';
import { sampleTrace } from './sample-trace.ts';

const trace = sampleTrace({ replicas: 4, requests: 12 });
const endMs = trace.at(-1)?.atMs ?? 0;

describe('reel', () => {
  it('counts the events up to and at an instant', () => {
    const events = [0, 0, 2, 5].map((atMs, id): TraceEvent => ({ id, atMs, type: 'healed' }));

    expect([-1, 0, 1, 2, 4.9, 5, 9].map((ms) => eventsAt(events, ms))).toEqual([
      0, 2, 2, 3, 3, 4, 4,
    ]);
  });

  it('shows the same picture whether it was reached forwards, backwards or at once', () => {
    const forwards = new Reel(trace);
    const backwards = new Reel(trace);
    backwards.at(endMs);
    const instants = Array.from({ length: 40 }, (_, i) => (endMs * i) / 39);

    for (const nowMs of instants) {
      expect(forwards.at(nowMs)).toEqual(new Reel(trace).at(nowMs));
    }
    for (const nowMs of instants.toReversed()) {
      expect(backwards.at(nowMs)).toEqual(new Reel(trace).at(nowMs));
    }
  });

  it('has read exactly the events asked for, also one back at a time', () => {
    const reel = new Reel(trace);
    reel.after(trace.length);
    const counts = Array.from({ length: trace.length }, (_, i) => trace.length - i);

    expect(counts.map((events) => reel.after(events).events)).toEqual(counts);
  });

  it('leaves the pictures that it gave before alone', () => {
    const reel = new Reel(trace);
    const early = reel.at(20);
    const flights = [...early.flights.keys()];
    reel.at(endMs);

    expect([...early.flights.keys()]).toEqual(flights);
  });

  it('sees a trace that grows', () => {
    const growing = trace.slice(0, 10);
    const reel = new Reel(growing);
    reel.at(endMs);
    growing.push(...trace.slice(10));

    expect(reel.at(endMs)).toEqual(new Reel(trace).at(endMs));
  });
});

describe('cluster picture', () => {
  it('has nothing in the air and every request executed everywhere at the end', () => {
    const picture = new Reel(trace).at(endMs);

    expect(picture.flights.size).toBe(0);
    expect([0, 1, 2, 3].map((id) => picture.processes.get(String(id))?.executed)).toEqual([
      12, 12, 12, 12,
    ]);
    expect(picture.processes.get('c0')).toMatchObject({ answered: 12, lastResult: 'ok' });
  });

  it('fills the pips of a replica only when a vote is counted', () => {
    const delivered = trace.findIndex(
      (event) => event.type === 'delivered' && event.header.kind === 'prepare',
    );
    const receiver = String(trace[delivered]?.process);
    const votes = (events: number): number | undefined => {
      const process = new Reel(trace).after(events).processes.get(receiver);
      return process === undefined ? undefined : workingSlot(process)?.prepares.length;
    };

    expect((votes(delivered + 2) ?? 0) - (votes(delivered + 1) ?? 0)).toBe(1);
  });

  it('ignores what a crash undid', () => {
    const undone = trace.map((event): TraceEvent => ({ ...event, lost: true }));

    expect(new Reel(undone).at(endMs)).toMatchObject({ processes: new Map(), flights: new Map() });
  });

  it('keeps the commits of a crashed replica and brings it back', () => {
    const crashing = sampleTrace({
      replicas: 4,
      requests: 4,
      crash: { process: 3, atMs: 60, restartAtMs: 200 },
    });
    const reel = new Reel(crashing);
    const before = reel.at(59.9).processes.get('3');
    const down = reel.at(100).processes.get('3');

    expect(down).toMatchObject({ life: 'crashed', commits: before?.commits });
    expect(reel.at(201).processes.get('3')).toMatchObject({ life: 'up', incarnation: 1 });
  });
});
