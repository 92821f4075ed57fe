import type { StoreApi } from 'zustand/vanilla';

import { defined } from '#core/base/assert.ts';
import { catalogue, type CatalogueEntry } from '#core/persistent/samples/catalogue.ts';
import { OutsideWorld } from '#core/persistent/samples/outside-world.ts';
import type { SampleAnswer, Stage } from '#host/corner/sample-port.ts';
import type { Preferences } from '#lab/preferences.ts';

import type { CornerState, KillPoint, LastDeed } from './corner-state.ts';
import { killEverywhere } from './kill-trial.ts';
import { fieldsChanged } from './object-changes.ts';
import { SampleRun, type Spawn } from './sample-run.ts';
import { readWorld, writeWorld } from './world-record.ts';

/** What a corner needs of its host. */
export interface CornerHost {
  readonly spawn: Spawn;
  /** Where the outside keeps its memory. */
  readonly storage: Preferences;
}

const diskPrefix = 'pbft-lab:corner:';

/** One corner: a sample is chosen, stepped, killed and restarted; the store says how it stands. */
export class Corner {
  private readonly store: StoreApi<CornerState>;
  private readonly host: CornerHost;
  private run: SampleRun | undefined;

  constructor(store: StoreApi<CornerState>, host: CornerHost) {
    this.store = store;
    this.host = host;
  }

  /** Shows a sample where it stood when it was last looked at; one that never ran begins. */
  async choose(name: string): Promise<void> {
    const sample = defined(
      catalogue.find((known) => known.name === name),
      `there is a sample ${name}`,
    );
    const record = readWorld(this.host.storage, name);
    await this.open(sample, record?.world ?? 0, record);
  }

  /** From an empty disk, in a world that knows nothing. */
  async beginAnew(world: number): Promise<void> {
    await this.open(this.store.getState().sample, world, undefined);
  }

  /** One turn, as far as `stop`. */
  async step(stop: Stage = 'release'): Promise<void> {
    const { run } = this;
    const next = run?.next();
    if (run === undefined || next === undefined || this.store.getState().isBusy) return;
    this.store.setState({ isBusy: true });
    const answer = await run.step(stop);
    if (this.run !== run) return;
    this.store.setState({ isBusy: false });
    if (answer === undefined) return;
    const bytes = answer.look.records.at(-1) ?? 0;
    const { released } = answer;
    if (stop !== 'turn') this.wrote(answer);
    this.show({ type: 'stepped', input: next.input.type, released, bytes });
  }

  /** Ends the worker. */
  kill(at: KillPoint): void {
    this.run?.kill();
    this.store.setState(({ deaths }) => ({ deaths: deaths + 1, isBusy: false }));
    this.show({ type: 'killed', at });
  }

  /** A new worker, the same disk. */
  async restart(): Promise<void> {
    const { run } = this;
    if (run === undefined || this.store.getState().process !== 'dead') return;
    this.store.setState({ process: 'starting' });
    const answer = await run.boot();
    if (answer === undefined || this.run !== run) return;
    const { records } = answer.look;
    this.show({ type: 'restarted', records: records.length, again: answer.released.length });
  }

  /** The clock of the world goes on, whoever lives. */
  pass(us: number): void {
    const { run } = this;
    if (run === undefined) return;
    run.nowUs += Math.round(us);
    this.store.setState({ nowUs: run.nowUs });
  }

  /** The next turn's time has come. */
  get isDue(): boolean {
    const dueUs = this.run?.next()?.dueUs;
    return dueUs !== undefined && dueUs <= (this.run?.nowUs ?? 0);
  }

  /** Runs the sample once undisturbed, and once for each point where it can be killed. */
  async killEverywhere(): Promise<void> {
    const { sample, world } = this.store.getState();
    const { conduct } = defined(sample.worlds[world], 'the chosen world is there');
    const disk = `${diskPrefix}trial`;
    this.store.setState({ isTrying: true, trial: undefined });
    await killEverywhere(
      { sample: sample.name, conduct, disk, spawn: this.host.spawn },
      (trial) => {
        if (this.store.getState().isTrying) this.store.setState({ trial });
        return this.store.getState().isTrying;
      },
    );
    this.store.setState({ isTrying: false });
  }

  /** Something has failed: the process ends, and what is on the disk stays there. */
  fail(why: string): void {
    this.run?.kill();
    this.store.setState({ isPlaying: false, isBusy: false, isTrying: false });
    this.show({ type: 'lost', why });
  }

  private async open(
    sample: CatalogueEntry,
    world: number,
    record: ReturnType<typeof readWorld>,
  ): Promise<void> {
    this.run?.kill();
    const { conduct } = defined(sample.worlds[world], 'a sample has this world');
    const outside = new OutsideWorld(conduct, record?.entries);
    const run = new SampleRun(
      { sample: sample.name, disk: `${diskPrefix}${sample.name}` },
      { world: outside, nowUs: record?.nowUs ?? 0 },
      this.host.spawn,
      (why) => {
        if (this.run === run) this.fail(why);
      },
    );
    this.run = run;
    this.store.setState({
      sample,
      world,
      process: 'starting',
      isBusy: false,
      isPlaying: false,
      changed: new Map(),
      deaths: 0,
      selected: undefined,
      isTrying: false,
      trial: undefined,
      failures: [],
      durable: undefined,
      look: undefined,
    });
    const answer = await run.boot(record === undefined);
    if (answer === undefined || this.run !== run) return;
    this.show({ type: 'none' });
    if (answer.look.records.length === 0) await this.step();
  }

  private wrote({ look, failures }: SampleAnswer): void {
    const record = look.objects.filter(({ id }) => look.written.includes(id));
    this.store.setState((state) => ({
      changed: fieldsChanged(state.durable?.objects ?? [], record),
      failures: [...state.failures, ...failures],
    }));
  }

  /** What the outside has learnt is kept first, then shown. */
  private show(last: LastDeed): void {
    const run = defined(this.run, 'a sample is chosen');
    const { look, durable, nowUs, world } = run;
    const entries = [...world.entries];
    const { sample, world: chosen } = this.store.getState();
    writeWorld(this.host.storage, sample.name, { world: chosen, nowUs, entries });
    this.store.setState({
      look,
      nowUs,
      last,
      outside: entries,
      next: run.next(),
      ...(durable !== undefined && { durable }),
      process: look === undefined ? 'dead' : 'alive',
    });
  }
}
