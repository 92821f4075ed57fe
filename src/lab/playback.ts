import type { TraceEvent } from '#core/network/trace-event.ts';

import { beatTypes, nextBeatMs } from './beats.ts';
import type { LabStore } from './lab-store.ts';

/** Where frames come from: `requestAnimationFrame` in a page. */
export interface Frames {
  request(frame: (timestampMs: number) => void): number;
  cancel(handle: number): void;
}

/** How the live edge moves: the run goes up to `ms` of virtual time, to one of `events`, or as far as there is anything to do. */
export interface Edge {
  /** When the next thing happens; undefined when nothing will. */
  readonly nextMs: number | undefined;
  runTo(ms: number, events: readonly TraceEvent['type'][]): Promise<void>;
}

/** A page that was hidden or busy goes on where it was: a frame stands for no more real time than this. */
const frameMsMax = 100;

/**
 * The playhead's motion. Each frame moves it by `rate` times the real time that went by; at the live
 * edge it waits until the cluster has done what the time requires, so nothing is ever skipped. It stops at each beat.
 */
export class Playback {
  private readonly store: LabStore;
  private readonly edge: Edge;
  private readonly frames: Frames;
  private readonly failed: (error: unknown) => void;
  private handle: number | undefined;
  private lastMs: number | undefined;
  private running = false;
  private resting = false;

  /** `failed` is told when the run cannot go on. */
  constructor(store: LabStore, edge: Edge, frames: Frames, failed: (error: unknown) => void) {
    this.store = store;
    this.edge = edge;
    this.frames = frames;
    this.failed = failed;
  }

  /** It stopped because there was nothing left to do, not because somebody paused it. */
  get rests(): boolean {
    return this.resting;
  }

  play(): void {
    this.resting = false;
    this.store.setState({ playing: true });
    this.lastMs = undefined;
    this.handle ??= this.frames.request(this.frame);
  }

  pause(): void {
    this.resting = false;
    this.store.setState({ playing: false });
    if (this.handle !== undefined) this.frames.cancel(this.handle);
    this.handle = undefined;
  }

  private readonly frame = (timestampMs: number): void => {
    const elapsedMs = Math.min(frameMsMax, timestampMs - (this.lastMs ?? timestampMs));
    this.lastMs = timestampMs;
    this.handle = this.frames.request(this.frame);
    if (this.running) return;

    const { nowMs, edgeMs, rate } = this.store.getState();
    const targetMs = nowMs + elapsedMs * rate;
    if (this.stopsAtBeat(Math.min(targetMs, edgeMs))) return;
    if (targetMs < edgeMs) {
      this.store.setState({ nowMs: targetMs, live: false });
      return;
    }
    const { nextMs } = this.edge;
    if (nextMs === undefined) this.stopAtTheEnd();
    else if (targetMs < nextMs) this.moveTo(targetMs);
    else this.run(targetMs).catch(this.failed);
  };

  /** Pauses at the first beat after the playhead, if there is one up to `ms`. */
  private stopsAtBeat(ms: number): boolean {
    const { trace, nowMs, edgeMs } = this.store.getState();
    const beatMs = nextBeatMs(trace, nowMs);
    if (beatMs === undefined || beatMs > ms) return false;
    this.pause();
    this.store.setState({ nowMs: beatMs, live: beatMs >= edgeMs });
    return true;
  }

  /** Nothing happens before `ms`: the edge moves with the playhead. */
  private moveTo(ms: number): void {
    this.store.setState({ nowMs: ms, edgeMs: ms, live: true });
  }

  private stopAtTheEnd(): void {
    const { edgeMs } = this.store.getState();
    this.pause();
    this.resting = true;
    this.store.setState({ nowMs: edgeMs, live: true });
  }

  private async run(ms: number): Promise<void> {
    const fromMs = this.store.getState().nowMs;
    this.running = true;
    try {
      await this.edge.runTo(ms, beatTypes);
    } finally {
      this.running = false;
    }
    // Also when it was paused meanwhile: the playhead stays at the edge unless somebody has moved it.
    const { edgeMs, nowMs } = this.store.getState();
    if (nowMs !== fromMs || this.stopsAtBeat(Math.min(ms, edgeMs))) return;
    this.store.setState({ nowMs: Math.min(ms, edgeMs), live: ms >= edgeMs });
  }
}
