import { defined } from '#core/base/assert.ts';
import { digestHex, sha256 } from '#core/base/digest.ts';
import { decodePacket, encodePacket } from '#core/pbft/codec.ts';
import { type Configuration, defaults } from '#core/pbft/configuration.ts';
import { keySeed } from '#core/pbft/key-seed.ts';
import type { Message, Packet, ProcessId, Signed } from '#core/pbft/message.ts';
import { signaturesOf, signing, signingInput } from '#core/pbft/signing.ts';

import { maliceOf } from './byzantine/malice.ts';
import type { ReplicaInspection } from './inspection.ts';
import { ProcessMachine } from './process-machine.ts';
import type { Arrival, Behaviour, ProcessInput, TurnReport } from './process.ts';
import type { Report } from './report.ts';

/** A message on its way. */
export interface Flight {
  readonly from: ProcessId;
  readonly to: ProcessId;
  readonly packet: Packet;
  readonly bytes: Uint8Array;
  readonly arrivesUs: number;
}

/** Where in a turn a process dies. */
export type CrashPoint = 'before-commit' | 'after-commit' | 'after-send';

/** Every message takes as long. */
const latencyUs = 10_000;

/**
 * A whole cluster in one thread for the tests of this folder: every turn is committed to an array of
 * records, every packet is signed, encoded, decoded and verified.
 */
export class TestCluster {
  readonly configuration: Configuration;
  readonly machines = new Map<ProcessId, ProcessMachine>();
  readonly records = new Map<ProcessId, Uint8Array[]>();
  readonly reports: { readonly process: ProcessId; readonly report: Report }[] = [];
  readonly behaviours = new Map<ProcessId, Behaviour>();
  /** What is lost on its way. */
  isLost: (flight: Flight) => boolean = () => false;
  /** Where a process dies in a turn, to be started again at once. */
  crashIn: (id: ProcessId, turn: number) => CrashPoint | undefined = () => undefined;
  /** Sees each message as it arrives, before its receiver does. */
  beforeDelivery: (flight: Flight) => void = () => {};
  /** Everything that ever left, in order. */
  readonly sent: Flight[] = [];
  flights: Flight[] = [];
  nowUs = 0;
  private readonly accepted = new Map<ProcessId, readonly string[]>();
  private readonly timers = new Map<ProcessId, number | null>();
  private readonly incarnations = new Map<ProcessId, number>();

  constructor(overrides: Partial<Configuration> = {}) {
    this.configuration = { ...defaults, ...overrides };
    const { n, clients } = this.configuration;
    const ids: ProcessId[] = [
      ...Array.from({ length: n }, (_, i) => i),
      ...Array.from({ length: clients }, (_, i): ProcessId => `c${i}`),
    ];
    for (const id of ids) {
      this.machines.set(id, ProcessMachine.start(id, this.configuration, { verify: true }));
      this.records.set(id, []);
      this.give(id, { type: 'start' });
    }
  }

  submit(operation: unknown, client: ProcessId = 'c0'): void {
    this.give(client, { type: 'submit', operation: JSON.stringify(operation) });
  }

  /** Ends a process; what it has committed stays. */
  crash(id: ProcessId): void {
    this.machines.delete(id);
    this.timers.delete(id);
  }

  /** Starts a process again from its records. */
  restart(id: ProcessId): void {
    const incarnation = (this.incarnations.get(id) ?? 0) + 1;
    this.incarnations.set(id, incarnation);
    const records = defined(this.records.get(id), 'a process has records');
    const machine = ProcessMachine.restore(id, this.configuration, records, incarnation, {
      verify: true,
    });
    this.machines.set(id, machine);
    this.give(id, { type: 'restart', incarnation });
  }

  /** Lets virtual time pass. */
  run(ms: number): void {
    const endUs = this.nowUs + ms * 1000;
    while (this.step(endUs)) continue;
    this.nowUs = endUs;
  }

  /** Runs until it holds, for at most so long. Tells whether it does. */
  runUntil(holds: () => boolean, ms = 10_000): boolean {
    const endUs = this.nowUs + ms * 1000;
    while (!holds() && this.step(endUs)) continue;
    return holds();
  }

  /** One turn of one process. */
  give(id: ProcessId, input: ProcessInput): TurnReport {
    const machine = defined(this.machines.get(id), `process ${id} runs`);
    const report = machine.turn(this.nowUs, input, maliceOf(this.behaviours.get(id) ?? null));
    const point = this.crashIn(id, report.turn);
    if (point !== 'before-commit') {
      this.records.get(id)?.push(machine.commit());
      for (const told of report.reports) this.hear(id, told);
    }
    this.timers.set(id, report.nextTimerUs);
    if (point === undefined || point === 'after-send') {
      for (const { to, packet } of report.outgoing) this.send(id, to, packet);
    }
    if (point !== undefined) {
      this.crash(id);
      this.restart(id);
    }
    return report;
  }

  replica(id: number): ReplicaInspection {
    const inspection = defined(this.machines.get(id), `replica ${id} runs`).inspect();
    if (inspection.kind !== 'replica') throw new TypeError(`${id} is no replica`);
    return inspection;
  }

  /** The results that a client has accepted. */
  answers(client: ProcessId = 'c0'): readonly string[] {
    return this.accepted.get(client) ?? [];
  }

  reported<T extends Report['type']>(type: T): readonly Extract<Report, { readonly type: T }>[] {
    return this.reports
      .map(({ report }) => report)
      .filter((report): report is Extract<Report, { readonly type: T }> => report.type === type);
  }

  private hear(process: ProcessId, report: Report): void {
    this.reports.push({ process, report });
    if (report.type !== 'answered') return;
    this.accepted.set(process, [...this.answers(process), report.result]);
  }

  private step(endUs: number): boolean {
    const flight = this.flights.reduce<Flight | undefined>(
      (first, next) => (first === undefined || next.arrivesUs < first.arrivesUs ? next : first),
      undefined,
    );
    const timer = [...this.timers].reduce<{ id: ProcessId; atUs: number } | undefined>(
      (first, [id, dueUs]) => {
        if (dueUs === null) return first;
        const atUs = Math.max(dueUs, this.nowUs);
        return first === undefined || atUs < first.atUs ? { id, atUs } : first;
      },
      undefined,
    );
    if (timer !== undefined && timer.atUs <= Math.min(endUs, flight?.arrivesUs ?? endUs)) {
      this.nowUs = timer.atUs;
      this.give(timer.id, { type: 'timer' });
      return true;
    }
    if (flight === undefined || flight.arrivesUs > endUs) return false;
    this.nowUs = flight.arrivesUs;
    this.flights = this.flights.filter((other) => other !== flight);
    if (this.machines.has(flight.to)) this.deliver(flight);
    return true;
  }

  private deliver(flight: Flight): void {
    this.beforeDelivery(flight);
    const { from, to, bytes } = flight;
    this.give(to, { type: 'deliver', from, arrival: arrivalOf(bytes, this.configuration) });
  }

  private send(from: ProcessId, to: ProcessId, unsigned: Packet): void {
    const packet = signed(unsigned, this.configuration);
    const bytes = encodePacket(packet, this.configuration);
    const flight = { from, to, packet, bytes, arrivesUs: this.nowUs + latencyUs };
    this.sent.push(flight);
    if (!this.isLost(flight)) this.flights.push(flight);
  }
}

/** What a host makes of bytes. */
export function arrivalOf(bytes: Uint8Array, c: Configuration): Arrival {
  const decoded = decodePacket(bytes, c);
  if (!decoded.ok) return decoded;
  const { packet } = decoded;
  const verdicts = signaturesOf(packet).map((message) => verifies(c, message));
  return { ok: true, packet, verdicts };
}

/** Whether a message is its signer's; an own one is signed when it leaves. */
export function verifies(c: Configuration, { signer, body, signature }: Signed<Message>): boolean {
  if (signature === 'own') return true;
  return signature === simulatedSignature(c, signer, signingInput(c, body));
}

/** A packet as it leaves: every own message in it signed. */
export function signed(packet: Packet, c: Configuration): Packet {
  const tasks = signing(packet, c);
  let task = tasks.next();
  while (task.done !== true) {
    task = tasks.next(simulatedSignature(c, task.value.signer, task.value.bytes));
  }
  return task.value;
}

function simulatedSignature(c: Configuration, signer: ProcessId, bytes: Uint8Array): string {
  const secret = keySeed(c.seed, signer);
  const half = sha256(new Uint8Array([...secret, ...bytes]));
  return `${digestHex(half)}${digestHex(new Uint8Array([...half, 1]))}`;
}
