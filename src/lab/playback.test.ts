import { describe, expect, it } from 'vitest';

import type { TraceEvent } from '#core/network/trace-event.ts';

import { createLabStore, type LabStore } from './lab-store.ts';
import { Playback, type Edge, type Frames } from './playback.ts';

/** A page whose frames a test draws by hand. */
class HandFrames implements Frames {
  private frame: ((timestampMs: number) => void) | undefined;
  private nowMs = 0;

  request(frame: (timestampMs: number) => void): number {
    this.frame = frame;
    return 1;
  }

  cancel(): void {
    this.frame = undefined;
  }

  get waits(): boolean {
    return this.frame !== undefined;
  }

  draw(elapsedMs: number): void {
    this.nowMs += elapsedMs;
    this.frame?.(this.nowMs);
  }
}

/** An edge at which something happens at each of `instants`; it answers when a test says so. */
class HandEdge implements Edge {
  readonly asked: number[] = [];
  private readonly store: LabStore;
  private readonly instants: number[];
  private readonly answers: (() => void)[] = [];
  private readonly refusals: ((error: Error) => void)[] = [];

  constructor(store: LabStore, instants: number[]) {
    this.store = store;
    this.instants = instants;
  }

  get nextMs(): number | undefined {
    return this.instants[0];
  }

  runTo(ms: number): Promise<void> {
    this.asked.push(ms);
    return new Promise((resolve, reject) => {
      this.refusals.push(reject);
      this.answers.push(() => {
        while ((this.instants[0] ?? Number.POSITIVE_INFINITY) <= ms) this.instants.shift();
        this.store.setState({ edgeMs: ms });
        resolve();
      });
    });
  }

  async refuse(error: Error): Promise<void> {
    for (const refuse of this.refusals.splice(0)) refuse(error);
    await new Promise((resolve) => setTimeout(resolve));
  }

  async answer(): Promise<void> {
    for (const answer of this.answers.splice(0)) answer();
    await Promise.resolve();
    await Promise.resolve();
  }
}

function playing(
  instants: number[],
  state: { nowMs?: number; edgeMs?: number; rate?: number; trace?: readonly TraceEvent[] } = {},
): {
  store: LabStore;
  frames: HandFrames;
  edge: HandEdge;
  playback: Playback;
  failures: unknown[];
} {
  const store = createLabStore({ rate: 1, ...state });
  const frames = new HandFrames();
  const edge = new HandEdge(store, instants);
  const failures: unknown[] = [];
  const playback = new Playback(store, edge, frames, (error) => failures.push(error));
  playback.play();
  frames.draw(0);
  return { store, frames, edge, playback, failures };
}

describe('playback', () => {
  it('moves through the past at its rate without asking anybody', () => {
    const { store, frames, edge } = playing([200], { edgeMs: 100, rate: 2 });
    frames.draw(16);

    expect(store.getState()).toMatchObject({ nowMs: 32, edgeMs: 100, live: false });
    expect(edge.asked).toEqual([]);
  });

  it('takes the edge along while nothing happens', () => {
    const { store, frames, edge } = playing([200]);
    frames.draw(16);

    expect(store.getState()).toMatchObject({ nowMs: 16, edgeMs: 16, live: true });
    expect(edge.asked).toEqual([]);
  });

  it('waits at an instant until the cluster has answered, and skips nothing', async () => {
    const { store, frames, edge } = playing([10, 500]);
    frames.draw(16);
    frames.draw(16);
    expect(store.getState().nowMs).toBe(0);
    expect(edge.asked).toEqual([16]);

    await edge.answer();
    expect(store.getState()).toMatchObject({ nowMs: 16, live: true });
    frames.draw(16);
    expect(store.getState().nowMs).toBe(32);
  });

  it('stops and pauses when there is nothing left to do', () => {
    const { store, frames } = playing([], { nowMs: 5, edgeMs: 12 });
    frames.draw(16);

    expect(store.getState()).toMatchObject({ playing: false, nowMs: 12, live: true });
    expect(frames.waits).toBe(false);
  });

  it('[L10] pauses at a beat, at its very instant, and goes on from there', () => {
    const trace: TraceEvent[] = [{ id: 0, atMs: 20, type: 'said', title: 'Look', text: 'Here.' }];
    const { store, frames, playback } = playing([200], { edgeMs: 100, trace });
    frames.draw(16);
    frames.draw(16);
    expect(store.getState()).toMatchObject({ playing: false, nowMs: 20, live: false });

    playback.play();
    frames.draw(0);
    frames.draw(16);
    expect(store.getState()).toMatchObject({ playing: true, nowMs: 36 });
  });

  it('does not leap after the page was hidden', () => {
    const { store, frames } = playing([100_000]);
    frames.draw(60_000);

    expect(store.getState().nowMs).toBe(100);
  });

  it('finishes the frame it was paused in, so that the playhead stays at the edge', async () => {
    const { store, frames, edge, playback } = playing([10]);
    frames.draw(16);
    playback.pause();
    await edge.answer();

    expect(store.getState()).toMatchObject({ playing: false, nowMs: 16, edgeMs: 16, live: true });
  });

  it('leaves the playhead where somebody has put it meanwhile', async () => {
    const { store, frames, edge, playback } = playing([110], { nowMs: 100, edgeMs: 100 });
    frames.draw(16);
    playback.pause();
    store.setState({ nowMs: 40, live: false });
    await edge.answer();

    expect(store.getState()).toMatchObject({ nowMs: 40, edgeMs: 116, live: false });
  });

  it('says so when the run cannot go on', async () => {
    const { frames, edge, failures } = playing([10]);
    frames.draw(16);
    await edge.refuse(new Error('the bus is gone'));

    expect(failures).toEqual([new Error('the bus is gone')]);
  });
});
