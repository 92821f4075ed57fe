import type { StoreApi } from 'zustand/vanilla';

import type { Frames } from '#lab/playback.ts';

import type { CornerState } from './corner-state.ts';
import type { Corner } from './corner.ts';

/** A page that was hidden or busy goes on where it was. */
const frameMsMax = 100;

/** The clock of the world: while it runs, turns happen when they are due. It does not stop for a dead worker. */
export class CornerClock {
  private readonly store: StoreApi<CornerState>;
  private readonly corner: Corner;
  private readonly frames: Frames;
  private readonly step: () => Promise<void>;
  private lastMs: number | undefined;

  constructor(
    store: StoreApi<CornerState>,
    corner: Corner,
    frames: Frames,
    step: () => Promise<void>,
  ) {
    this.store = store;
    this.corner = corner;
    this.frames = frames;
    this.step = step;
  }

  play(): void {
    if (this.store.getState().isPlaying) return;
    this.store.setState({ isPlaying: true });
    this.lastMs = undefined;
    this.frames.request(this.frame);
  }

  pause(): void {
    this.store.setState({ isPlaying: false });
  }

  private readonly frame = (timestampMs: number): void => {
    const { isPlaying, isBusy, rate, process, next } = this.store.getState();
    if (!isPlaying) return;
    const elapsedMs = Math.min(timestampMs - (this.lastMs ?? timestampMs), frameMsMax);
    this.lastMs = timestampMs;
    const isAtRest = process === 'alive' && !isBusy && next === undefined;
    if (isAtRest) {
      this.pause();
      return;
    }
    // Time waits for a turn that is on its way, so that the next one is not late.
    if (!isBusy) this.corner.pass(elapsedMs * rate * 1000);
    if (this.corner.isDue && !isBusy) void this.step();
    this.frames.request(this.frame);
  };
}
