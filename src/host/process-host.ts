import { AssertionError, assert, defined } from '#core/base/assert.ts';
import { identityOf } from '#core/network/process-order.ts';
import { decodePacket } from '#core/pbft/codec.ts';
import type { Configuration } from '#core/pbft/configuration.ts';
import type { Packet, ProcessId } from '#core/pbft/message.ts';
import { signaturesOf, signingInput } from '#core/pbft/signing.ts';
import { StoreError } from '#core/persistent/store/store-error.ts';
import type { Malice } from '#core/replica/byzantine/malice.ts';
import type { Inspection } from '#core/replica/inspection.ts';
import { ProcessMachine } from '#core/replica/process-machine.ts';
import type { Arrival, ProcessInput, TurnReport } from '#core/replica/process.ts';
import type { Presence } from '#core/simulation/conductor.ts';
import type {
  Decision,
  Disk as DiskOrder,
  Failure,
  TurnInput,
  TurnRequest,
} from '#core/simulation/round.ts';

import { badCertificates } from './certificate-audit.ts';
import type { KeyRing } from './crypto/key-ring.ts';
import { engineOf, type DiskReport } from './disk-report.ts';
import { signedBytes } from './packet-signing.ts';
import { StorageLog, emptyLog } from './storage-log.ts';
import type { Drive, StorageChoice, Stored } from './storage/disk.ts';
import { StorageError } from './storage/storage-error.ts';
import type { FromProcess, ToProcess } from './turn-port.ts';

/** What a process is made of; the same in a worker and in a test. */
export interface ProcessParts {
  readonly process: ProcessId;
  readonly configuration: Configuration;
  readonly keys: KeyRing;
  /** A disk that cannot be opened fails the process. */
  readonly openDrive: () => Promise<Drive>;
  readonly storage: StorageChoice;
}

/** A look into a process. One that has failed cannot be inspected. */
export interface Look {
  readonly inspection: Inspection | undefined;
  readonly disk: DiskReport;
}

/**
 * One process of the lab: the life of a turn (architecture.md) around its machine.
 *
 * 1. A turn's outputs are signed, encoded and handed out only after its record is durable.
 * 2. Whatever fails, fails the process: it reports why and takes no further turn.
 * 3. Nobody but the bus changes it; the page only reads.
 */
export class ProcessHost {
  private readonly parts: ProcessParts;
  private log: StorageLog | undefined;
  private machine: ProcessMachine | undefined;
  private failure: Failure | undefined;
  private report: TurnReport | undefined;

  private constructor(parts: ProcessParts) {
    this.parts = parts;
  }

  /** A process at its disk. One whose disk does not serve is there all the same, to say so. */
  static async open(
    parts: ProcessParts,
    order: DiskOrder,
    incarnation: number,
  ): Promise<ProcessHost> {
    const host = new ProcessHost(parts);
    await host.attempt(async () => {
      host.log = new StorageLog(await parts.openDrive());
      const records = await host.log.open(order);
      host.machine =
        order.kind === 'new'
          ? ProcessMachine.start(identityOf(parts.process), parts.configuration)
          : await host.restored(records, incarnation);
      return host.machine;
    });
    return host;
  }

  /**
   * A process that goes on from where another host has left it: its records are put on its disk. That is no restart,
   * and no input says so. One that has not taken its first turn begins as `order` says.
   */
  static async adopt(
    parts: ProcessParts,
    stored: Stored,
    { disk, incarnation }: Pick<Presence, 'disk' | 'incarnation'>,
  ): Promise<ProcessHost> {
    const host = new ProcessHost(parts);
    await host.attempt(async () => {
      host.log = new StorageLog(await parts.openDrive());
      await host.log.adopt(stored);
      const { configuration } = parts;
      const process = identityOf(parts.process);
      host.machine =
        disk === 'new' && stored.log.length === 0
          ? ProcessMachine.start(process, configuration)
          : ProcessMachine.restore(process, configuration, stored.log, incarnation);
      return host.machine;
    });
    return host;
  }

  /**
   * What the disk remembers. A replica whose disk is refused begins a new log, as a learner (pbft.md 1.16);
   * a client would give a timestamp twice, and stops.
   */
  private async restored(
    records: readonly Uint8Array[],
    incarnation: number,
  ): Promise<ProcessMachine> {
    const { configuration } = this.parts;
    const process = identityOf(this.parts.process);
    try {
      return ProcessMachine.restore(process, configuration, records, incarnation);
    } catch (error) {
      if (!(error instanceof StoreError) || typeof process !== 'number') throw error;
      await defined(this.log, 'its log was read').open({ kind: 'wiped' });
      return ProcessMachine.withoutStore(process, configuration, incarnation, 'refused-store');
    }
  }

  async answer(question: ToProcess): Promise<FromProcess> {
    switch (question.type) {
      case 'turn':
        return { type: 'reported', report: await this.turn(question.request) };
      case 'decision':
        return this.decide(question.decision);
      case 'stored':
        return this.stored();
    }
  }

  /** What the process is and what its disk holds, between two turns. */
  look(): Look {
    const { machine, parts } = this;
    const size = this.log?.size ?? emptyLog;
    return {
      inspection: this.failure === undefined ? machine?.inspect() : undefined,
      disk: { ...engineOf(parts.storage), ...size, lastCommit: machine?.lastCommit() ?? [] },
    };
  }

  /** Certificates in its state that do not verify from scratch. */
  badCertificates(): Promise<readonly string[]> {
    const { configuration, keys } = this.parts;
    return badCertificates(this.machine?.audit() ?? [], configuration, keys);
  }

  private async stored(): Promise<FromProcess> {
    const stored = await this.attempt(() => defined(this.log, 'its log was opened').stored());
    return 'problem' in stored
      ? { type: 'refused', problem: stored.problem }
      : { type: 'stored', stored };
  }

  private async turn(request: TurnRequest): Promise<TurnReport | Failure> {
    assert(this.report === undefined, 'a turn is decided before the next one begins');
    const report = await this.attempt(async () => {
      const machine = defined(this.machine, 'a process that has not failed has a machine');
      const input = await this.inputOf(request.input);
      return machine.turn(request.nowUs, input, await malice(request.behaviour));
    });
    if (!('problem' in report)) this.report = report;
    return report;
  }

  private async decide(decision: Decision['decision']): Promise<FromProcess> {
    const report = defined(this.report, 'a decision is about a reported turn');
    this.report = undefined;
    const outcome = await this.attempt(async () => {
      if (decision !== 'before-commit' && decision !== 'send-only') await this.write();
      const sends = decision !== 'before-commit' && decision !== 'after-commit';
      return { bytes: sends ? await this.outgoing(report) : [] };
    });
    return 'problem' in outcome
      ? { type: 'refused', problem: outcome.problem }
      : { type: 'released', bytes: outcome.bytes };
  }

  private async write(): Promise<void> {
    const machine = defined(this.machine, 'a process that has taken a turn has a machine');
    const log = defined(this.log, 'a process that has taken a turn has a storage log');
    await log.commit(machine.commit());
    await log.compact(() => machine.compact());
  }

  private async outgoing(report: TurnReport): Promise<readonly Uint8Array[]> {
    const { configuration, keys } = this.parts;
    // A multicast is one packet for many: signed and encoded once.
    const encoded = new Map<Packet, Uint8Array>();
    const bytes: Uint8Array[] = [];
    for (const { packet } of report.outgoing) {
      const once = encoded.get(packet) ?? (await signedBytes(packet, configuration, keys));
      encoded.set(packet, once);
      bytes.push(once);
    }
    return bytes;
  }

  private async inputOf(input: TurnInput): Promise<ProcessInput> {
    if (input.type !== 'deliver') return input;
    return { type: 'deliver', from: input.from, arrival: await this.arrivalOf(input.bytes) };
  }

  private async arrivalOf(bytes: Uint8Array): Promise<Arrival> {
    const { configuration, keys } = this.parts;
    const decoded = decodePacket(bytes, configuration);
    if (!decoded.ok) return decoded;
    const verdicts = await Promise.all(
      signaturesOf(decoded.packet).map(({ signer, body, signature }) =>
        keys.verify(signer, signingInput(configuration, body), signature),
      ),
    );
    return { ok: true, packet: decoded.packet, verdicts };
  }

  /** Runs what may fail. A failure stops the process for good: everything later fails with it. */
  private async attempt<T extends object>(action: () => Promise<T>): Promise<T | Failure> {
    if (this.failure !== undefined) return this.failure;
    try {
      return await action();
    } catch (error) {
      this.failure = failureOf(error);
      return this.failure;
    }
  }
}

/** Most processes are correct: how to be otherwise is fetched by those that are not. */
async function malice(behaviour: TurnRequest['behaviour']): Promise<Malice | null> {
  if (behaviour === null) return null;
  const { maliceOf } = await import('#core/replica/byzantine/malice.ts');
  return maliceOf(behaviour);
}

/** Every error stops the process; a disk that does not serve is no bug of the program. */
function failureOf(error: unknown): Failure {
  if (error instanceof StorageError || error instanceof StoreError) {
    return { problem: error.message, storage: true };
  }
  if (error instanceof AssertionError) return { problem: error.message };
  if (error instanceof Error) return { problem: `${error.name}: ${error.message}` };
  throw error;
}
