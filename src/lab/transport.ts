import type { TraceEvent } from '#core/network/trace-event.ts';
import type { Goal } from '#host/bus-requests.ts';

import { beatTypes, isBeat } from './beats.ts';
import type { LabStore } from './lab-store.ts';
import type { LiveEdge } from './live-edge.ts';
import type { Playback } from './playback.ts';
import { timeAfter, timeBefore } from './trace-time.ts';
import { rateMax, rateMin } from './url-parameters.ts';

const phases: readonly TraceEvent['type'][] = ['pre-prepared', 'prepared', 'committed', 'executed'];

function isPhase({ type }: TraceEvent): boolean {
  return phases.includes(type);
}

/** The controls of time. In the past they move the playhead over the trace; at the live edge the run goes on. */
export class Transport {
  private readonly store: LabStore;
  private readonly edge: LiveEdge;
  private readonly playback: Playback;
  private readonly interrupt: () => Promise<void>;

  constructor(store: LabStore, edge: LiveEdge, playback: Playback, interrupt: () => Promise<void>) {
    this.store = store;
    this.edge = edge;
    this.playback = playback;
    this.interrupt = interrupt;
  }

  play(rate?: number): void {
    if (rate !== undefined) this.setRate(rate);
    this.playback.play();
  }

  /** Also ends a fast-forward. */
  pause(): void {
    this.playback.pause();
    void this.interrupt();
  }

  setRate(rate: number): void {
    this.store.setState({ rate: Math.min(rateMax, Math.max(rateMin, rate)) });
  }

  /** To the next instant with an event, `count` times. */
  async step(count = 1): Promise<void> {
    this.playback.pause();
    for (let i = 0; i < count; i += 1) {
      const { trace, nowMs, edgeMs } = this.store.getState();
      const next = timeAfter(trace, nowMs);
      if (next !== undefined && next <= edgeMs) this.seek(next);
      else {
        await this.edge.step();
        this.toEdge();
      }
    }
  }

  /** To the instant before with an event. */
  back(): void {
    this.playback.pause();
    const { trace, nowMs } = this.store.getState();
    this.seek(timeBefore(trace, nowMs) ?? 0);
  }

  /** Until a replica reaches the next phase of a slot. */
  async nextPhase(): Promise<void> {
    this.playback.pause();
    const { trace, nowMs, edgeMs } = this.store.getState();
    const next = timeAfter(trace, nowMs, isPhase);
    if (next !== undefined && next <= edgeMs) this.seek(next);
    else await this.runUntil({ events: phases });
  }

  /** Until the scenario says something; until the next phase, when it has no more to say. */
  async nextBeat(): Promise<void> {
    const { trace, nowMs, edgeMs, scenario } = this.store.getState();
    const beats = scenario?.steps.filter((step) => step.do === 'say').length ?? 0;
    const said = trace.filter(isBeat).length;
    const next = timeAfter(trace, nowMs, isBeat);
    if (next !== undefined && next <= edgeMs) {
      this.playback.pause();
      this.seek(next);
    } else if (said < beats) await this.runUntil({ events: beatTypes });
    else await this.nextPhase();
  }

  /** Back to what the scenario said before; to the phase before, when it said nothing. */
  previousBeat(): void {
    this.playback.pause();
    const { trace, nowMs } = this.store.getState();
    const isStop = trace.some(isBeat) ? isBeat : isPhase;
    this.seek(timeBefore(trace, nowMs, isStop) ?? 0);
  }

  /** As fast as it goes. */
  async runUntil(goal: Goal): Promise<void> {
    this.playback.pause();
    if ('atUs' in goal) await this.edge.runTo(goal.atUs / 1000);
    else await this.edge.runUntil(goal);
    this.toEdge();
  }

  /** The playhead anywhere in what has happened. */
  seek(ms: number): void {
    const { edgeMs } = this.store.getState();
    const nowMs = Math.min(edgeMs, Math.max(0, ms));
    this.store.setState({ nowMs, live: nowMs >= edgeMs });
  }

  toEdge(): void {
    this.seek(Number.POSITIVE_INFINITY);
  }

  /** Time moves, or would if there were anything left to do. */
  get isMoving(): boolean {
    return this.store.getState().playing || this.playback.rests;
  }

  /** There is something to do again: a playhead that rested at the end moves on from there. */
  goOn(): void {
    this.toEdge();
    if (this.playback.rests) this.playback.play();
  }
}
