import { assert, defined } from '#core/base/assert.ts';
import { identityOf, instancesOf } from '#core/network/process-order.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import type { Inspection } from '#core/replica/inspection.ts';
import { ProcessMachine } from '#core/replica/process-machine.ts';

import { usOf } from './agenda.ts';
import { SimulatedCluster } from './cluster.ts';
import { SimulatedDisk } from './disk.ts';
import type { Disk } from './round.ts';
import type { Scenario, Step } from './scenario.ts';

/** The disk of a process at the end of one of its turns. */
interface Copy {
  /** The log that the record stands in; a compaction begins another. */
  readonly log: readonly Uint8Array[];
  readonly length: number;
}

/** A disk that keeps what it was after every commit, at the price of one reference each. */
class ArchivingDisk extends SimulatedDisk {
  readonly copies: Copy[] = [];

  override append(record: Uint8Array): void {
    super.append(record);
    this.copies.push({ log: this.log, length: this.log.length });
  }

  override copy(other: SimulatedDisk): void {
    super.copy(other);
    this.copies.push({ log: this.log, length: this.log.length });
  }

  override prepare(disk: Disk): void {
    // What is on the disk now stays as it is for the copies: damage is done to another log.
    this.log = [...this.log];
    super.prepare(disk);
  }
}

/** When a process was there, and which commit was its last. */
interface Chapter {
  readonly atUs: number;
  readonly isRunning: boolean;
  readonly incarnation: number;
  /** How many commits its disk has seen. */
  readonly commits: number;
}

/**
 * A run that can be asked what any process was at any instant. It executes the scenario once, and keeps every
 * record: a state is restored from the records up to it, at the price of a restart.
 */
export class Archive {
  private readonly cluster: SimulatedCluster;
  private readonly disks: ReadonlyMap<ProcessId, ArchivingDisk>;
  private readonly chapters: ReadonlyMap<ProcessId, Chapter[]>;
  private steps: readonly Step[];
  private read = 0;

  constructor(scenario: Scenario) {
    const made: ArchivingDisk[] = [];
    const newDisk = (): SimulatedDisk => {
      const disk = new ArchivingDisk();
      made.push(disk);
      return disk;
    };
    this.cluster = new SimulatedCluster(scenario, { newDisk });
    const processes = instancesOf(scenario.replicas, scenario.clients);
    this.disks = new Map(
      processes.map((process, i) => [process, defined(made[i], 'a process has a disk')]),
    );
    this.chapters = new Map(processes.map((process) => [process, []]));
    this.steps = scenario.steps;
  }

  /** Whether this is the past of `scenario`, or becomes it when the steps that were done since are done here too. */
  follows(scenario: Scenario): boolean {
    const { steps } = this;
    if (scenario.steps.length < steps.length) return false;
    const isPrefix = steps.every((step, i) => sameStep(step, scenario.steps[i]));
    const earliestUs = this.cluster.conductor.nowUs + 1000;
    const more = scenario.steps.slice(steps.length);
    return isPrefix && more.every((step) => step.at !== undefined && usOf(step.at) >= earliestUs);
  }

  /** Does what was done since. */
  extend(scenario: Scenario): void {
    assert(this.follows(scenario), 'an archive goes on with its own future');
    for (const step of scenario.steps.slice(this.steps.length))
      this.cluster.conductor.command(step);
    this.steps = scenario.steps;
  }

  /** Executes every instant up to `atUs`. */
  reach(atUs: number): void {
    this.cluster.runUntil(atUs);
    this.readTrace();
  }

  /** What a process was at the end of the instant `atUs`; undefined when it did not run. `reach` it first. */
  look(process: ProcessId, atUs: number): Inspection | undefined {
    const chapters = defined(this.chapters.get(process), `${process} is a process of this run`);
    const chapter = chapters.findLast((candidate) => candidate.atUs <= atUs);
    if (chapter === undefined || !chapter.isRunning || chapter.commits === 0) return undefined;
    const disk = defined(this.disks.get(process), 'a process has a disk');
    const { log, length } = defined(disk.copies[chapter.commits - 1], 'every commit is archived');
    const { configuration } = this.cluster.conductor;
    return ProcessMachine.restore(
      identityOf(process),
      configuration,
      log.slice(0, length),
      chapter.incarnation,
    ).inspect();
  }

  private readTrace(): void {
    const { trace } = this.cluster.conductor;
    for (const event of trace.slice(this.read)) {
      if (event.process === undefined) continue;
      const chapters = defined(this.chapters.get(event.process), 'a process of this run');
      const last = chapters.at(-1) ?? { isRunning: false, incarnation: 0, commits: 0 };
      const atUs = usOf(event.atMs);
      if (event.type === 'persisted') {
        chapters.push({ ...last, atUs, isRunning: true, commits: last.commits + 1 });
      } else if (event.type === 'doubled') {
        const { incarnation, turn } = event;
        // A copy of records is a commit of its disk; a new identity begins with its first one.
        const isRunning = turn !== undefined;
        const commits = isRunning ? last.commits + 1 : last.commits;
        chapters.push({ atUs, isRunning, incarnation, commits });
      } else if (event.type === 'crashed' || event.type === 'failed' || event.type === 'parted') {
        chapters.push({ ...last, atUs, isRunning: false });
      } else if (event.type === 'restarted') {
        chapters.push({ ...last, atUs, incarnation: event.incarnation });
      }
    }
    this.read = trace.length;
  }
}

function sameStep(one: Step, other: Step | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
