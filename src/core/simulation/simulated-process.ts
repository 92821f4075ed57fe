import { AssertionError } from '#core/base/assert.ts';
import { identityOf } from '#core/network/process-order.ts';
import { decodePacket, encodePacket } from '#core/pbft/codec.ts';
import type { Configuration } from '#core/pbft/configuration.ts';
import type { Identity, Packet, ProcessId } from '#core/pbft/message.ts';
import { signaturesOf, signing, signingInput } from '#core/pbft/signing.ts';
import { StoreError } from '#core/persistent/index.ts';
import { maliceOf } from '#core/replica/byzantine/malice.ts';
import { ProcessMachine } from '#core/replica/process-machine.ts';
import type { Arrival, ProcessInput, TurnReport } from '#core/replica/process.ts';

import { badCertificatesIn } from './certificate-audit.ts';
import type { Crypto } from './crypto.ts';
import type { SimulatedDisk } from './disk.ts';
import type { Examination } from './examination.ts';
import type { Action, Failure, TurnRequest } from './round.ts';

/** What the processes of one cluster share. */
export interface Surroundings {
  readonly configuration: Configuration;
  readonly crypto: Crypto;
  /** Bytes of packets that were sent, by packet: a multicast is signed and encoded once. */
  readonly encoded: WeakMap<Packet, Uint8Array>;
  /** What bytes were found to be: a multicast is decoded and verified once. */
  readonly arrivals: WeakMap<Uint8Array, Arrival>;
}

/** One process in a thread with others: a machine while it runs, and a disk that outlives it. */
export class SimulatedProcess {
  readonly id: ProcessId;
  /** In whose name it speaks. */
  private readonly identity: Identity;
  private readonly disk: SimulatedDisk;
  private readonly surroundings: Surroundings;
  private machine: ProcessMachine | undefined;
  private refused: Failure | undefined;

  constructor(id: ProcessId, surroundings: Surroundings, disk: SimulatedDisk) {
    this.id = id;
    this.identity = identityOf(id);
    this.disk = disk;
    this.surroundings = surroundings;
  }

  get records(): readonly Uint8Array[] {
    return this.disk.records;
  }

  /** Brings the process up from its disk. */
  spawn({ disk, incarnation }: Extract<Action, { readonly type: 'spawn' }>): void {
    const { configuration } = this.surroundings;
    this.disk.prepare(disk);
    this.refused = undefined;
    this.machine =
      disk.kind === 'new'
        ? ProcessMachine.start(this.identity, configuration)
        : this.restored(incarnation);
  }

  /** Brings the second instance up from what is on the disk of the first. */
  copy(first: SimulatedProcess, incarnation: number): void {
    this.disk.copy(first.disk);
    this.refused = undefined;
    this.machine = this.restored(incarnation);
  }

  /**
   * A replica whose disk is refused begins a new one, as a learner. A client would give a timestamp
   * twice, and stops.
   */
  private restored(incarnation: number): ProcessMachine | undefined {
    const { identity: id, disk } = this;
    const { configuration } = this.surroundings;
    try {
      return ProcessMachine.restore(id, configuration, disk.records, incarnation);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      if (typeof id !== 'number') {
        this.refused = { problem: error.message };
        return undefined;
      }
      disk.prepare({ kind: 'wiped' });
      return ProcessMachine.withoutStore(id, configuration, incarnation, 'refused-store');
    }
  }

  terminate(): void {
    this.machine = undefined;
  }

  /** Runs a turn up to its commit. */
  turn({ input, nowUs, behaviour }: TurnRequest): TurnReport | Failure {
    if (this.refused !== undefined) return this.refused;
    try {
      return this.running.turn(nowUs, this.inputOf(input), maliceOf(behaviour));
    } catch (error) {
      if (!(error instanceof AssertionError)) throw error;
      this.machine = undefined;
      return { problem: error.message };
    }
  }

  /** Makes the turn durable. */
  commit(): void {
    this.disk.append(this.running.commit());
    if (this.disk.isLong) this.disk.compact(this.running.compact());
  }

  /** The bytes of an output, with the signatures of this process. */
  encode(packet: Packet): Uint8Array {
    const { configuration, crypto, encoded } = this.surroundings;
    const known = encoded.get(packet);
    if (known !== undefined) return known;
    const tasks = signing(packet, configuration);
    let step = tasks.next();
    while (step.done !== true) {
      step = tasks.next(crypto.sign(step.value.signer, step.value.bytes));
    }
    const bytes = encodePacket(step.value, configuration);
    encoded.set(packet, bytes);
    return bytes;
  }

  /** A look inside, if it runs: state, and every certificate verified from scratch. */
  examine(): Examination | undefined {
    if (this.machine === undefined) return undefined;
    const { configuration, crypto } = this.surroundings;
    const badCertificates = badCertificatesIn(this.machine.audit(), ({ signer, body, signature }) =>
      crypto.verify(signer, signingInput(configuration, body), signature),
    );
    return { process: this.id, inspection: this.machine.inspect(), badCertificates };
  }

  private get running(): ProcessMachine {
    if (this.machine === undefined) throw new AssertionError(`process ${this.id} runs`);
    return this.machine;
  }

  private inputOf(input: TurnRequest['input']): ProcessInput {
    if (input.type !== 'deliver') return input;
    return { type: 'deliver', from: input.from, arrival: this.arrivalOf(input.bytes) };
  }

  private arrivalOf(bytes: Uint8Array): Arrival {
    const { configuration, crypto, arrivals } = this.surroundings;
    const known = arrivals.get(bytes);
    if (known !== undefined) return known;
    const decoded = decodePacket(bytes, configuration);
    const arrival: Arrival = decoded.ok
      ? {
          ok: true,
          packet: decoded.packet,
          verdicts: signaturesOf(decoded.packet).map(({ body, signer, signature }) =>
            crypto.verify(signer, signingInput(configuration, body), signature),
          ),
        }
      : decoded;
    arrivals.set(bytes, arrival);
    return arrival;
  }
}
