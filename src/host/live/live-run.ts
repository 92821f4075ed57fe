import type { Configuration } from '#core/pbft/configuration.ts';
import type { Behaviour } from '#core/replica/process.ts';

import { requireBehaviour } from './live-behaviour.ts';
import { LiveCentre } from './live-centre.ts';
import type { DeskReport } from './live-desk.ts';
import { LiveFleet } from './live-fleet.ts';
import { publicHalvesOf } from './live-keys.ts';
import { defaultMix, LiveOptionsError } from './live-options.ts';
import type { LiveMark, LiveOptions, LiveResult, LiveSample, LiveSession } from './live-report.ts';
import { type Kept, LiveSampling } from './live-sampling.ts';
import { type FinalState, judge } from './live-verdict.ts';
import { nowMs, until, within } from './patience.ts';

const sampleMs = 250;
/** How long the end of a run waits for what is outstanding, and then for the replicas to be equal. */
const patienceMs = 15_000;

/** A run of a cluster in real time: who is there, what was done to it, what it says. */
export class LiveRun implements LiveSession {
  private readonly options: LiveOptions;
  private readonly configuration: Configuration;
  private readonly ended: () => void;
  private readonly centre: LiveCentre;
  private readonly fleet: LiveFleet;
  private readonly kept: Kept[];
  private readonly sampling = new LiveSampling();
  private readonly listeners = new Set<(sample: LiveSample) => void>();
  private readonly faults = new Map<string, number>();
  private readonly problems: string[] = [];
  private marks: LiveMark[] = [];
  private readonly beganMs = nowMs();
  private timer: ReturnType<typeof setInterval> | undefined;
  private isSampling = false;
  private result: Promise<LiveResult> | undefined;

  private constructor(
    options: LiveOptions,
    configuration: Configuration,
    halves: Uint8Array,
    { cluster, ended }: { readonly cluster: string; readonly ended: () => void },
  ) {
    this.options = options;
    this.configuration = configuration;
    this.ended = ended;
    this.centre = new LiveCentre((why) => this.problems.push(why));
    this.kept = Array.from({ length: configuration.n }, () => ({ state: 'up', behaviour: null }));
    this.fleet = new LiveFleet({
      cluster,
      configuration,
      storage: options.storage,
      halves,
      nowUs: () => this.sinceMs() * 1000,
      lost: (replica, why) => {
        this.markDown(replica, why);
      },
    });
  }

  /** Brings all to life, then the load begins. Rejects when one does not come to life; nothing is left of it then. */
  static async start(
    cluster: string,
    options: LiveOptions,
    configuration: Configuration,
    ended: () => void,
  ): Promise<LiveRun> {
    const halves = await publicHalvesOf(configuration);
    const run = new LiveRun(options, configuration, halves, { cluster, ended });
    try {
      await run.begin(halves);
      return run;
    } catch (error) {
      run.end();
      throw error;
    }
  }

  subscribe(listener: (sample: LiveSample) => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  crash(replica: number): void {
    if (this.keptOf(replica).state === 'down') refuse(`Replica ${replica} is down already.`);
    this.fleet.terminate(replica);
    this.markDown(replica);
    this.count('crash');
  }

  async restart(replica: number): Promise<void> {
    if (this.keptOf(replica).state !== 'down') refuse(`Replica ${replica} is not down.`);
    this.keep(replica, { state: 'up' });
    this.mark({ kind: 'restart', replica });
    await this.bringUp(replica);
    void this.fleet.prepare();
  }

  pause(replica: number): void {
    if (this.keptOf(replica).state !== 'up') refuse(`Replica ${replica} does not run.`);
    this.keep(replica, { state: 'paused' });
    this.centre.pause(replica);
    this.fleet.pause(replica);
    this.count('pause');
    this.mark({ kind: 'pause', replica });
  }

  resume(replica: number): void {
    if (this.keptOf(replica).state !== 'paused') refuse(`Replica ${replica} is not paused.`);
    this.keep(replica, { state: 'up' });
    this.fleet.resume(replica);
    this.centre.resume(replica);
    this.mark({ kind: 'resume', replica });
  }

  partition(groups: readonly (readonly number[])[]): void {
    for (const replica of groups.flat()) this.keptOf(replica);
    this.centre.partition(groups);
    this.count('partition');
    this.mark({ kind: 'partition' });
  }

  heal(): void {
    this.centre.partition([]);
    this.mark({ kind: 'heal' });
  }

  byzantine(replica: number, behaviour: Behaviour | null): void {
    this.keptOf(replica);
    requireBehaviour(replica, behaviour);
    this.keep(replica, { behaviour });
    if (behaviour !== null) {
      this.centre.distrust(replica);
      this.count('byzantine');
    }
    this.fleet.behave(replica, behaviour);
    this.mark({ kind: 'byzantine', replica });
  }

  async stopLoad(): Promise<void> {
    await this.centre.stopLoad();
    await until(patienceMs, async () => (await this.centre.loadReport())?.outstanding === 0);
  }

  stop(): Promise<LiveResult> {
    this.result ??= this.finish();
    return this.result;
  }

  private async begin(halves: Uint8Array): Promise<void> {
    const { configuration, options, centre } = this;
    await centre.start(configuration);
    await Promise.all(this.kept.map((_, replica) => this.bringUp(replica)));
    if (this.problems.length > 0) throw new Error(this.problems.join(' '));
    const { load, operations, mix = defaultMix } = options;
    const startUs = this.sinceMs() * 1000;
    const order = { configuration, halves, load, mix, startUs };
    await centre.startLoad(operations === undefined ? order : { ...order, operations });
    this.timer = setInterval(() => void this.sample(), sampleMs);
    void this.fleet.prepare();
  }

  /** One that does not come to life has failed, and says why. */
  private async bringUp(replica: number): Promise<void> {
    try {
      const port = await this.fleet.bringUp(replica, this.keptOf(replica).behaviour);
      if (this.fleet.isUp(replica)) await this.centre.connect(replica, port);
    } catch (error) {
      this.fleet.terminate(replica);
      const problem = error instanceof Error ? error.message : String(error);
      this.keep(replica, { state: 'failed', problem });
      this.problems.push(`Replica ${replica} did not come to life: ${problem}`);
    }
  }

  private async sample(): Promise<void> {
    if (this.isSampling) return;
    this.isSampling = true;
    const [desk, load] = await Promise.all([this.deskReport(), this.centre.loadReport()]);
    this.isSampling = false;
    if (desk === undefined || load === undefined) return;
    const { marks, kept: replicas, problems, beganMs } = this;
    this.marks = [];
    const atMs = this.sinceMs();
    const parts = { atMs, beganMs, desk, load, replicas, marks, problems };
    const sample = this.sampling.sample(parts);
    for (const listener of this.listeners) listener(sample);
  }

  private async deskReport(): Promise<DeskReport | undefined> {
    const desk = await this.centre.deskReport();
    for (const { replica, problem } of desk?.failures ?? []) {
      if (this.kept[replica]?.state === 'up') this.keep(replica, { state: 'failed', problem });
    }
    return desk;
  }

  /** Everything that was done to the cluster is undone first: what is judged is whether it recovers. */
  private async finish(): Promise<LiveResult> {
    const durationMs = this.sinceMs();
    try {
      this.heal();
      await within(patienceMs, this.undo());
      await within(patienceMs, this.stopLoad());
      const isSettled = await until(patienceMs, () => this.isSettled());
      if (!isSettled) this.problems.push('The replicas did not come to one state in time.');
      await this.sample();
      return { ...(await this.judged()), durationMs, faults: Object.fromEntries(this.faults) };
    } finally {
      this.end();
    }
  }

  private async undo(): Promise<void> {
    for (const [replica, { state, behaviour }] of this.kept.entries()) {
      if (behaviour !== null) this.byzantine(replica, null);
      if (state === 'paused') this.resume(replica);
      if (state === 'down') await this.restart(replica);
    }
  }

  private async isSettled(): Promise<boolean> {
    const [desk, load] = await Promise.all([this.deskReport(), this.centre.loadReport()]);
    if (desk === undefined || load === undefined) return false;
    const executed = this.judgedReplicas(desk).map(
      (replica) => desk.statuses[replica]?.executed ?? 0,
    );
    return executed.every((count) => count === executed[0] && count >= load.acknowledged);
  }

  /** Those that nobody made lie, and that have not failed. */
  private judgedReplicas({ statuses }: DeskReport): readonly number[] {
    return this.kept.flatMap(({ state }, replica) =>
      state === 'up' && statuses[replica]?.isTrusted === true ? [replica] : [],
    );
  }

  /** Without bus and clients there is nothing to judge, and that is the verdict. */
  private async judged(): Promise<Omit<LiveResult, 'durationMs' | 'faults'>> {
    const [desk, report, acknowledgements] = await Promise.all([
      this.deskReport(),
      this.centre.loadReport(),
      this.centre.acknowledgements(),
    ]);
    if (desk === undefined || report === undefined || acknowledgements === undefined) {
      return { ...unjudged, violations: [...this.problems, 'There is nothing left to judge.'] };
    }
    const replicas = this.judgedReplicas(desk);
    const states = await Promise.all(replicas.map((replica) => this.stateOf(replica)));
    const { issued, acknowledged } = report;
    const failed = desk.failures.map(
      ({ replica, problem }) => `Replica ${replica} has failed: ${problem}`,
    );
    const problems = [...failed, ...this.problems];
    const { findings } = desk;
    const evidence = { issued, acknowledged, acknowledgements, findings, problems };
    return { acknowledged, ...judge({ ...evidence, states: states.flat() }) };
  }

  private async stateOf(replica: number): Promise<readonly FinalState[]> {
    const look = await within(patienceMs, this.fleet.look(replica));
    return look?.kind === 'replica' ? [look] : [];
  }

  private end(): void {
    clearInterval(this.timer);
    this.fleet.end();
    this.centre.end();
    this.ended();
  }

  private markDown(replica: number, why?: string): void {
    this.centre.disconnect(replica);
    this.keep(replica, { state: 'down', terminatedMs: nowMs() });
    this.mark({ kind: 'crash', replica, ...(why !== undefined && { why }) });
  }

  private mark(mark: Omit<LiveMark, 'atMs'>): void {
    this.marks.push({ atMs: this.sinceMs(), ...mark });
  }

  private count(fault: string): void {
    this.faults.set(fault, (this.faults.get(fault) ?? 0) + 1);
  }

  private keptOf(replica: number): Kept {
    return this.kept[replica] ?? refuse(`There is no replica ${replica}.`);
  }

  private keep(replica: number, change: Partial<Kept>): void {
    this.kept[replica] = { ...this.keptOf(replica), ...change };
  }

  private sinceMs(): number {
    return nowMs() - this.beganMs;
  }
}

const unjudged = {
  acknowledged: 0,
  lost: 0,
  contradictions: 0,
  unequalStates: 0,
  executedTwice: 0,
  stateDigests: {},
  executed: {},
};

function refuse(why: string): never {
  throw new LiveOptionsError(why);
}
