import { defined } from '#core/base/assert.ts';
import { Random } from '#core/base/random.ts';
import { type Configuration, defaults } from '#core/pbft/configuration.ts';
import type { Identity, Packet } from '#core/pbft/message.ts';
import { processOfClient } from '#core/pbft/signed.ts';
import { isSignedAs } from '#core/pbft/signed.ts';
import { clientId, timestamp } from '#core/pbft/terms.ts';
import { ProcessMachine } from '#core/replica/process-machine.ts';
import type { ProcessInput, TurnReport } from '#core/replica/process.ts';

import { Forger, requestOf } from './forger.ts';
import { Projector } from './projector.ts';
import { newReplica, type Settings, settingsOf, type StepReplica } from './step-replica.ts';
import { step, type StepInput } from './step.ts';
import { type SymbolicMessage, textOf } from './symbols.ts';
import { timerOf } from './view-step.ts';

/** What a schedule is drawn from. */
export interface ScheduleOptions {
  readonly seed: number;
  readonly n: number;
  readonly steps: number;
  /** Whether one replica, the one whose number the seed gives, is Byzantine. */
  readonly isByzantine: boolean;
}

/** What a schedule has come to, when both said the same all along. */
export interface ScheduleOutcome {
  readonly deliveries: number;
  readonly executed: number;
  readonly stable: number;
  readonly view: number;
  readonly forged: number;
  readonly difference: string | undefined;
}

interface Pair {
  readonly id: number;
  readonly machine: ProcessMachine;
  readonly model: StepReplica;
  readonly ledger: string[];
}

interface Flight {
  readonly from: Identity;
  readonly to: number;
  readonly packet: Packet;
}

/** Gives the same random schedule to the workflows and to the step machine, and compares turn by turn. */
export class Differential {
  private readonly c: Configuration;
  private readonly settings: Settings;
  private readonly random: Random;
  private readonly projector: Projector;
  private readonly pairs: readonly Pair[];
  private readonly forger: Forger;
  private readonly options: ScheduleOptions;
  private readonly flights: Flight[] = [];
  private nowUs = 0;
  private requests = 0;
  private deliveries = 0;
  private forged = 0;
  private difference: string | undefined;

  constructor(options: ScheduleOptions) {
    const { seed, n } = options;
    this.options = options;
    this.random = new Random(`differential ${seed}`);
    const batchMax = this.random.integer(1, 3);
    const pipeline = this.random.integer(1, 4);
    const f = Math.floor((n - 1) / 3);
    // Nothing is ever too early to be repeated: the step machine has no clock.
    const timing = { resendMs: 1, checkpointInterval: 2, logSize: 4 };
    this.c = {
      ...defaults,
      ...timing,
      n,
      f,
      seed,
      clients: 3,
      service: 'list',
      batchMax,
      pipeline,
    };
    this.settings = settingsOf({
      n,
      f,
      interval: 2,
      logSize: 4,
      batchMax,
      pipeline,
      leftOut: undefined,
    });
    this.projector = new Projector(this.c);
    const byzantine = options.isByzantine ? seed % n : -1;
    this.forger = new Forger(Math.max(0, byzantine), this.c, this.random);
    this.pairs = Array.from({ length: n }, (_, id) => ({
      id,
      machine: ProcessMachine.start(id, this.c),
      model: newReplica(id),
      ledger: [],
    })).filter(({ id }) => id !== byzantine);
    for (const { machine } of this.pairs) machine.turn(0, { type: 'start' }, null);
  }

  /** Runs the schedule, up to the first difference. */
  run(): ScheduleOutcome {
    const { steps } = this.options;
    for (let i = 0; i < steps && this.difference === undefined; i++) this.act();
    while (this.flights.length > 0 && this.difference === undefined) this.deliver(false);
    const models = this.pairs.map(({ model }) => model);
    return {
      deliveries: this.deliveries,
      executed: Math.max(...models.map(({ lastExecuted }) => lastExecuted)),
      stable: Math.max(...models.map(({ low }) => low)),
      view: Math.max(...models.map(({ phase, view }) => (phase === 'normal' ? view : 0))),
      forged: this.forged,
      difference: this.difference,
    };
  }

  private act(): void {
    const dice = this.random.next();
    if (dice < 0.06) this.submit();
    else if (dice < 0.07) this.expire();
    else if (this.options.isByzantine && dice < 0.17) this.forge();
    else if (this.flights.length > 0) this.deliver(true);
  }

  /** A client's request to some of the replicas; sometimes an old one again. */
  private submit(): void {
    const isAgain = this.random.next() < 0.1;
    const number = isAgain ? this.random.integer(0, this.requests) : this.requests++;
    const request = requestOf({
      type: 'request',
      operation: JSON.stringify({ append: `${number}` }),
      timestamp: timestamp(1 + Math.floor(number / 3)),
      client: clientId(number % 3),
    });
    const packet = { signed: request };
    this.forger.hear(packet);
    const all = this.random.next() < 0.5;
    for (const { id } of all ? this.pairs : [this.random.pick(this.pairs)]) {
      this.flights.push({ from: processOfClient(request.body.client), to: id, packet });
    }
  }

  private expire(): void {
    this.give(this.random.pick(this.pairs), { type: 'expire' }, { type: 'expire' });
  }

  private forge(): void {
    const { model } = this.random.pick(this.pairs);
    const packet = this.forger.forge(model.view, model.low + this.settings.logSize + 1);
    if (packet === undefined) return;
    this.forged++;
    this.forger.hear(packet);
    for (const { id } of this.pairs) {
      if (this.random.next() < 0.7) this.flights.push({ from: this.forger.id, to: id, packet });
    }
  }

  private deliver(isFaulty: boolean): void {
    // Mostly what is oldest, so that something comes of it.
    const span = this.random.next() < 0.7 ? 8 : this.flights.length;
    const at = this.random.integer(0, Math.min(span, this.flights.length) - 1);
    const flight = defined(this.flights[at], 'the flight is there');
    const fate = isFaulty ? this.random.next() : 1;
    if (fate > 0.03) this.flights.splice(at, 1);
    if (fate < 0.06 && fate > 0.03) return;
    const { from, to, packet } = flight;
    const pair = this.pairs.find(({ id }) => id === to);
    if (pair === undefined) return;
    this.deliveries++;
    const message = defined(this.projector.project(packet), 'what is in flight has symbols');
    const arrival = { ok: true, packet, verdicts: [true] } as const;
    this.give(pair, { type: 'deliver', from, arrival }, { type: 'deliver', from, message });
  }

  private give(pair: Pair, input: ProcessInput, symbolic: StepInput): void {
    this.nowUs += 20_000;
    const { machine, model } = pair;
    const report = machine.turn(this.nowUs, input, null);
    const outputs = step(this.settings, model, symbolic);
    for (const { message } of outputs) this.pairDigests(report, message);
    const expected = outputs.flatMap(({ to, message }) => {
      if (isSettled(message, model)) return [];
      const others = Array.from({ length: this.c.n }, (_, i) => i).filter((i) => i !== pair.id);
      return (to === 'others' ? others : [to]).map((one) => `${one}: ${textOf(message)}`);
    });
    const sent = report.outgoing.flatMap(({ to, packet }) => {
      const message = this.projector.project(packet);
      const isWorthIt = message !== undefined && !isSettled(message, model);
      return isWorthIt ? [`${to}: ${textOf(message)}`] : [];
    });
    for (const told of report.reports) {
      if (told.type === 'executed') pair.ledger.push(`${told.sequence} ${told.executed}`);
    }
    this.compare(pair, symbolic, 'sends', sent.toSorted(), expected.toSorted());
    const timer = timerOf({ settings: this.settings, me: model });
    this.compare(pair, symbolic, 'waits for', report.timers, timer === undefined ? [] : [timer]);
    if (this.deliveries % 8 === 0) {
      this.compare(pair, symbolic, 'is', standingOf(machine), modelStanding(model));
    }
    this.post(pair, report);
  }

  /** The digests of a state are what both say of it. */
  private pairDigests({ outgoing }: TurnReport, message: SymbolicMessage): void {
    if (message.type !== 'checkpoint') return;
    for (const { packet } of outgoing) {
      const { signed } = packet;
      if (!isSignedAs(signed, 'checkpoint') || signed.body.sequence !== message.sequence) continue;
      this.projector.bind(signed.body.digest, message.digest);
    }
  }

  /** What was sent is in flight; who fetches a batch gets it from somebody. */
  private post({ id }: Pair, { outgoing }: TurnReport): void {
    for (const { to, packet } of outgoing) {
      const { signed } = packet;
      if (this.projector.project(packet) === undefined) continue;
      this.forger.hear(packet);
      if (isSignedAs(signed, 'fetch') && signed.body.kind === 'body') {
        const answer = this.forger.body(signed.body.digest);
        if (answer !== undefined && to === this.forger.id) {
          this.flights.push({ from: this.forger.id, to: id, packet: answer });
        }
      } else if (typeof to === 'number') this.flights.push({ from: id, to, packet });
    }
  }

  private compare(
    { id }: Pair,
    input: StepInput,
    what: string,
    workflows: readonly string[],
    model: readonly string[],
  ): void {
    const told = workflows.join('\n  ');
    const expected = model.join('\n  ');
    if (told === expected || this.difference !== undefined) return;
    const given = input.type === 'expire' ? 'the expiry of its timer' : textOf(input.message);
    this.difference = `given ${given}, replica ${id} ${what}\n  ${told}\nand the step machine\n  ${expected}`;
  }
}

/** Whether a place has left the log in this very turn: whether it was still voted for matters to nobody. */
function isSettled(message: SymbolicMessage, { low }: StepReplica): boolean {
  const { type } = message;
  return (type === 'prepare' || type === 'commit') && message.sequence <= low;
}

function standingOf(machine: ProcessMachine): readonly string[] {
  const inspection = machine.inspect();
  if (inspection.kind !== 'replica') throw new TypeError('a replica is looked into');
  const { view, status, lowWatermark, lastExecuted, pending, slots } = inspection;
  return [
    `view ${view}, ${status}, h ${lowWatermark}, executed ${lastExecuted}`,
    `waiting: ${pending.map(({ client, timestamp }) => `c${client}.${timestamp}`).join()}`,
    `places: ${slots
      .toSorted((a, b) => a.sequence - b.sequence)
      .map(({ sequence }) => sequence)
      .join()}`,
  ];
}

function modelStanding(model: StepReplica): readonly string[] {
  const { view, phase, low, lastExecuted, queue, places } = model;
  return [
    `view ${view}, ${phase}, h ${low}, executed ${lastExecuted}`,
    `waiting: ${[...queue.values()].map(({ client, timestamp }) => `c${client}.${timestamp}`).join()}`,
    `places: ${[...places.keys()].toSorted((a, b) => a - b).join()}`,
  ];
}
