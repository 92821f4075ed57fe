import { defined } from '#core/base/assert.ts';
import { instancesOf } from '#core/network/process-order.ts';
import type { TraceEvent } from '#core/network/trace-event.ts';
import type { ProcessId } from '#core/pbft/message.ts';

import { Conductor } from './conductor.ts';
import { simulatedCrypto, type Crypto } from './crypto.ts';
import { SimulatedDisk } from './disk.ts';
import type { Examination } from './examination.ts';
import type { Action, Decision, Released, Round } from './round.ts';
import type { Scenario, Verdict } from './scenario.ts';
import { SimulatedProcess, type Surroundings } from './simulated-process.ts';
import type { RunOptions } from './stage.ts';

/** What a host may choose. */
export interface ClusterOptions extends RunOptions {
  readonly crypto?: Crypto;
  /** What the disks are made of. */
  readonly newDisk?: () => SimulatedDisk;
}

/** A whole cluster in one thread: the conductor's host without workers, ports and waiting. */
export class SimulatedCluster {
  readonly conductor: Conductor;
  private readonly processes: ReadonlyMap<ProcessId, SimulatedProcess>;

  constructor(scenario: Scenario, { crypto, newDisk, ...options }: ClusterOptions = {}) {
    this.conductor = new Conductor(scenario, options);
    const surroundings: Surroundings = {
      configuration: this.conductor.configuration,
      crypto: crypto ?? simulatedCrypto(scenario.seed),
      encoded: new WeakMap(),
      arrivals: new WeakMap(),
    };
    const ids = instancesOf(scenario.replicas, scenario.clients);
    this.processes = new Map(
      ids.map((id) => [
        id,
        new SimulatedProcess(id, surroundings, newDisk?.() ?? new SimulatedDisk()),
      ]),
    );
  }

  /** Runs to the end. */
  run(): void {
    while (this.stepRound());
  }

  /** Runs up to an instant, that one included. */
  runUntil(untilUs: number): void {
    for (;;) {
      const nextUs = this.conductor.nextInstantUs();
      if (nextUs === undefined || nextUs > untilUs) return;
      this.stepRound();
    }
  }

  /** Runs one round, or closes an instant. Says whether there is more to do. */
  stepRound(): boolean {
    if (this.conductor.nextInstantUs() === undefined) return false;
    const round = this.conductor.round();
    if (round !== undefined) this.play(round);
    return true;
  }

  /** The records of a process, for who takes the run over. */
  recordsOf(process: ProcessId): readonly Uint8Array[] {
    return this.process(process).records;
  }

  /** A look into one process; undefined while it is down. */
  examine(process: ProcessId): Examination | undefined {
    return this.process(process).examine();
  }

  /** What the run has come to. */
  verdict(): Verdict {
    return this.conductor.verdict(
      [...this.processes.values()].flatMap((process) => process.examine() ?? []),
    );
  }

  private play(round: Round): void {
    for (const action of round.actions) this.act(action);
    const reports = round.turns.map((request) => {
      const { process } = request;
      return { process, report: this.process(process).turn(request) };
    });
    const decisions = this.conductor.reported(reports);
    const results = decisions.map((decision): Released => {
      const { process } = decision;
      const { report } = defined(
        reports.find((reported) => reported.process === process),
        'a decision is about a turn that was reported',
      );
      const outgoing = 'outgoing' in report ? report.outgoing : [];
      return { process, bytes: this.carryOut(decision, outgoing) };
    });
    const literals = round.literals.map(({ process, outgoing }) =>
      this.process(process).encode(outgoing.packet),
    );
    this.conductor.released(results, literals);
  }

  private act(action: Action): void {
    const process = this.process(action.process);
    if (action.type === 'terminate') {
      process.terminate();
      return;
    }
    if (action.type === 'copy') {
      process.copy(this.process(action.of), action.incarnation);
      return;
    }
    process.spawn(action);
    // What a restarted replica knows is what was on its disk: unless that was damaged, its votes must all be there.
    const examination = action.disk.kind === 'kept' ? process.examine() : undefined;
    if (examination !== undefined) this.conductor.examine(examination);
  }

  private carryOut(
    { process: id, decision }: Decision,
    outgoing: readonly { readonly packet: Parameters<SimulatedProcess['encode']>[0] }[],
  ): readonly Uint8Array[] {
    const process = this.process(id);
    const writes = decision !== 'before-commit' && decision !== 'send-only';
    const sends = decision !== 'before-commit' && decision !== 'after-commit';
    if (writes) process.commit();
    const bytes = sends ? outgoing.map(({ packet }) => process.encode(packet)) : [];
    if (decision !== 'commit') process.terminate();
    return bytes;
  }

  private process(id: ProcessId): SimulatedProcess {
    return defined(this.processes.get(id), `${id} is a process of this cluster`);
  }
}

/** A finished run. */
export interface Run {
  readonly verdict: Verdict;
  readonly trace: readonly TraceEvent[];
}

/** Runs a scenario to its end in one thread. */
export function runScenario(scenario: Scenario, options: ClusterOptions = {}): Run {
  const cluster = new SimulatedCluster(scenario, options);
  cluster.run();
  return { verdict: cluster.verdict(), trace: cluster.conductor.trace };
}
