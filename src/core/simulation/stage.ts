import { defined } from '#core/base/assert.ts';
import { Bus } from '#core/network/bus.ts';
import { headerOf } from '#core/network/header.ts';
import {
  clientOf,
  clientProcess,
  identityOf,
  instancesOf,
  isTwin,
  twinOf,
} from '#core/network/process-order.ts';
import type { CrashPoint, TraceEvent } from '#core/network/trace-event.ts';
import type { Configuration } from '#core/pbft/configuration.ts';
import type { Packet, ProcessId } from '#core/pbft/message.ts';
import type { Outgoing } from '#core/replica/process.ts';

import { Agenda, usOf } from './agenda.ts';
import { Oracle, type Violation } from './checkers/oracle.ts';
import { configurationOf } from './configuration.ts';
import { countsOf, Tally } from './counts.ts';
import type { Examination } from './examination.ts';
import { Life } from './life.ts';
import { Operations } from './operations.ts';
import { Progress } from './progress.ts';
import type { Action, Disk, Literal, Round, TurnRequest } from './round.ts';
import type { Operation, Scenario, Verdict } from './scenario.ts';
import { canonicalJson, Trace, type Circumstances, type Happening } from './trace.ts';

/** Says what a client does next, `index` being how many operations it has had; undefined: nothing more. */
export type Load = (client: number, index: number) => Operation | undefined;

/** What a host may choose beside the scenario. */
export interface RunOptions {
  /**
   * How much of the past a run keeps: by default all of it. With a number no event is kept, only the digest of all, and each checker remembers so
   * many entries: for runs of any length. Steps that look back (`older`, messages seen) are not for those.
   */
  readonly remember?: number;
  /** Closed-loop clients: whoever has an answer gets its next operation at once. No part of the scenario. */
  readonly load?: Load;
}

/** Everything a run consists of: processes as the bus knows them, messages, steps, trace. */
export class Stage {
  readonly scenario: Scenario;
  readonly configuration: Configuration;
  readonly trace: Trace;
  readonly agenda: Agenda;
  readonly operations: Operations;
  readonly progress: Progress;
  readonly oracle: Oracle;
  readonly bus: Bus;
  /** In the order that breaks ties. */
  readonly lives: ReadonlyMap<ProcessId, Life>;
  /** What looks into processes found, with the instant: outside of the trace. */
  readonly findings: (Violation & { readonly atMs: number })[] = [];
  private readonly tally: Tally | undefined;
  private readonly load: Load | undefined;
  /** Whether a program contradicted itself: a bug, and the end of the run. */
  hasContradiction = false;
  private nowUs = 0;
  private actions: Action[] = [];
  private literals: Literal[] = [];

  constructor(scenario: Scenario, { remember = Infinity, load }: RunOptions = {}) {
    this.scenario = scenario;
    this.configuration = configurationOf(scenario);
    this.load = load;
    this.trace = new Trace(remember === Infinity);
    this.tally = remember === Infinity ? undefined : new Tally(remember);
    this.operations = new Operations(remember);
    this.agenda = new Agenda(scenario.steps);
    this.progress = new Progress(scenario.replicas, scenario.clients, remember);
    this.oracle = new Oracle(this.configuration, undefined, remember);
    this.bus = new Bus(
      scenario.seed,
      scenario.network,
      this.operations.carries,
      (event, process) =>
        void this.tell(this.nowUs, event, process === undefined ? {} : { process }),
    );
    const processes = instancesOf(scenario.replicas, scenario.clients);
    this.lives = new Map(processes.map((process) => [process, new Life(process)]));
    for (const life of this.lives.values()) if (isTwin(life.process)) life.status = 'absent';
  }

  /** Whatever the bus does from here on, it does at this instant. */
  setNow(nowUs: number): void {
    this.nowUs = nowUs;
  }

  life(process: ProcessId): Life {
    return defined(this.lives.get(process), `${process} is a process of this run`);
  }

  /** Every process starts for the first time. */
  begin(): void {
    for (const life of this.lives.values()) {
      if (life.status !== 'absent') this.spawn(life, { kind: 'new' });
    }
    for (const client of this.progress.clients.keys()) this.feed(client);
  }

  /** Appends an event to the trace, and asks the checkers what they say to it. */
  tell(nowUs: number, happening: Happening, circumstances: Circumstances = {}): TraceEvent {
    const event = this.trace.append(nowUs, happening, circumstances);
    this.progress.observe(event);
    this.tally?.observe(event, (process) => this.progress.isCorrect(process));
    for (const finding of this.oracle.observe(event)) this.trace.append(nowUs, finding);
    if (event.type === 'answered' && event.lost !== true) this.feed(event.client);
    return event;
  }

  /** How often everything has happened. */
  counts(): Verdict['counts'] {
    const isCorrect = (process: ProcessId): boolean => this.progress.isCorrect(process);
    return this.tally?.counts ?? countsOf(this.trace.events, isCorrect);
  }

  /** Gives a client an operation. */
  give(client: number, operation: Operation): void {
    this.life(clientProcess(client)).submissions.push(canonicalJson(operation));
    this.progress.give(client);
  }

  /** A client of a load that has its answer gets its next operation. */
  private feed(client: number): void {
    const operation = this.load?.(client, this.progress.clients[client]?.given ?? 0);
    if (operation !== undefined) this.give(client, operation);
  }

  /** The next instant at which anything is due. */
  nextInstantUs(): number | undefined {
    const candidates = [this.agenda.nextDueUs, this.bus.nextArrivalUs];
    for (const life of this.lives.values()) {
      if (life.isAwake && life.timerUs !== null) candidates.push(life.timerUs);
    }
    const times = candidates.filter((time) => time !== undefined);
    return times.length === 0 ? undefined : Math.max(this.nowUs, Math.min(...times));
  }

  /** What is to be done next in this instant; undefined if nothing is. */
  nextRound(nowUs: number): Round | undefined {
    this.nowUs = nowUs;
    const isUp = (process: ProcessId): boolean => this.life(process).status === 'running';
    for (const flight of this.bus.arrivals(nowUs, isUp)) {
      this.life(flight.parcel.to).inbox.push(flight);
    }
    const turns: TurnRequest[] = [];
    for (const life of this.lives.values()) {
      const partner = this.lives.get(life.behaviour?.with ?? life.process);
      const turn = life.takeTurn(nowUs, partner?.proposals ?? []);
      if (turn !== undefined) turns.push(turn);
    }
    const { actions } = this;
    this.actions = [];
    if (turns.length + actions.length + this.literals.length === 0) return undefined;
    return { nowUs, actions, turns, literals: [...this.literals] };
  }

  /** Hands a message of a process to the bus. */
  send(nowUs: number, from: ProcessId, outgoing: Outgoing, bytes: Uint8Array): void {
    const { to, packet, delayMs = 0 } = outgoing;
    this.nowUs = nowUs;
    const envelope = { from, to, header: headerOf(packet) };
    this.operations.see(packet, envelope, bytes);
    this.confide(from, outgoing);
    for (const instance of this.instancesAt(to)) {
      this.bus.send(nowUs, { ...envelope, to: instance, bytes }, usOf(delayMs));
    }
  }

  /** Where a message to `to` goes: to both instances, if there are two. */
  instancesAt(to: ProcessId): readonly ProcessId[] {
    if (typeof to !== 'number') return [to];
    const twin = twinOf(to);
    return this.life(twin).status === 'absent' ? [to] : [to, twin];
  }

  /** Who colludes with a primary knows what it has proposed to whom. */
  private confide(from: ProcessId, { to, packet }: Outgoing): void {
    const { body, signer } = packet.signed;
    if (body.type !== 'pre-prepare' || signer !== identityOf(from)) return;
    const { view, sequence, digest } = body;
    this.life(signer).confide({ to, view, sequence, digest });
  }

  /** A message written by hand leaves at the end of the next round. */
  writeLiteral(process: ProcessId, to: ProcessId, packet: Packet): void {
    this.literals.push({ process, outgoing: { to, packet } });
  }

  /** Sends the literal messages of the round, signed by the host. */
  sendLiterals(nowUs: number, bytes: readonly Uint8Array[]): void {
    const { literals } = this;
    this.literals = [];
    for (const [i, { process, outgoing }] of literals.entries()) {
      this.send(nowUs, process, outgoing, defined(bytes[i], 'literals are signed'));
    }
  }

  /** Starts a process, for the first time or again. */
  spawn(life: Life, disk: Disk): void {
    // What has never committed a turn has said nothing: it is as new as before.
    const from: Disk = life.isNew ? { kind: 'new' } : disk;
    life.begin(from);
    const { process, incarnation } = life;
    this.actions.push({ type: 'spawn', process, incarnation, disk: from });
  }

  /** A second instance of a replica begins, if it has none: as new as the first, or from a copy of its records. */
  double(nowUs: number, first: Life): void {
    const of = Number(first.process);
    const twin = this.life(twinOf(of));
    if (twin.status !== 'absent') return;
    const { process } = twin;
    twin.behaviour = { behaviour: 'twin', second: true };
    twin.isNew = true;
    twin.turns = 0;
    if (first.isNew) {
      this.spawn(twin, { kind: 'new' });
      this.tell(nowUs, { type: 'doubled', of, incarnation: 0 }, { process });
      return;
    }
    twin.copy(first);
    const { turns: turn, incarnation } = twin;
    this.actions.push({ type: 'copy', process, of, incarnation });
    this.tell(nowUs, { type: 'doubled', of, turn, incarnation }, { process });
  }

  /** The second instance of a replica goes, if there is one. */
  part(nowUs: number, first: Life): void {
    const twin = this.life(twinOf(Number(first.process)));
    if (twin.status === 'absent') return;
    this.end(nowUs, twin, 'absent');
    this.tell(nowUs, { type: 'parted' }, { process: twin.process });
  }

  /** Ends a process; what was on its way to it is lost. */
  crash(nowUs: number, life: Life, point: CrashPoint): void {
    this.end(nowUs, life, 'crashed');
    this.tell(nowUs, { type: 'crashed', point }, { process: life.process });
  }

  /** A process cannot go on: fail-stop. */
  fail(nowUs: number, life: Life, problem: string, isStorage: boolean): void {
    this.end(nowUs, life, 'failed');
    this.tell(nowUs, { type: 'failed', problem }, { process: life.process });
    if (!isStorage) this.hasContradiction = true;
  }

  private end(nowUs: number, life: Life, status: 'crashed' | 'failed' | 'absent'): void {
    this.nowUs = nowUs;
    for (const flight of life.end(status)) this.bus.loseArrived(flight);
    this.bus.loseAllTo(life.process);
    this.actions.push({ type: 'terminate', process: life.process });
  }

  /** Judges a look into a process. What it finds stays out of the trace: not every host looks at the same instants. */
  examine(nowUs: number, examination: Examination): void {
    this.file(nowUs, this.oracle.examine(examination));
  }

  /** Judges the run as a whole; that too stays out of the trace. */
  conclude(nowUs: number): void {
    this.file(nowUs, this.oracle.conclude());
  }

  private file(nowUs: number, violations: readonly Violation[]): void {
    this.findings.push(...violations.map((violation) => ({ ...violation, atMs: nowUs / 1000 })));
  }

  /** Nothing is to come but STATUS and resends. */
  isQuiet(): boolean {
    if (this.agenda.nextDueUs !== undefined || !this.bus.isEmpty || this.literals.length > 0) {
      return false;
    }
    for (const life of this.lives.values()) {
      const hasInput = life.boot ?? life.submissions[0] ?? life.inbox[0];
      if (hasInput !== undefined || life.isExpired) return false;
      if (life.status === 'running' && this.isWaiting(life)) return false;
    }
    return true;
  }

  /** A replica says what it waits for; a client that waits for an answer has a timer that matters. */
  private isWaiting({ process, timers, behaviour }: Life): boolean {
    // Nobody waits for a Byzantine process to come to an end.
    if (behaviour !== null) return false;
    if (timers.length > 0) return true;
    const client = this.progress.clients[clientOf(process) ?? -1];
    return client !== undefined && client.answered < client.given;
  }

  /** Every running correct replica has executed so many operations, and correct clients have as many answers. */
  haveExecuted(count: number): boolean {
    const running = this.runningCorrect();
    if (running.length === 0) return false;
    const answered = this.progress.clients
      .filter((_, client) => this.progress.isCorrect(clientProcess(client)))
      .reduce((sum, client) => sum + client.answered, 0);
    return answered >= count && running.every(({ executed }) => executed >= count);
  }

  /** The progress of every running correct replica. */
  runningCorrect(): readonly Progress['replicas'][number][] {
    return this.progress.replicas.filter(
      (_, id) => this.life(id).status === 'running' && this.progress.isCorrect(id),
    );
  }
}
