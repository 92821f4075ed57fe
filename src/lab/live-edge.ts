import type { TraceEvent } from '#core/network/trace-event.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import type { Scenario } from '#core/simulation/scenario.ts';
import type { Commanded, Goal, Progress } from '#host/bus-requests.ts';
import type { Look } from '#host/process-host.ts';

import type { LabState } from './lab-state.ts';
import type { LabStore } from './lab-store.ts';
import type { Edge } from './playback.ts';

/** What the live edge needs of a session. */
export interface Run {
  step(): Promise<Progress>;
  runUntil(goal: Goal): Promise<Progress>;
  command(step: object): Promise<Commanded>;
  look(process: ProcessId): Promise<Look | undefined>;
}

/**
 * Where the run is and how it goes on. After each advance the store has the new events, the new edge
 * and a fresh inspection of every process that took part.
 */
export class LiveEdge implements Edge {
  private readonly store: LabStore;
  private readonly run: Run;
  private nextUs: number | null = null;

  constructor(store: LabStore, run: Run) {
    this.store = store;
    this.run = run;
  }

  get nextMs(): number | undefined {
    return this.nextUs === null ? undefined : this.nextUs / 1000;
  }

  async runTo(ms: number, events: readonly TraceEvent['type'][] = []): Promise<void> {
    const atUs = Math.floor(ms * 1000);
    await this.take(await this.run.runUntil({ atUs, events }), atUs);
  }

  async runUntil(goal: Goal): Promise<void> {
    await this.take(await this.run.runUntil(goal));
  }

  async step(): Promise<void> {
    await this.take(await this.run.step());
  }

  /**
   * What a person does takes effect where the playhead stands, or as soon after as can be, and the run
   * goes on to that instant; a step with a time of its own waits for it. The answer is why it was
   * refused, if it was.
   */
  async command(step: object): Promise<string | undefined> {
    const at = Math.ceil(this.store.getState().edgeMs * 1000) / 1000;
    const commanded = await this.run.command({ at, ...step });
    if (!commanded.ok) return commanded.problem;
    await this.take(commanded.progress);
    if (!('at' in step)) await this.runTo(commanded.step.at ?? at);
    return undefined;
  }

  /** Another run has been opened or resumed, up to `reachedUs`: the playhead stands at its beginning. */
  async begin(progress: Progress, reachedUs = 0): Promise<void> {
    this.store.setState({
      nowMs: 0,
      edgeMs: 0,
      live: true,
      scenario: progress.scenario,
      inspections: {},
      disks: {},
      past: undefined,
    });
    await this.take(progress, reachedUs);
  }

  private async take(progress: Progress, reachedUs = 0): Promise<void> {
    const { nextUs, nowUs, scenario } = progress;
    this.nextUs = nextUs;
    // Up to the next instant nothing happens: the edge may stand anywhere before it. A run that was
    // interrupted, or came to its end, stands at the instant it was in.
    const isThere = nextUs !== null && reachedUs < nextUs;
    const edgeMs = Math.max(nowUs, isThere ? reachedUs : 0) / 1000;
    this.store.setState((state) => ({
      scenario: withoutChange(state.scenario, scenario) ?? scenario,
      edgeMs: Math.max(edgeMs, state.edgeMs),
    }));
    await this.refresh(progress.touched);
  }

  private async refresh(touched: readonly ProcessId[]): Promise<void> {
    if (touched.length === 0) return;
    const looks = await Promise.all(
      touched.map(async (process) => ({ process, look: await this.run.look(process) })),
    );
    this.store.setState((state) => withLooks(state, looks));
  }
}

/** `known` if nothing has been done since: a run only ever adds steps, or prolongs itself. */
function withoutChange(known: Scenario | undefined, current: Scenario): Scenario | undefined {
  const isSame =
    known?.steps.length === current.steps.length && known.until.atMs === current.until.atMs;
  return isSame ? known : undefined;
}

interface Looked {
  readonly process: ProcessId;
  /** Undefined when the process does not run: its memory is gone, its disk is where it was. */
  readonly look: Look | undefined;
}

function withLooks(
  { inspections, disks }: LabState,
  looks: readonly Looked[],
): Pick<LabState, 'inspections' | 'disks'> {
  const inspected = new Map(Object.entries(inspections));
  const stored = new Map(Object.entries(disks));
  for (const { process, look } of looks) {
    const name = String(process);
    if (look?.inspection === undefined) inspected.delete(name);
    else inspected.set(name, look.inspection);
    if (look !== undefined) stored.set(name, look.disk);
  }
  return { inspections: Object.fromEntries(inspected), disks: Object.fromEntries(stored) };
}
