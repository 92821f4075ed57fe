import { AssertionError, defined } from '#core/base/assert.ts';
import type { Configuration } from '#core/pbft/configuration.ts';
import { StoreError } from '#core/persistent/store/store-error.ts';
import { maliceOf } from '#core/replica/byzantine/malice.ts';
import type { Inspection } from '#core/replica/inspection.ts';
import { ProcessMachine } from '#core/replica/process-machine.ts';
import type { Behaviour, ProcessInput } from '#core/replica/process.ts';
import { StorageError } from '#host/storage/storage-error.ts';

import { Alarm } from './alarm.ts';
import { GroupCommit } from './group-commit.ts';
import type { Departure } from './live-bus.ts';
import type { LiveClock } from './live-clock.ts';
import { FactsGatherer, type LiveFacts, type LiveStatus } from './live-facts.ts';
import { type LiveDelivery, LiveInbox } from './live-inbox.ts';
import type { LiveKeys } from './live-keys.ts';
import type { LiveLog } from './live-log.ts';
import { LiveOutbox, type Ready, type Sending } from './live-outbox.ts';

/** A replica that stopped by itself, and why. */
export interface LiveFailure {
  readonly replica: number;
  readonly problem: string;
}

/** What a replica is made of; the same in a worker and in a test. */
export interface LiveParts {
  readonly replica: number;
  readonly configuration: Configuration;
  readonly keys: LiveKeys;
  readonly log: LiveLog;
  readonly clock: LiveClock;
  /** To the bus. */
  readonly depart: (departure: Departure) => void;
  readonly failed: (failure: LiveFailure) => void;
}

/** What a commit lets out. */
interface Released extends Ready {
  readonly facts: LiveFacts;
}

/**
 * One replica in real time: the life of a turn without waiting.
 *
 * 1. A packet whose signatures are checked is one turn. Turns go on while a commit is under way.
 * 2. A commit takes all turns since the last one. What they send leaves when it is durable, never before.
 * 3. Whatever fails, fails the replica: it says why, lets nothing out, and takes no further turn.
 */
export class LiveProcess {
  private readonly parts: LiveParts;
  private readonly machine: ProcessMachine;
  private readonly inbox: LiveInbox;
  private readonly outbox: LiveOutbox;
  private readonly facts: FactsGatherer;
  private readonly group: GroupCommit<readonly Sending[], Released>;
  private readonly alarm: Alarm;
  private readonly waiting: LiveDelivery[] = [];
  private behaviour: Behaviour | null = null;
  private nextTimerUs: number | null = null;
  private turns = 0;
  private busyMs = 0;
  private isBusy = false;
  private isPaused = false;
  private hasFailed = false;

  private constructor(parts: LiveParts, machine: ProcessMachine) {
    this.parts = parts;
    this.machine = machine;
    const { replica, configuration, keys, clock, log } = parts;
    const fail = (error: unknown): void => {
      this.fail(error);
    };
    this.facts = new FactsGatherer(replica, configuration);
    this.outbox = new LiveOutbox(replica, configuration, keys);
    this.inbox = new LiveInbox({
      configuration,
      keys,
      matters: () => true,
      deliver: (deliveries) => {
        this.deliver(deliveries);
      },
      fail,
    });
    this.group = new GroupCommit({
      write: () => log.write(machine),
      prepare: (turns) => this.prepare(turns.flat()),
      release: (released) => {
        this.release(released);
      },
      fail,
    });
    this.alarm = new Alarm(
      () => clock.nowUs(),
      () => {
        this.takeDueTimers();
      },
    );
  }

  /** A new identity, on an empty disk. */
  static async start(parts: LiveParts): Promise<LiveProcess> {
    await parts.log.clear();
    const { replica, configuration } = parts;
    const process = new LiveProcess(parts, ProcessMachine.start(replica, configuration));
    process.take([{ type: 'start' }]);
    return process;
  }

  /** Goes on with what the disk remembers. */
  static async restart(parts: LiveParts, incarnation: number): Promise<LiveProcess> {
    const process = new LiveProcess(parts, await restored(parts, incarnation));
    process.take([{ type: 'restart', incarnation }]);
    return process;
  }

  receive(frame: ArrayBuffer): void {
    if (this.hasFailed) return;
    this.work(() => {
      this.inbox.receive(frame);
    });
  }

  behave(behaviour: Behaviour | null): void {
    this.behaviour = behaviour;
  }

  /** Takes no turn until it is resumed; what comes meanwhile waits. */
  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    if (!this.isPaused) return;
    this.isPaused = false;
    this.deliver(this.waiting.splice(0));
    this.takeDueTimers();
  }

  /** What it is right now; one that has failed cannot be inspected. */
  look(): Inspection | undefined {
    return this.hasFailed ? undefined : this.machine.inspect();
  }

  private deliver(deliveries: readonly LiveDelivery[]): void {
    if (this.isPaused) this.waiting.push(...deliveries);
    else this.take(deliveries.map(({ from, arrival }) => ({ type: 'deliver', from, arrival })));
  }

  private take(inputs: readonly ProcessInput[]): void {
    this.run(() => {
      for (const input of inputs) this.turn(input);
    });
  }

  /** Late ones, of a tab in the background, too. */
  private takeDueTimers(): void {
    if (this.isPaused) return;
    const { clock } = this.parts;
    this.run(() => {
      while (this.nextTimerUs !== null && this.nextTimerUs <= clock.nowUs()) {
        this.turn({ type: 'timer' });
      }
    });
  }

  /** Some turns, then a commit of them all. */
  private run(turns: () => void): void {
    if (this.hasFailed) return;
    this.work(() => {
      try {
        turns();
        this.alarm.setBy(this.nextTimerUs);
        this.group.flush();
      } catch (error) {
        this.fail(error);
      }
    });
  }

  private turn(input: ProcessInput): void {
    const { replica, clock } = this.parts;
    const report = this.machine.turn(clock.nowUs(), input, maliceOf(this.behaviour));
    this.turns += 1;
    this.nextTimerUs = report.nextTimerUs;
    this.facts.add(report, this.behaviour);
    this.group.add(report.outgoing.map((outgoing) => ({ from: replica, ...outgoing })));
  }

  private async prepare(sendings: readonly Sending[]): Promise<Released> {
    const facts = this.facts.take(this.status());
    return { facts, ...(await this.outbox.ready(sendings)) };
  }

  private release({ facts, frames, late }: Released): void {
    const { depart } = this.parts;
    depart({ type: 'departure', facts, frames });
    for (const { delayMs, frames } of late) {
      setTimeout(() => {
        if (!this.hasFailed) depart({ type: 'departure', frames });
      }, delayMs);
    }
  }

  private status(): LiveStatus {
    const { log, keys } = this.parts;
    const { view, phase, lastExecuted, executed, lowWatermark } = defined(
      this.machine.standing,
      'a replica stands somewhere',
    );
    return {
      phase,
      view,
      lastExecuted,
      executed,
      stable: lowWatermark,
      turns: this.turns,
      commits: log.commits,
      commitBytes: log.writtenBytes,
      storageBytes: log.size,
      ...keys.counts,
      busyMs: this.busyMs + keys.busyMs,
    };
  }

  private work(action: () => void): void {
    if (this.isBusy) return action();
    this.isBusy = true;
    const before = performance.now();
    action();
    this.busyMs += performance.now() - before;
    this.isBusy = false;
  }

  private fail(error: unknown): void {
    if (this.hasFailed) return;
    this.hasFailed = true;
    this.alarm.cancel();
    const { replica, failed } = this.parts;
    failed({ replica, problem: problemOf(error) });
  }
}

/** A disk that is refused is forgotten: its replica begins anew, as a learner (pbft.md 1.16). */
async function restored(parts: LiveParts, incarnation: number): Promise<ProcessMachine> {
  const { replica, configuration, log } = parts;
  try {
    return ProcessMachine.restore(replica, configuration, await log.load(), incarnation);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    await log.clear();
    return ProcessMachine.withoutStore(replica, configuration, incarnation, 'refused-store');
  }
}

function problemOf(error: unknown): string {
  if (error instanceof StorageError || error instanceof StoreError) return error.message;
  if (error instanceof AssertionError) return error.message;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
