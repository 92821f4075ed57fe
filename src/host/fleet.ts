import { assert, defined } from '#core/base/assert.ts';
import type { Configuration } from '#core/pbft/configuration.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import type { Presence } from '#core/simulation/conductor.ts';
import type {
  Action,
  Decision,
  Disk as DiskOrder,
  Literal,
  Released,
  Reported,
  TurnRequest,
} from '#core/simulation/round.ts';

import { KeyRing } from './crypto/key-ring.ts';
import { signedBytes } from './packet-signing.ts';
import { ProcessLink, type Lost } from './process-link.ts';
import type { ProcessOrder } from './process-order.ts';
import type { Rehearsed } from './rehearsal.ts';
import type { Crew } from './round-runner.ts';
import type { StorageChoice, Stored } from './storage/disk.ts';
import type { FromProcess } from './turn-port.ts';

/** What the bus asks of the page: workers can only be made and killed there. */
export interface PageCalls {
  /** A new worker for this process; the port is the bus's end of its channel. */
  spawn(order: ProcessOrder): Promise<MessagePort>;
  terminate(process: ProcessId): Promise<void>;
  /** Nobody asked this process to crash. */
  lost(process: ProcessId, why: string): Promise<void>;
}

/** The workers of a cluster as the bus sees them: a port each. */
export class Fleet implements Crew {
  private readonly page: PageCalls;
  private readonly cluster: string;
  private readonly storage: StorageChoice;
  private readonly configuration: Configuration;
  private readonly links = new Map<ProcessId, ProcessLink>();

  constructor(
    page: PageCalls,
    setting: { readonly cluster: string; readonly storage: StorageChoice },
    configuration: Configuration,
  ) {
    this.page = page;
    this.cluster = setting.cluster;
    this.storage = setting.storage;
    this.configuration = configuration;
  }

  /** In order for each process; different processes come to life side by side. */
  async carryOut(actions: readonly Action[]): Promise<void> {
    const spawning: Promise<void>[] = [];
    for (const action of actions) {
      if (action.type === 'spawn') {
        spawning.push(this.spawn(action));
        continue;
      }
      await Promise.all(spawning);
      if (action.type === 'copy') await this.copy(action);
      else await this.terminate(action.process);
    }
    await Promise.all(spawning);
  }

  /** A worker for each process that a rehearsal has left; those that do not run leave their disk and go. */
  async adopt({ conductor, disks }: Rehearsed): Promise<void> {
    await Promise.all(
      conductor.presences().map(async (presence) => {
        const { process, incarnation, isRunning } = presence;
        const stored = defined(disks.get(process), `${process} has a disk`);
        const disk: DiskOrder = { kind: 'kept' };
        await this.bringUp({ process, incarnation, disk, adopted: { stored, presence } });
        if (!isRunning) await this.terminate(process);
      }),
    );
  }

  async turn(request: TurnRequest): Promise<Reported> {
    const { process } = request;
    const answer = await this.linkTo(process).ask({ type: 'turn', request });
    if (answer.type === 'lost') {
      await this.terminate(process);
      return { process, report: { lost: true } };
    }
    assert(answer.type === 'reported', 'a process answers a turn with its report');
    return { process, report: answer.report };
  }

  /** Carries a decision out; a process that was decided to crash is gone afterwards. */
  async decide({ process, decision }: Decision): Promise<Released> {
    const answer = await this.decided(process, decision);
    if (answer.type === 'lost') {
      await this.terminate(process);
      return { process, lost: true };
    }
    if (decision !== 'commit') await this.terminate(process);
    if (answer.type === 'refused') return { process, problem: answer.problem };
    assert(answer.type === 'released', 'a process answers a decision with what it releases');
    return { process, bytes: answer.bytes };
  }

  /** Signs a message that a person wrote for a Byzantine replica: the lab holds the key of each. */
  async write({ process, outgoing }: Literal): Promise<Uint8Array> {
    const { configuration } = this;
    const keys = await KeyRing.create(configuration.seed, [process], [process]);
    return signedBytes(outgoing.packet, configuration, keys);
  }

  /** A worker died unasked. */
  lose(process: ProcessId, why: string): void {
    this.links.get(process)?.lose(why);
  }

  async terminateAll(): Promise<void> {
    for (const process of this.links.keys()) await this.terminate(process);
  }

  private decided(process: ProcessId, decision: Decision['decision']): Promise<FromProcess | Lost> {
    // A process that is crashed before its commit is killed as it stands: nothing is asked of it any more.
    if (decision === 'before-commit') return Promise.resolve({ type: 'released', bytes: [] });
    return this.linkTo(process).ask({ type: 'decision', decision });
  }

  private spawn({ process, incarnation, disk }: Extract<Action, { type: 'spawn' }>): Promise<void> {
    return this.bringUp({ process, incarnation, disk });
  }

  /** A second instance from the disk of the first. Of a disk that refuses it gets nothing: it has lost what it knew. */
  private async copy({
    process,
    of,
    incarnation,
  }: Extract<Action, { type: 'copy' }>): Promise<void> {
    const isDown = !this.links.has(of);
    const disk: DiskOrder = { kind: 'kept' };
    if (isDown) await this.bringUp({ process: of, incarnation, disk });
    const answer = await this.linkTo(of).ask({ type: 'stored' });
    if (isDown) await this.terminate(of);
    const stored: Stored = answer.type === 'stored' ? answer.stored : { log: [], past: [] };
    const presence: Presence = { process, incarnation, disk: 'kept', isRunning: true };
    await this.bringUp({ process, incarnation, disk, adopted: { stored, presence } });
  }

  private async bringUp(
    which: Pick<ProcessOrder, 'process' | 'incarnation' | 'disk' | 'adopted'>,
  ): Promise<void> {
    const { cluster, storage, configuration } = this;
    const { process } = which;
    const order = { ...which, cluster, configuration, storage };
    const port = await this.page.spawn(order);
    this.links.set(process, new ProcessLink(port, (why) => void this.page.lost(process, why)));
  }

  /** Whatever it was doing, it does no more: a worker that hangs could still write. */
  private async terminate(process: ProcessId): Promise<void> {
    this.links.get(process)?.end('it was terminated');
    this.links.delete(process);
    await this.page.terminate(process);
  }

  private linkTo(process: ProcessId): ProcessLink {
    return defined(this.links.get(process), `process ${process} has been spawned`);
  }
}
