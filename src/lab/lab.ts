import { naming } from '#core/network/process-order.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import type { Condition, Scenario, Verdict } from '#core/simulation/scenario.ts';
import type { Opened } from '#host/bus-requests.ts';
import type { Session } from '#host/session.ts';

import { beatsAt } from './beats.ts';
import type { Branch } from './branch.ts';
import type { LoadOptions } from './commands.ts';
import type { LabState } from './lab-state.ts';
import { firstBranch, type LabStore } from './lab-store.ts';
import { LiveEdge } from './live-edge.ts';
import { Playback, type Frames } from './playback.ts';
import { showProblem } from './problems.ts';
import type { Shared } from './share-link.ts';
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
    this.store.setState({
      branch: firstBranch,
      branches: [],
      branchedFrom: undefined,
      lesson: undefined,
    });
    await this.begin(opened);
    await this.transport.runUntil({ atUs: 0 });
  }

  /**
   * Another history from an instant on: the past stays, what was done by hand after it is left out. The history
   * before is kept as it is.
   */
  async fork(ms: number): Promise<void> {
    const { branch, branches, edgeMs } = this.ready();
    if (!(ms >= 0 && ms <= edgeMs)) {
      throw new Refusal(`A history forks where it has been: from 0 to ${edgeMs} ms.`);
    }
    const { isMoving } = this.transport;
    this.transport.pause();
    const atUs = Math.floor(ms * 1000);
    const left = await this.currentBranch();
    const taken = [branch, ...branches.map(({ id }) => id)];
    await this.enter(await this.session.fork(atUs), atUs);
    this.store.setState({
      branch: freshName(taken),
      branches: [...branches, left],
      branchedFrom: { branch, atMs: atUs / 1000 },
    });
    if (isMoving) this.transport.play();
  }

  /** Goes on with a history that was left. */
  async openBranch(id: string): Promise<void> {
    const { branches } = this.ready();
    const wanted = branches.find((candidate) => candidate.id === id);
    if (wanted === undefined) throw new Refusal(`There is no history "${id}".`);
    this.transport.pause();
    const left = await this.currentBranch();
    const { scenario, planned, edgeMs, from } = wanted;
    const atUs = Math.floor(edgeMs * 1000);
    await this.enter(await this.session.openAt({ scenario, planned, atUs }), atUs);
    this.store.setState({
      branch: id,
      branches: [...branches.filter((candidate) => candidate !== wanted), left],
      branchedFrom: from,
    });
  }

  /** Opens what somebody shared, where they had left it; says so if it comes out differently here. */
  async openShared({ scenario, planned, atUs, digest }: Shared): Promise<void> {
    this.transport.pause();
    await this.enter(await this.session.openAt({ scenario, planned, atUs }), atUs);
    this.store.setState({
      branch: firstBranch,
      branches: [],
      branchedFrom: undefined,
      lesson: undefined,
    });
    if ((await this.traceDigest()) === digest) return;
    showProblem(
      this.store,
      'warning',
      'This is not what was shared',
      'The link was executed again and came out differently: it was made with another version of the lab.',
    );
  }

  /** A link to everything done so far, for somebody else. */
  async link(): Promise<string> {
    const { edgeMs } = this.ready();
    const { scenario, planned, digest } = await this.session.history();
    const { linkTo } = await import('./share-link.ts');
    return linkTo(location.href, {
      scenario,
      planned,
      digest,
      atUs: Math.floor(edgeMs * 1000),
    });
  }

  /** Something is said here: time waits for the person. */
  get standsOnBeat(): boolean {
    const { trace, nowMs } = this.store.getState();
    return beatsAt(trace, nowMs).length > 0;
  }

  /** Another cluster in the place of this one: if this one was playing, so does that one. */
  async replace(scenario: unknown, options: LoadOptions = {}): Promise<void> {
    const { isMoving } = this.transport;
    await this.load(scenario, options);
    if (isMoving && !this.standsOnBeat) this.transport.play();
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
    const { live, nowMs } = this.ready();
    if (!live) {
      await this.fork(nowMs);
      showProblem(
        this.store,
        'info',
        'Another history',
        'You acted in the past, so what follows is another history. The one before is kept beside the timeline.',
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

  /** Fetches the titles of the library. */
  async listScenarios(): Promise<void> {
    this.store.setState({ scenarios: await this.session.scenarios() });
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

  /** What is on show, to be come back to. */
  private async currentBranch(): Promise<Branch> {
    const { branch, branchedFrom, trace, edgeMs } = this.store.getState();
    const { scenario, planned } = await this.session.history();
    const from = branchedFrom === undefined ? {} : { from: branchedFrom };
    return { id: branch, ...from, scenario, planned, edgeMs, trace };
  }

  /** Shows a history that was executed again up to an instant, at that instant. */
  private async enter(opened: Opened, atUs: number): Promise<void> {
    if (!opened.ok) throw new Refusal(opened.problem);
    await this.begin(opened, atUs);
    this.transport.toEdge();
  }

  private ready(): LabState {
    const state = this.store.getState();
    if (state.phase !== 'ready') throw new Refusal('No cluster is loaded.');
    return state;
  }

  private async begin(
    { name, progress }: Extract<Opened, { readonly ok: true }>,
    reachedUs = 0,
  ): Promise<void> {
    this.store.setState({
      scenarioName: name,
      verdict: undefined,
      selection: undefined,
      hovered: undefined,
    });
    await this.edge.begin(progress, reachedUs);
    this.store.setState({ phase: 'ready' });
  }
}

/** The step fields that name a process. */
export function subject(process: ProcessId): ReturnType<typeof naming> {
  return naming(process);
}

function freshName(taken: readonly string[]): string {
  for (let i = 2; ; i += 1) {
    const name = `branch ${i}`;
    if (!taken.includes(name)) return name;
  }
}
