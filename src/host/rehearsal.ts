/**
 * A run that is executed again in one thread, with the real keys: what a fork, a shared link and another branch
 * begin with.
 *
 * 1. The processes are the same as in workers, with disks in memory; no message waits for a channel.
 * 2. Every signature is made with the key of its signer, so whatever a state or a message in flight holds is what
 *    workers would hold, and they can take the run over as it stands.
 */
import { assert, defined } from '#core/base/assert.ts';
import { instancesOf } from '#core/network/process-order.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import { Conductor } from '#core/simulation/conductor.ts';
import type {
  Action,
  Decision,
  Literal,
  Released,
  Reported,
  TurnRequest,
} from '#core/simulation/round.ts';
import type { Scenario } from '#core/simulation/scenario.ts';

import { KeyRing } from './crypto/key-ring.ts';
import { signedBytes } from './packet-signing.ts';
import { ProcessHost, type ProcessParts } from './process-host.ts';
import { membersOf } from './process-order.ts';
import { runRound, type Crew } from './round-runner.ts';
import type { Disk, Drive, Stored } from './storage/disk.ts';
import { MemoryDisk } from './storage/memory-disk.ts';

/** A run as far as it was executed: its conductor, and what is on the disk of each process. */
export interface Rehearsed {
  readonly conductor: Conductor;
  readonly disks: ReadonlyMap<ProcessId, Stored>;
}

/** Executes every instant of the scenario up to `untilUs`, that one included. */
export async function rehearse(scenario: Scenario, untilUs: number): Promise<Rehearsed> {
  const conductor = new Conductor(scenario);
  return goOn(conductor, await RehearsalCrew.of(conductor), untilUs);
}

/** Takes a run over as it stands, and executes it up to `untilUs`. */
export async function takeOver(
  { conductor, disks }: Rehearsed,
  untilUs: number,
): Promise<Rehearsed> {
  const crew = await RehearsalCrew.of(conductor);
  await crew.adopt(disks);
  return goOn(conductor, crew, untilUs);
}

async function goOn(
  conductor: Conductor,
  crew: RehearsalCrew,
  untilUs: number,
): Promise<Rehearsed> {
  for (;;) {
    const nextUs = conductor.nextInstantUs();
    if (nextUs === undefined || nextUs > untilUs) break;
    await runRound(conductor, crew);
  }
  return { conductor, disks: await crew.disks() };
}

/** The processes of a cluster as objects in this thread. */
class RehearsalCrew implements Crew {
  private readonly conductor: Conductor;
  private readonly keys: KeyRing;
  private readonly hosts = new Map<ProcessId, ProcessHost>();
  private readonly memory: ReadonlyMap<ProcessId, { readonly log: Disk; readonly past: Disk }>;

  private constructor(conductor: Conductor, keys: KeyRing, processes: readonly ProcessId[]) {
    this.conductor = conductor;
    this.keys = keys;
    this.memory = new Map(
      processes.map((process) => [process, { log: new MemoryDisk(), past: new MemoryDisk() }]),
    );
  }

  static async of(conductor: Conductor): Promise<RehearsalCrew> {
    const { configuration } = conductor;
    const members = membersOf(configuration);
    const keys = await KeyRing.create(configuration.seed, members, members);
    return new RehearsalCrew(conductor, keys, instancesOf(configuration.n, configuration.clients));
  }

  async disks(): Promise<Rehearsed['disks']> {
    const entries = [...this.memory].map(
      async ([process, { log, past }]) =>
        [process, { log: await log.load(), past: await past.load() }] as const,
    );
    return new Map(await Promise.all(entries));
  }

  /** The processes as another crew has left them. */
  async adopt(disks: Rehearsed['disks']): Promise<void> {
    for (const presence of this.conductor.presences()) {
      const { process, isRunning } = presence;
      const stored = defined(disks.get(process), `${process} has a disk`);
      const host = await ProcessHost.adopt(this.partsOf(process), stored, presence);
      if (isRunning) this.hosts.set(process, host);
    }
  }

  async carryOut(actions: readonly Action[]): Promise<void> {
    for (const action of actions) {
      const { process } = action;
      if (action.type === 'terminate') this.hosts.delete(process);
      else if (action.type === 'spawn') this.hosts.set(process, await this.spawned(action));
      else this.hosts.set(process, await this.copied(action));
    }
  }

  async turn(request: TurnRequest): Promise<Reported> {
    const { process } = request;
    const answer = await this.host(process).answer({ type: 'turn', request });
    assert(answer.type === 'reported', 'a process answers a turn with its report');
    return { process, report: answer.report };
  }

  async decide({ process, decision }: Decision): Promise<Released> {
    if (decision === 'before-commit') {
      this.hosts.delete(process);
      return { process, bytes: [] };
    }
    const answer = await this.host(process).answer({ type: 'decision', decision });
    if (decision !== 'commit') this.hosts.delete(process);
    if (answer.type === 'refused') return { process, problem: answer.problem };
    assert(answer.type === 'released', 'a process answers a decision with what it releases');
    return { process, bytes: answer.bytes };
  }

  write({ outgoing }: Literal): Promise<Uint8Array> {
    return signedBytes(outgoing.packet, this.conductor.configuration, this.keys);
  }

  private spawned(action: Extract<Action, { readonly type: 'spawn' }>): Promise<ProcessHost> {
    return ProcessHost.open(this.partsOf(action.process), action.disk, action.incarnation);
  }

  private async copied({
    process,
    of,
    incarnation,
  }: Extract<Action, { readonly type: 'copy' }>): Promise<ProcessHost> {
    const { log, past } = defined(this.memory.get(of), `${of} has a disk`);
    const stored = { log: await log.load(), past: await past.load() };
    return ProcessHost.adopt(this.partsOf(process), stored, { disk: 'kept', incarnation });
  }

  private partsOf(process: ProcessId): ProcessParts {
    const { log, past } = defined(this.memory.get(process), `${process} has a disk`);
    const { configuration } = this.conductor;
    const openDrive = (): Promise<Drive> =>
      Promise.resolve({ log, past: () => Promise.resolve(past) });
    const storage = { kind: 'memory' } as const;
    return { process, configuration, keys: this.keys, openDrive, storage };
  }

  private host(process: ProcessId): ProcessHost {
    return defined(this.hosts.get(process), `process ${process} has been spawned`);
  }
}
