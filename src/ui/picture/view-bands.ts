import type { TraceEvent } from '#core/network/trace-event.ts';

/** A stretch of time that a replica spends in a view. */
export interface ViewBand {
  readonly view: number;
  readonly fromMs: number;
  /** Open while it lasts. */
  toMs: number | undefined;
  /** From here on it asks for another view, and votes no more in this one. */
  leavesMs?: number;
}

/** The hue of a view: a few of them, in turn. */
export function viewHue(view: number): number {
  return view % hues;
}

const hues = 6;

/** Which replica was in which view when, and which view the cluster was in. */
export class ViewBands {
  /** The highest view that a backup has entered: its NEW-VIEW was heard. */
  readonly cluster: ViewBand[] = [{ view: 0, fromMs: 0, toMs: undefined }];
  /** By replica. A replica that did not hear of the next view stays in its old one. */
  readonly lanes = new Map<number, ViewBand[]>();

  /** Reads the next event of the trace. */
  read(event: TraceEvent): void {
    const { process, atMs } = event;
    if (typeof process !== 'number') return;
    if (event.type === 'started') this.enter(process, 0, atMs);
    else if (event.type === 'view-change') this.leave(process, atMs);
    else if (event.type === 'new-view') {
      this.enter(process, event.view, atMs);
      if (process !== event.primary) this.reach(event.view, atMs);
    } else if (event.type === 'pre-prepared' || event.type === 'prepared') {
      if (event.view <= (this.lastOf(process)?.view ?? 0)) return;
      this.enter(process, event.view, atMs);
      this.reach(event.view, atMs);
    } else if (event.type === 'learner' && event.why !== 'older-store') {
      // It begins anew; one whose disk is only old knows the view of that time, which a later event tells.
      this.enter(process, 0, atMs);
    }
  }

  private lastOf(process: number): ViewBand | undefined {
    return this.lanes.get(process)?.at(-1);
  }

  private enter(process: number, view: number, atMs: number): void {
    const bands = this.lanes.get(process) ?? [];
    this.lanes.set(process, bands);
    const last = bands.at(-1);
    if (last?.view === view && last.leavesMs === undefined) return;
    if (last !== undefined) last.toMs = atMs;
    bands.push({ view, fromMs: atMs, toMs: undefined });
  }

  private reach(view: number, atMs: number): void {
    const highest = this.cluster.at(-1);
    if (highest === undefined || view <= highest.view) return;
    highest.toMs = atMs;
    this.cluster.push({ view, fromMs: atMs, toMs: undefined });
  }

  private leave(process: number, atMs: number): void {
    const last = this.lastOf(process);
    if (last !== undefined) last.leavesMs ??= atMs;
  }
}
