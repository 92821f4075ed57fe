import type { Inspection } from '#core/replica/inspection.ts';
import type { Scenario } from '#core/simulation/scenario.ts';

import type { LabState } from './lab-state.ts';
import type { LabStore } from './lab-store.ts';

/** Who knows what the past was. */
export interface PastTeller {
  statesAt(scenario: Scenario, atUs: number): Promise<Readonly<Record<string, Inspection>>>;
}

/**
 * Keeps `past` in step with a playhead that is not at the live edge: the states of that instant, executed again.
 * One question at a time; when the answer comes the playhead may be elsewhere, and is asked about again.
 */
export class PastStates {
  private readonly store: LabStore;
  private readonly teller: PastTeller;
  private readonly failed: (error: unknown) => void;
  private asking: Promise<void> | undefined;

  constructor(store: LabStore, teller: PastTeller, failed: (error: unknown) => void) {
    this.store = store;
    this.teller = teller;
    this.failed = failed;
    store.subscribe(({ nowMs, live, trace }, before) => {
      if (trace !== before.trace) store.setState({ past: undefined });
      if (nowMs !== before.nowMs || live !== before.live) void this.settled();
    });
  }

  /** Resolves when `past` is that of the playhead, or the playhead is at the edge. */
  async settled(): Promise<void> {
    while (this.isBehind()) {
      this.asking ??= this.ask();
      await this.asking;
    }
  }

  private isBehind(): boolean {
    const { live, nowMs, past, phase } = this.store.getState();
    return phase === 'ready' && !live && past?.atMs !== nowMs;
  }

  private async ask(): Promise<void> {
    const { scenario, nowMs, trace } = this.store.getState();
    try {
      if (scenario === undefined) return;
      const inspections = await this.teller.statesAt(scenario, Math.floor(nowMs * 1000));
      // Another run may have been loaded meanwhile.
      if (this.store.getState().trace === trace) {
        this.store.setState({ past: { atMs: nowMs, inspections } });
      }
    } catch (error) {
      this.failed(error);
    } finally {
      this.asking = undefined;
    }
  }
}

/** What the processes are at the playhead: at the live edge as their workers say, in the past as it is known. */
export function inspectionsAt({
  live,
  past,
  inspections,
}: Pick<LabState, 'live' | 'past' | 'inspections'>): LabState['inspections'] {
  if (live) return inspections;
  return past?.inspections ?? nothing;
}

const nothing: LabState['inspections'] = {};
