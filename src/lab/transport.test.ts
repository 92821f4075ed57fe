import { beforeEach, describe, expect, it } from 'vitest';

import type { TraceEvent } from '#core/network/trace-event.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import { SimulatedCluster } from '#core/simulation/cluster.ts';
import { loadScenario } from '#core/simulation/scenarios/library.ts';
import type { Commanded, Goal, Progress } from '#host/bus-requests.ts';
import type { Look } from '#host/process-host.ts';
import { stepOf } from '#host/scenario-request.ts';

import { createLabStore, type LabStore } from './lab-store.ts';
import { LiveEdge, type Run } from './live-edge.ts';
import { Playback } from './playback.ts';
import { traceFeed } from './trace-feed.ts';
import { Transport } from './transport.ts';

const disk = {
  engine: 'memory',
  records: 0,
  bytes: 0,
  commits: 0,
  lastBytes: 0,
  snapshotBytes: 0,
  lastCommit: [],
} as const;
const everybody: readonly ProcessId[] = [0, 1, 2, 3, 'c0'];

/** A run in this thread: the simulation in the place of bus and workers. */
class ThreadRun implements Run {
  readonly cluster: SimulatedCluster;
  private readonly feed: (from: number, events: readonly TraceEvent[]) => void;
  private told = 0;

  constructor(store: LabStore) {
    const parsed = loadScenario('normal-case');
    if (!parsed.ok) throw new Error(parsed.problem);
    this.cluster = new SimulatedCluster(parsed.scenario);
    this.feed = traceFeed(store);
  }

  step(): Promise<Progress> {
    const { trace } = this.cluster.conductor;
    const { length } = trace;
    return this.runWhile(() => trace.length === length);
  }

  runUntil(goal: Goal): Promise<Progress> {
    const { conductor } = this.cluster;
    const { length } = conductor.trace;
    if ('atUs' in goal) {
      return this.runWhile(
        () =>
          (conductor.nextInstantUs() ?? Number.POSITIVE_INFINITY) <= goal.atUs &&
          !conductor.trace.slice(length).some(({ type }) => goal.events?.includes(type)),
      );
    }
    if ('condition' in goal) return this.runWhile(() => !conductor.holds(goal.condition));
    return this.runWhile(
      () => !conductor.trace.slice(length).some(({ type }) => goal.events.includes(type)),
    );
  }

  command(step: object): Promise<Commanded> {
    const parsed = stepOf(step, this.cluster.conductor.scenario());
    if (!parsed.ok) return Promise.resolve(parsed);
    const stamped = this.cluster.conductor.command(parsed.step);
    return Promise.resolve({ ok: true, step: stamped, progress: this.progress() });
  }

  look(process: ProcessId): Promise<Look | undefined> {
    const inspection = this.cluster.examine(process)?.inspection;
    return Promise.resolve(inspection && { inspection, disk });
  }

  progress(): Progress {
    const { conductor } = this.cluster;
    const { nowUs } = conductor;
    return {
      nowUs,
      nextUs: conductor.nextInstantUs() ?? null,
      touched: everybody,
      scenario: conductor.scenario(),
    };
  }

  private runWhile(goesOn: () => boolean): Promise<Progress> {
    while (goesOn() && this.cluster.stepRound());
    const { trace } = this.cluster.conductor;
    this.feed(this.told, trace.slice(this.told));
    this.told = trace.length;
    return Promise.resolve(this.progress());
  }
}

const neverDrawn = { request: (): number => 0, cancel: (): void => undefined };

describe('transport', () => {
  let store: LabStore;
  let edge: LiveEdge;
  let transport: Transport;
  beforeEach(async () => {
    store = createLabStore();
    const run = new ThreadRun(store);
    edge = new LiveEdge(store, run);
    const playback = new Playback(store, edge, neverDrawn, () => undefined);
    transport = new Transport(store, edge, playback, () => Promise.resolve());
    await edge.begin(run.progress());
    await transport.runUntil({ atUs: 0 });
  });

  const types = (): readonly string[] => {
    const { trace, nowMs } = store.getState();
    return trace.filter(({ atMs }) => atMs === nowMs).map(({ type }) => type);
  };

  it('[L2] steps from instant to instant at the live edge', async () => {
    await transport.step();
    const first = store.getState().nowMs;
    await transport.step(2);

    expect(first).toBeGreaterThan(0);
    expect(store.getState().nowMs).toBeGreaterThan(first);
    expect(store.getState()).toMatchObject({ live: true });
    expect(store.getState().nowMs).toBe(store.getState().edgeMs);
  });

  it('steps back, and forward again through what has happened', async () => {
    await transport.step(3);
    const { nowMs, traceLength } = store.getState();
    transport.back();
    expect(store.getState().live).toBe(false);
    expect(store.getState().nowMs).toBeLessThan(nowMs);
    await transport.step();

    expect(store.getState()).toMatchObject({ nowMs, traceLength, live: true });
  });

  it('goes to the next phase that any replica reaches, in the future and in the past', async () => {
    await transport.nextPhase();
    expect(types()).toContain('pre-prepared');
    const { nowMs } = store.getState();
    await transport.nextPhase();
    transport.seek(0);
    await transport.nextPhase();

    expect(store.getState().nowMs).toBe(nowMs);
  });

  it('does not seek beyond what has happened', async () => {
    await transport.runUntil({ atUs: 40_000 });
    transport.seek(1e9);
    expect(store.getState()).toMatchObject({ nowMs: 40, live: true });
    transport.seek(-5);
    expect(store.getState()).toMatchObject({ nowMs: 0, live: false });
  });

  it('stands at the last instant when the run has come to its end', async () => {
    await transport.runUntil({ atUs: 60_000_000 });
    const { trace, edgeMs } = store.getState();

    expect(trace.at(-1)?.atMs).toBe(edgeMs);
    expect(edge.nextMs).toBeUndefined();
  });

  it('[L4] does at the edge what a person does, and goes on to it', async () => {
    await transport.runUntil({ atUs: 40_000 });
    expect(await edge.command({ do: 'crash', replica: 2 })).toBeUndefined();
    transport.toEdge();

    expect(types()).toContain('crashed');
    expect(store.getState().nowMs).toBeGreaterThanOrEqual(40);
    expect(store.getState().inspections['2']).toBeUndefined();
    expect(store.getState().disks['2']).toEqual(disk);
    expect(store.getState().scenario?.steps.at(-1)).toMatchObject({ do: 'crash', replica: 2 });
  });

  it('[L5] says why a step is refused, and changes nothing', async () => {
    const { traceLength, edgeMs } = store.getState();

    expect(await edge.command({ do: 'crash', replica: 9 })).toMatch(/9/);
    expect(await edge.command({ do: 'heal', when: { quiet: true } })).toMatch(
      /waits for no condition/,
    );
    expect(store.getState()).toMatchObject({ traceLength, edgeMs });
  });
});
