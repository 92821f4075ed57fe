import { defined } from '#core/base/assert.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import { Conductor } from '#core/simulation/conductor.ts';
import type { Scenario, Verdict } from '#core/simulation/scenario.ts';

import type {
  BusListener,
  Commanded,
  Goal,
  HistoryRequest,
  Opened,
  Progress,
  Setting,
  Told,
} from './bus-requests.ts';
import { firstScenario, firstScenarioOf } from './first-scenario.ts';
import { Fleet } from './fleet.ts';
import type { Rehearsed } from './rehearsal.ts';
import { runRound } from './round-runner.ts';
import type { OpenRequest, RequestedScenario } from './scenario-request.ts';
import { SessionRecord, type Opening, type RecordedSession } from './session-record.ts';
import { StorageError } from './storage/storage-error.ts';

interface Cluster {
  readonly conductor: Conductor;
  readonly fleet: Fleet;
  readonly session: RecordedSession;
}

/** Real time between two batches of the trace in a long run. */
const batchMs = 40;

/**
 * The bus of a session: one conductor, the workers it conducts, the record of what was done.
 *
 * 1. Requests are served one after the other; `interrupt` ends a long run at its next round.
 * 2. A command is in the record before it is given to the conductor's next instant.
 * 3. The page has every event of the trace before the request that made it is answered.
 */
export class BusHost {
  private readonly setting: Setting;
  private readonly page: BusListener;
  private readonly touched = new Set<ProcessId>();
  private fleet: Fleet | undefined;
  private queue: Promise<unknown> = Promise.resolve();
  private interrupted = false;
  private record: SessionRecord | undefined;
  private finished = false;
  private recorded = 0;
  private cluster: Cluster | { readonly stopped: unknown } | undefined;
  private traced = 0;

  constructor(setting: Setting, page: BusListener) {
    this.setting = setting;
    this.page = page;
  }

  /** Opens a cluster from the beginning: new identities, empty disks. The one before is gone. */
  open(request: OpenRequest): Promise<Opened> {
    return this.inTurn(async () => {
      const parsed = await scenarioOf(request);
      if (!parsed.ok) return parsed;
      const { name, scenario } = parsed;
      const session = this.sessionOf(name, scenario, scenario.steps.length);
      await (await this.recording())?.begin(session);
      await this.conduct(new Conductor(scenario), session);
      return { ok: true, name, progress: this.progress() };
    });
  }

  /**
   * Another history with the same past: everything up to an instant, and of the rest only what was planned when the
   * scenario was loaded.
   */
  fork(atUs: number): Promise<Opened> {
    return this.inTurn(async () => {
      const { conductor, session } = this.current();
      const { name } = session.opening;
      return this.enter(
        this.sessionOf(name, conductor.scenarioBy(atUs, session.planned), session.planned),
        atUs,
      );
    });
  }

  /** A history that was told elsewhere: executed again up to an instant, and gone on with from there. */
  openAt({ atUs, planned, ...request }: HistoryRequest): Promise<Opened> {
    return this.inTurn(async () => {
      const parsed = await scenarioOf(request);
      if (!parsed.ok) return parsed;
      return this.enter(
        this.sessionOf(parsed.name, parsed.scenario, planned ?? parsed.scenario.steps.length),
        atUs,
      );
    });
  }

  /** What somebody else needs to have the same history. */
  history(): Promise<Told> {
    return this.inTurn(() => {
      const { conductor, session } = this.current();
      const { opening, planned } = session;
      const digest = conductor.traceDigest();
      const scenario = conductor.scenario();
      return Promise.resolve({ name: opening.name, planned, digest, scenario });
    });
  }

  /** Goes on with the session that this page's predecessor left unfinished, if it is the one that is asked for. */
  resume(wanted: Partial<Opening>): Promise<Opened | undefined> {
    return this.inTurn(async () => {
      const record = await this.recording();
      const session = await record?.unfinished();
      if (
        record === undefined ||
        session === undefined ||
        !isWanted(session, { ...wanted, disks: this.setting.storage.kind })
      )
        return undefined;
      const { scenario, opening, planned } = session;
      // The simulation is needed only here: most visits begin without fetching it.
      const { readDurableTurns } = await import('./durable-turns.ts');
      const { reexecuted } = await import('./re-execution.ts');
      const durable = await readDurableTurns(this.setting, scenario);
      const conductor = reexecuted(scenario, durable);
      if (conductor === undefined) return undefined;
      const resumed = { opening, planned, scenario: conductor.scenario() };
      await record.begin(resumed);
      await this.conduct(conductor, resumed);
      return { ok: true, name: session.opening.name, progress: this.progress() };
    });
  }

  /** Rounds until the trace has something new. */
  step(): Promise<Progress> {
    return this.run(({ length }, conductor) => conductor.trace.length > length);
  }

  /** Runs every instant up to the goal, and none beyond. */
  runUntil(goal: Goal): Promise<Progress> {
    if ('condition' in goal) return this.run((_, conductor) => conductor.holds(goal.condition));
    const { events = [] } = goal;
    const atUs = 'atUs' in goal ? goal.atUs : Number.POSITIVE_INFINITY;
    return this.run(
      ({ length }, { nowUs, trace }) =>
        nowUs >= atUs || trace.slice(length).some((event) => events.includes(event.type)),
      atUs,
    );
  }

  /** Ends a run in progress after its round. */
  interrupt(): void {
    this.interrupted = true;
  }

  /** What a person does: checked, recorded, then given to the conductor. */
  command(step: object): Promise<Commanded> {
    return this.inTurn(async () => {
      const { conductor } = this.current();
      const { stepOf } = await import('./scenario-request.ts');
      const parsed = stepOf(step, conductor.scenario());
      if (!parsed.ok) return parsed;
      const stamped = conductor.command(parsed.step);
      await this.keepRecord(conductor);
      return { ok: true, step: stamped, progress: this.progress() };
    });
  }

  /** A worker died unasked. */
  lose(process: ProcessId, why: string): void {
    this.fleet?.lose(process, why);
  }

  scenario(): Promise<Scenario> {
    return this.inTurn(() => Promise.resolve(this.current().conductor.scenario()));
  }

  traceDigest(): Promise<string> {
    return this.inTurn(() => Promise.resolve(this.current().conductor.traceDigest()));
  }

  /** What the run has come to. The processes are looked into between two rounds, all at one instant. */
  verdict(): Promise<Verdict> {
    return this.inTurn(async () => {
      const { conductor } = this.current();
      return conductor.verdict(await this.page.examine());
    });
  }

  private run(
    reached: (start: { readonly length: number }, conductor: Conductor) => boolean,
    limitUs = Number.POSITIVE_INFINITY,
  ): Promise<Progress> {
    return this.inTurn(async () => {
      const { conductor, fleet } = this.current();
      const start = { length: conductor.trace.length };
      this.interrupted = false;
      let batchedAt = performance.now();
      while (!this.isInterrupted()) {
        const nextUs = conductor.nextInstantUs();
        if (nextUs === undefined || nextUs > limitUs) break;
        for (const process of await runRound(conductor, fleet)) this.touched.add(process);
        if (reached(start, conductor)) break;
        if (performance.now() - batchedAt > batchMs) {
          await this.tell(conductor);
          batchedAt = performance.now();
        }
      }
      await this.tell(conductor);
      await this.keepRecord(conductor);
      return this.progress();
    });
  }

  /** A request may set it while a run waits for its workers. */
  private isInterrupted(): boolean {
    return this.interrupted;
  }

  /**
   * Executes a history again and hands it over to workers. In between the disks belong to neither run: a page that
   * is loaded again just then begins afresh.
   */
  private async enter(session: RecordedSession, atUs: number): Promise<Opened> {
    // Most visits do without fetching this.
    const { rehearse } = await import('./rehearsal.ts');
    const rehearsed = await rehearse(session.scenario, atUs);
    const record = await this.recording();
    await record?.finish();
    const entered = { ...session, scenario: rehearsed.conductor.scenario() };
    await this.conduct(rehearsed.conductor, entered, rehearsed);
    await record?.begin(entered);
    return { ok: true, name: session.opening.name, progress: this.progress() };
  }

  private async conduct(
    conductor: Conductor,
    session: RecordedSession,
    rehearsed?: Rehearsed,
  ): Promise<void> {
    await this.fleet?.terminateAll();
    const fleet = new Fleet(this.page, this.setting, conductor.configuration);
    this.fleet = fleet;
    if (rehearsed !== undefined) await fleet.adopt(rehearsed);
    this.cluster = { conductor, fleet, session };
    this.recorded = conductor.scenario().steps.length;
    this.finished = false;
    this.traced = 0;
    this.touched.clear();
    if (rehearsed !== undefined)
      for (const { process } of conductor.presences()) this.touched.add(process);
    await this.tell(conductor);
  }

  private async tell({ trace }: Conductor): Promise<void> {
    if (trace.length === this.traced) return;
    const from = this.traced;
    this.traced = trace.length;
    await this.page.traced(from, trace.slice(from));
  }

  /**
   * Records the steps that the record does not have: commands, and losses that became steps. A run whose
   * record has a gap must not go on: a reload would take its logs for those of another run.
   */
  private async keepRecord(conductor: Conductor): Promise<void> {
    const { record } = this;
    if (record === undefined) return;
    const { steps, until } = conductor.scenario();
    const isOver = conductor.nextInstantUs() === undefined;
    try {
      for (const step of steps.slice(this.recorded)) await record.command(step, until);
      if (isOver && !(this.finished && steps.length === this.recorded)) await record.finish();
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      if (steps.length > this.recorded) {
        this.cluster = { stopped: error };
        throw error;
      }
      await this.page.unrecorded(error.message);
    }
    this.recorded = steps.length;
    this.finished = isOver;
  }

  private progress(): Progress {
    const { conductor } = this.current();
    const touched = [...this.touched];
    this.touched.clear();
    return {
      nowUs: conductor.nowUs,
      nextUs: conductor.nextInstantUs() ?? null,
      touched,
      scenario: conductor.scenario(),
    };
  }

  /** Where the disks live in memory there is nothing to go on from, and nothing is recorded. */
  private async recording(): Promise<SessionRecord | undefined> {
    if (this.setting.storage.kind === 'memory') return undefined;
    this.record ??= await SessionRecord.open(this.setting.cluster);
    return this.record;
  }

  private sessionOf(name: string, scenario: Scenario, planned: number): RecordedSession {
    const { replicas, seed } = scenario;
    const opening = { name, replicas, seed, disks: this.setting.storage.kind };
    return { opening, scenario, planned };
  }

  private current(): Cluster {
    const cluster = defined(this.cluster, 'a cluster is opened first');
    if ('stopped' in cluster) throw cluster.stopped;
    return cluster;
  }

  /** One request after the other, whatever became of the one before. */
  private inTurn<T>(request: () => Promise<T>): Promise<T> {
    const answer = this.queue.then(request, request);
    this.queue = answer;
    return answer;
  }
}

/** Most visits open the first scenario, and do without fetching the library and the parser. */
async function scenarioOf(request: OpenRequest): Promise<RequestedScenario> {
  const scenario = firstScenarioOf(request);
  if (scenario !== undefined) return { ok: true, name: firstScenario, scenario };
  return (await import('./scenario-request.ts')).scenarioOf(request);
}

function isWanted({ opening }: RecordedSession, wanted: Partial<Opening>): boolean {
  return (
    (wanted.name ?? opening.name) === opening.name &&
    (wanted.replicas ?? opening.replicas) === opening.replicas &&
    (wanted.seed ?? opening.seed) === opening.seed &&
    wanted.disks === (opening.disks ?? 'indexed-db')
  );
}
