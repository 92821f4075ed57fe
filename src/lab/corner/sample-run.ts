import { assert, defined } from '#core/base/assert.ts';
import type { Outcome, OutsideWorld } from '#core/persistent/samples/outside-world.ts';
import type {
  Release,
  SampleAnswer,
  SampleInput,
  SampleLook,
  SampleOrder,
  SampleProcess,
  Stage,
} from '#host/corner/sample-port.ts';

/** Makes a process; it is told what to do when the process ends unasked. */
export type Spawn = (died: (why: string) => void) => SampleProcess;

/** What happens next, and when it is due. */
export interface NextTurn {
  readonly input: SampleInput;
  readonly dueUs: number;
}

/** Companies take a while. */
const latencyUs = 300_000;

interface Pending {
  readonly id: string;
  readonly outcome: Outcome;
  readonly dueUs: number;
}

/**
 * A sample, the world outside it, and one process after the other that runs it.
 *
 * 1. Time and the world do not die with a process; what was on its way to it does.
 * 2. A turn happens when it is due, or, if the process was dead then, when the next one comes to life.
 */
export class SampleRun {
  /** The process's memory; undefined when there is no process. */
  look: SampleLook | undefined;
  /** What the last record says. */
  durable: SampleLook | undefined;
  nowUs: number;
  readonly world: OutsideWorld;
  private readonly order: Omit<SampleOrder, 'erase'>;
  private readonly spawn: Spawn;
  private readonly lost: (why: string) => void;
  private process: SampleProcess | undefined;
  private pending: Pending[] = [];
  private acknowledged: number[] = [];
  private bornUs = 0;

  constructor(
    order: Omit<SampleOrder, 'erase'>,
    outside: { readonly world: OutsideWorld; readonly nowUs: number },
    spawn: Spawn,
    lost: (why: string) => void = () => undefined,
  ) {
    this.order = order;
    this.world = outside.world;
    this.nowUs = outside.nowUs;
    this.spawn = spawn;
    this.lost = lost;
  }

  /** A new process goes on from the disk. Undefined: it was killed before it could answer. */
  async boot(erase = false): Promise<SampleAnswer | undefined> {
    assert(this.process === undefined, 'one process at a time');
    const process = this.spawn((why) => {
      if (this.process !== process) return;
      this.forget();
      this.lost(why);
    });
    this.process = process;
    const answer = await process.open({ ...this.order, erase });
    if (answer === undefined || this.process !== process) return undefined;
    this.nowUs = Math.max(this.nowUs, answer.look.nowUs);
    this.bornUs = this.nowUs;
    this.look = answer.look;
    this.durable = answer.look;
    this.deliver(answer.released);
    return answer;
  }

  /** What would happen next; undefined when nothing is left to happen, or nobody lives. */
  next(): NextTurn | undefined {
    const { look } = this;
    if (look === undefined) return undefined;
    if (look.records.length === 0) return { input: { type: 'begin' }, dueUs: this.nowUs };
    const [first] = [...this.pending].sort((a, b) => a.dueUs - b.dueUs);
    const timerUs = look.nextTimerUs ?? Infinity;
    if (first !== undefined && first.dueUs <= timerUs) {
      const { id, outcome, dueUs } = first;
      return { input: { type: 'outcome', id, outcome }, dueUs };
    }
    if (timerUs < Infinity) return { input: { type: 'timer' }, dueUs: timerUs };
    if (this.acknowledged.length > 0) {
      return { input: { type: 'acknowledgement' }, dueUs: this.nowUs };
    }
    return undefined;
  }

  /** The next turn, as far as `stop`. Undefined: the process ended in the middle of it. */
  async step(stop: Stage): Promise<SampleAnswer | undefined> {
    const process = defined(this.process, 'somebody lives');
    const { input, dueUs } = defined(this.next(), 'something is left to happen');
    const turnUs = Math.max(dueUs, this.bornUs);
    this.nowUs = Math.max(this.nowUs, turnUs);
    const { acknowledged } = this;
    const answer = await process.step({ input, nowUs: turnUs, acknowledged, stop });
    if (answer === undefined || this.process !== process) return undefined;
    this.acknowledged = [];
    if (input.type === 'outcome') this.pending = this.pending.filter(({ id }) => id !== input.id);
    this.look = answer.look;
    if (stop !== 'turn') this.durable = answer.look;
    this.deliver(answer.released);
    return answer;
  }

  /** The process and its memory are gone; the disk stays. */
  kill(): void {
    this.process?.kill();
    this.forget();
  }

  private forget(): void {
    this.process = undefined;
    this.look = undefined;
    this.pending = [];
    this.acknowledged = [];
  }

  private deliver(released: readonly Release[]): void {
    for (const release of released) {
      if (release.type === 'letter') {
        this.world.receive(release.number, release.to, release.text);
        this.acknowledged.push(release.number);
      } else {
        const { id, name, parameters } = release;
        const done = this.world.perform(id, name, parameters, this.nowUs + latencyUs);
        this.pending.push({ id, ...done });
      }
    }
  }
}
