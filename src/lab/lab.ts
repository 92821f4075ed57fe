import type { ProcessId } from '#core/pbft/message.ts';
import type { Condition, Scenario, Verdict } from '#core/simulation/scenario.ts';
import type { Opened } from '#host/bus-host.ts';
import type { Session } from '#host/session.ts';

import type { LoadOptions } from './commands.ts';
import type { LabStore } from './lab-store.ts';
import { LiveEdge } from './live-edge.ts';
import { Playback, type Frames } from './playback.ts';
import { showProblem } from './problems.ts';
import { Transport } from './transport.ts';

/** A deed was refused, and nothing has changed: the words are for a person. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/**
 * One lab: a session, where its run stands, and the controls of time. A refused deed throws a `Refusal`;
 * commands show it, `window.pbftLab` rejects with it.
 */
export class Lab {
  readonly transport: Transport;
  private readonly store: LabStore;
  private readonly session: Session;
  private readonly edge: LiveEdge;

  constructor(store: LabStore, session: Session, frames: Frames) {
    this.store = store;
    this.session = session;
    this.edge = new LiveEdge(store, session);
    const playback = new Playback(store, this.edge, frames, (error) => {
      this.fail(error);
    });
    this.transport = new Transport(store, this.edge, playback, () => session.interrupt());
    store.setState({ scenarios: session.scenarios });
  }

  /** A new cluster. One that is refused leaves the one before as it is. */
  async load(scenario: unknown, options: LoadOptions = {}): Promise<void> {
    this.transport.pause();
    this.store.setState({ phase: 'loading' });
    const opened = await this.session.open({ scenario, ...options });
    if (!opened.ok) {
      this.store.setState(({ edgeMs, traceLength }) => ({
        phase: edgeMs > 0 || traceLength > 0 ? 'ready' : 'broken',
      }));
      throw new Refusal(opened.problem);
    }
    await this.begin(opened);
    await this.transport.runUntil({ atUs: 0 });
  }

  /** Another cluster in the place of this one: if this one was playing, so does that one. */
  async replace(scenario: unknown, options: LoadOptions = {}): Promise<void> {
    const { isMoving } = this.transport;
    await this.load(scenario, options);
    if (isMoving) this.transport.play();
  }

  /** Goes on with what a page before this one left unfinished; false when there is no such session. */
  async resume(wanted: { readonly name?: string } & LoadOptions): Promise<boolean> {
    const opened = await this.session.resume(wanted);
    if (opened === undefined) return false;
    if (!opened.ok) throw new Refusal(opened.problem);
    await this.begin(opened);
    this.transport.toEdge();
    showProblem(
      this.store,
      'info',
      'Goes on where it was',
      'The page was loaded again. Every replica crashed with it and has restarted from its disk.',
    );
    return true;
  }

  /** A step of a person: recorded, and done where the run stands. */
  async do(step: object): Promise<void> {
    const { live, phase } = this.store.getState();
    if (phase !== 'ready') throw new Refusal('No cluster is loaded.');
    if (!live) {
      throw new Refusal(
        'This is the past, and what has happened cannot be changed. Go to the live edge first.',
      );
    }
    const problem = await this.edge.command(step);
    if (problem !== undefined) throw new Refusal(problem);
    this.transport.goOn();
  }

  async runUntil(goal: Condition | { readonly atMs: number }): Promise<void> {
    await this.transport.runUntil(
      'atMs' in goal ? { atUs: Math.round(goal.atMs * 1000) } : { condition: goal },
    );
  }

  /** Looks into every process and judges; shown to nobody. */
  verdict(): Promise<Verdict> {
    return this.session.verdict();
  }

  /** Judges, and shows it. */
  async judge(): Promise<void> {
    this.store.setState({ verdict: await this.verdict() });
  }

  traceDigest(): Promise<string> {
    return this.session.traceDigest();
  }

  scenario(): Promise<Scenario> {
    return this.session.scenario();
  }

  /** The lab contradicted itself, or its bus is gone: nothing that follows would mean anything. */
  fail(error: unknown): void {
    this.transport.pause();
    this.store.setState({ phase: 'broken' });
    const says = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const remedy = 'Load the page again, or begin with another scenario.';
    showProblem(this.store, 'error', 'The lab has stopped', `${says}. ${remedy}`);
  }

  private async begin({ name, progress }: Extract<Opened, { readonly ok: true }>): Promise<void> {
    this.store.setState({
      scenarioName: name,
      verdict: undefined,
      selection: undefined,
      hovered: undefined,
    });
    await this.edge.begin(progress);
    this.store.setState({ phase: 'ready' });
  }
}

/** The step fields that name a process. */
export function subject(
  process: ProcessId,
): { readonly replica: number } | { readonly client: number } {
  return typeof process === 'number' ? { replica: process } : { client: Number(process.slice(1)) };
}
