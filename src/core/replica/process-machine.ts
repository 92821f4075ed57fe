import { assert } from '#core/base/assert.ts';
import { type Configuration, configurationDigest, isAblated } from '#core/pbft/configuration.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import { clientOfProcess, processOfClient } from '#core/pbft/signed.ts';
import type { Standing } from '#core/pbft/standing.ts';
import { replicaId } from '#core/pbft/terms.ts';
import {
  Engine,
  type EngineOptions,
  type ObjectChange,
  StoreError,
  verifying,
} from '#core/persistent/index.ts';

import { type AuditItem, auditReplica } from './audit.ts';
import type { Malice } from './byzantine/malice.ts';
import { Client } from './client.ts';
import { inspectClient } from './inspect-client.ts';
import { inspectReplica } from './inspect-replica.ts';
import type { Inspection } from './inspection.ts';
import type { Output } from './outbox.ts';
import type { Arrival, Outgoing, ProcessInput, TurnReport } from './process.ts';
import { rot } from './quarantine.ts';
import { Replica } from './replica.ts';
import type { LearnerCause, Report } from './report.ts';

/** How a process is run. */
export interface MachineOptions {
  /** Find writes that the storage has not noticed, at the price of a walk through everything at each commit. */
  readonly verify?: boolean;
}

/** The name under which a process's root object is stored. */
const root = 'process';

/**
 * A replica or a client as a host drives it: one input, one turn, one record to store. What a turn sends
 * may leave only when the record of `commit` is durable.
 */
export class ProcessMachine {
  private readonly engine: Engine;
  private readonly process: Replica | Client;
  private turns: number;
  /** Why there is no past to restart from, until the first turn. */
  private lost: LearnerCause | undefined;

  private constructor(engine: Engine, lost?: LearnerCause) {
    const process = engine.resolve<unknown>(root);
    assert(
      process instanceof Replica || process instanceof Client,
      'the root of a process is a replica or a client',
    );
    this.engine = engine;
    this.process = process;
    this.lost = lost;
    this.turns = engine.turnOfLastRecord;
  }

  /** A new identity with empty storage: its first input is `start`. */
  static start(
    id: ProcessId,
    configuration: Configuration,
    options: MachineOptions = {},
  ): ProcessMachine {
    const engine = Engine.create({ ...checksOf(options), ...engineOptions(id, configuration, 0) });
    engine.attach(root, processNamed(id, configuration));
    return new ProcessMachine(engine);
  }

  /**
   * An identity whose records are gone or refused: its first input is `restart`, and its log begins anew. A replica
   * is a learner from then on: it cannot know what it has said.
   */
  static withoutStore(
    id: ProcessId,
    configuration: Configuration,
    incarnation: number,
    why: LearnerCause,
    options: MachineOptions = {},
  ): ProcessMachine {
    const engine = Engine.create({
      ...checksOf(options),
      ...engineOptions(id, configuration, incarnation),
    });
    engine.attach(root, processNamed(id, configuration));
    return new ProcessMachine(engine, why);
  }

  /**
   * An identity as its records left it: its first input is `restart`. Without any it is not provably new, so it has
   * lost them. Throws StoreError.
   */
  static restore(
    id: ProcessId,
    configuration: Configuration,
    records: readonly Uint8Array[],
    incarnation: number,
    options: MachineOptions = {},
  ): ProcessMachine {
    if (records.length === 0) {
      return ProcessMachine.withoutStore(id, configuration, incarnation, 'empty-store', options);
    }
    const engine = Engine.restore(records, {
      ...checksOf(options),
      ...engineOptions(id, configuration, incarnation),
    });
    const machine = new ProcessMachine(engine);
    requireStoreOf(id, configuration, machine.process);
    return machine;
  }

  /**
   * Runs one input to quiescence; what a Byzantine process sends passes through its `malice`. Throws AssertionError:
   * nothing of such a turn is committed or sent.
   */
  turn(nowUs: number, input: ProcessInput, malice: Malice | null): TurnReport {
    const outputs =
      input.type === 'timer'
        ? this.engine.fireTimer(nowUs)
        : this.engine.turn(nowUs, () => this.take(input, malice === null));
    this.turns += 1;

    const reports: Report[] = [];
    const outgoing: Outgoing[] = [];
    for (const output of outputs) {
      assert(isOutput(output), 'a process posts messages and reports');
      if (output.kind === 'report') reports.push(output.report);
      else outgoing.push({ to: output.to, packet: output.packet });
    }
    return {
      turn: this.turns,
      ...this.misled(malice, reports, outgoing),
      nextTimerUs: this.engine.nextTimerUs ?? null,
      timers: this.process instanceof Replica ? timersOf(this.process) : [],
    };
  }

  /** The record of everything that changed since the last one. */
  commit(): Uint8Array {
    return this.engine.commit(this.turns);
  }

  /** The record of everything, with which the storage log begins anew: later records go on from it. */
  compact(): Uint8Array {
    return this.engine.compact(this.turns);
  }

  get turnOfLastRecord(): number {
    return this.engine.turnOfLastRecord;
  }

  /** What the last commit wrote, object by object. */
  lastCommit(): readonly ObjectChange[] {
    return this.engine.lastCommit();
  }

  /** What the process is right now, for the page. */
  inspect(): Inspection {
    const workflows = this.engine.workflows();
    return this.process instanceof Replica
      ? inspectReplica(this.process, workflows)
      : inspectClient(this.process, workflows);
  }

  /** Where a replica stands, for whoever asks often; undefined for a client. */
  get standing(): (Standing & { readonly executed: number }) | undefined {
    const { process } = this;
    if (!(process instanceof Replica)) return undefined;
    const { configuration, id, view, phase, lowWatermark, lastExecuted, ledger } = process;
    const { executed } = ledger;
    return { configuration, id, view, phase, lowWatermark, lastExecuted, executed };
  }

  /** Every certificate that the process stores, to be verified from scratch. */
  audit(): readonly AuditItem[] {
    return this.process instanceof Replica ? auditReplica(this.process) : [];
  }

  private take(input: Exclude<ProcessInput, { readonly type: 'timer' }>, isCorrect: boolean): void {
    const { process } = this;
    switch (input.type) {
      case 'start':
        return process.start();
      case 'restart':
        if (input.rotten === true && process instanceof Replica) rot(process);
        return this.restart(input.incarnation);
      case 'deliver':
        return process.receive(
          input.from,
          believed(process.configuration, input.arrival),
          isCorrect,
        );
      case 'expire':
        assert(process instanceof Replica, 'only replicas wait for a primary');
        return process.expire();
      case 'submit':
        assert(process instanceof Client, 'operations are submitted to clients');
        return process.submit(input.operation);
    }
  }

  private restart(incarnation: number): void {
    const { process, lost } = this;
    this.lost = undefined;
    if (lost === undefined) return process.recover(incarnation);
    if (process instanceof Replica) return process.startOver(incarnation, lost);
    process.start();
    process.recover(incarnation);
  }

  private misled(
    malice: Malice | null,
    reports: readonly Report[],
    outgoing: readonly Outgoing[],
  ): Pick<TurnReport, 'reports' | 'outgoing'> {
    if (malice === null) return { reports, outgoing };
    const misdeed = malice(this.process, this.turns, outgoing);
    return { reports: [...reports, ...misdeed.reports], outgoing: misdeed.outgoing };
  }
}

/** A sound store that somebody else wrote is refused: its votes are not this process's. Throws StoreError. */
function requireStoreOf(id: ProcessId, c: Configuration, process: Replica | Client): void {
  const owner = process instanceof Replica ? process.id : processOfClient(process.id);
  if (owner !== id) {
    throw new StoreError(`the store is that of another process: of ${owner}, not of ${id}`);
  }
  if (process.cluster !== configurationDigest(c)) {
    throw new StoreError('the store is that of a process of another cluster');
  }
}

function checksOf({ verify }: MachineOptions): Pick<EngineOptions, 'verify'> {
  return verify === true ? { verify: verifying } : {};
}

function engineOptions(
  id: ProcessId,
  configuration: Configuration,
  incarnation: number,
): EngineOptions {
  return { seed: `${configuration.seed} ${id} ${incarnation}`, externals: { configuration } };
}

/** What a process takes for true of what arrives: the verdicts on its signatures, unless an ablation looks at none. */
function believed(c: Configuration, arrival: Arrival): Arrival {
  if (!arrival.ok || !isAblated(c, 'no-signatures')) return arrival;
  return { ...arrival, verdicts: arrival.verdicts.map(() => true) };
}

function processNamed(id: ProcessId, configuration: Configuration): Replica | Client {
  const client = clientOfProcess(id);
  if (client !== undefined) return new Client(client, configuration);
  assert(typeof id === 'number', 'a process is a client or a replica');
  return new Replica(replicaId(id), configuration);
}

function timersOf(replica: Replica): TurnReport['timers'] {
  const { timer, transfer } = replica;
  return [...(timer ? [timer.timer] : []), ...(transfer ? (['fetch'] as const) : [])];
}

function isOutput(output: unknown): output is Output {
  return typeof output === 'object' && output !== null && 'kind' in output;
}
