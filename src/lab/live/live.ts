import { createStore, type StoreApi } from 'zustand/vanilla';

import { replicaBehaviourNames } from '#core/replica/byzantine/catalogue.ts';
import type { LiveOptions, LiveResult, LiveSample, LiveSession } from '#host/live/live-report.ts';
import { startLive } from '#host/live/live-session.ts';
import { Refusal } from '#lab/lab.ts';

import { firstForm, formOf, optionsOf, type LiveForm } from './live-form.ts';
import { withMarks, withSample } from './live-history.ts';
import type { LiveState } from './live-state.ts';

/**
 * Live mode: at most one cluster in real time, and what it samples. A refused deed throws a `Refusal`, or what the
 * session says of its options; commands show it, `window.pbftLab.live` rejects with it.
 */
export class Live {
  readonly store: StoreApi<LiveState>;
  private readonly failed: (error: unknown) => void;
  /** There from the moment in which a run is asked for until it has ended. */
  private session: Promise<LiveSession> | undefined;
  private running: LiveSession | undefined;
  private stopping: Promise<LiveResult> | undefined;

  /** `failed` is told when a run that ends by itself cannot. */
  constructor(failed: (error: unknown) => void) {
    this.failed = failed;
    this.store = createStore<LiveState>(() => ({
      form: firstForm,
      phase: 'idle',
      options: undefined,
      samples: [],
      marks: [],
      groups: undefined,
      result: undefined,
    }));
  }

  change(form: Partial<LiveForm>): void {
    this.store.setState((state) => ({ form: { ...state.form, ...form } }));
  }

  /** What is not said is as the form has it. */
  async start(wanted: Partial<LiveOptions> = {}): Promise<void> {
    if (this.session !== undefined)
      throw new Refusal('A load is running. Stop it before another begins.');
    const before = this.store.getState();
    const options = { ...optionsOf(before.form), ...wanted };
    const session = startLive(options);
    this.session = session;
    this.store.setState({ phase: 'starting' });
    const running = await session.catch((error: unknown) => {
      this.session = undefined;
      this.store.setState({ phase: before.phase });
      throw error;
    });
    this.running = running;
    this.store.setState({
      phase: 'running',
      form: formOf(options),
      options,
      samples: [],
      marks: [],
      groups: undefined,
      result: undefined,
    });
    running.subscribe((sample) => this.take(sample));
  }

  /** The end of a run, whatever state it is in; asked for twice it is the same. */
  stop(): Promise<LiveResult> {
    const { session } = this;
    if (session === undefined) return Promise.reject(new Refusal('Nothing runs.'));
    this.stopping ??= this.end(session).finally(() => {
      this.session = undefined;
      this.running = undefined;
      this.stopping = undefined;
    });
    return this.stopping;
  }

  get isRunning(): boolean {
    return this.session !== undefined;
  }

  /** What was measured last, of the run on show. */
  get sample(): LiveSample | undefined {
    return this.store.getState().samples.at(-1);
  }

  crash(replica: number): void {
    this.runWith(replica).crash(replica);
  }

  async restart(replica: number): Promise<void> {
    await this.runWith(replica).restart(replica);
  }

  pause(replica: number): void {
    this.runWith(replica).pause(replica);
  }

  resume(replica: number): void {
    this.runWith(replica).resume(replica);
  }

  partition(groups: readonly (readonly number[])[]): void {
    for (const replica of groups.flat()) this.runWith(replica);
    this.run().partition(groups);
    this.store.setState({ groups });
  }

  heal(): void {
    this.run().heal();
    this.store.setState({ groups: undefined });
  }

  /** Undefined: it behaves correctly again. */
  byzantine(replica: number, name: string | undefined): void {
    const behaviour = replicaBehaviourNames.find((known) => known === name);
    if (behaviour === undefined && name !== undefined)
      throw new Refusal(`There is no behaviour ‘${name}’.`);
    this.runWith(replica).byzantine(replica, behaviour === undefined ? null : { behaviour });
  }

  private async end(session: Promise<LiveSession>): Promise<LiveResult> {
    const running = await session;
    this.store.setState({ phase: 'ending' });
    const result = await running.stop();
    this.store.setState({ phase: 'ended', groups: undefined, result });
    return result;
  }

  private take(sample: LiveSample): void {
    this.store.setState(({ samples, marks }) => ({
      samples: withSample(samples, sample),
      marks: withMarks(marks, sample.marks),
    }));
    if (sample.loadEnded && this.stopping === undefined) this.stop().catch(this.failed);
  }

  private run(): LiveSession {
    if (this.running === undefined || this.stopping !== undefined)
      throw new Refusal('Nothing runs.');
    return this.running;
  }

  private runWith(replica: number): LiveSession {
    const run = this.run();
    const n = this.store.getState().options?.n ?? 0;
    if (!Number.isInteger(replica) || replica < 0 || replica >= n)
      throw new Refusal(`There is no replica ${replica}.`);
    return run;
  }
}
