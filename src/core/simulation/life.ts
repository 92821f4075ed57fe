import type { Flight } from '#core/network/flights.ts';
import { identityOf } from '#core/network/process-order.ts';
import type { CrashPoint } from '#core/network/trace-event.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import type { Behaviour, Confidence, TurnReport } from '#core/replica/process.ts';

import type { Disk, Failure, TurnInput, TurnRequest } from './round.ts';
import type { Step } from './scenario.ts';

/** How many proposals of a primary its accomplices know. */
const proposalsMax = 128;

/** A turn between its request and its release. */
export interface RunningTurn {
  readonly request: TurnRequest;
  /** The message that it takes, if it takes one. */
  readonly flight?: Flight;
  /** Its number among the turns of this identity. */
  turn: number;
  report?: TurnReport;
  failure?: Failure;
  fate: 'commit' | Exclude<CrashPoint, 'now'> | 'send-only' | 'failed';
  /** The step whose condition this turn makes true, and that kills the process in it. */
  crashedBy?: Step;
  /** The host lost the process: nobody asked for the crash. */
  isLossUnasked?: boolean;
}

/** A process as the bus knows it: whether it is there, what waits for it, and what it does now. */
export class Life {
  readonly process: ProcessId;
  /** `absent`: the second instance of a replica that has none. */
  status: 'running' | 'crashed' | 'failed' | 'absent' = 'crashed';
  paused = false;
  incarnation = 0;
  /** From which disk this incarnation started. */
  disk: Disk['kind'] = 'new';
  /** Durable turns over all incarnations, as far as its disk knows of them. */
  turns = 0;
  /** Whether no turn of this identity was ever durable. */
  isNew = true;
  behaviour: Behaviour | null = null;
  /** The last that it has proposed, and to whom: who colludes with it knows. */
  proposals: readonly Confidence[] = [];
  /** The crash point of its next turn. */
  armed: CrashPoint | undefined;
  timerUs: number | null = null;
  /** What it waits for with a limit: a process without is quiet. */
  timers: TurnReport['timers'] = [];
  /** A person has told its timer to fire now. */
  isExpired = false;
  running: RunningTurn | undefined;

  /** The input of a spawned process that it has not taken yet. */
  boot: TurnInput | undefined;
  /** Operations that a person gave to a client; one stays until the turn that takes it is durable. */
  readonly submissions: string[] = [];
  /** Messages that have arrived and wait for their turn. */
  inbox: Flight[] = [];

  constructor(process: ProcessId) {
    this.process = process;
  }

  /** Whether it takes inputs. */
  get isAwake(): boolean {
    return this.status === 'running' && !this.paused;
  }

  /** Whether there is an input for it at `nowUs`. */
  isDue(nowUs: number): boolean {
    if (!this.isAwake) return false;
    const hasInput =
      this.boot !== undefined ||
      this.isExpired ||
      this.submissions.length > 0 ||
      this.inbox.length > 0;
    return hasInput || (this.timerUs !== null && this.timerUs <= nowUs);
  }

  /**
   * Takes its next input, if there is one: boot, then a person's operation, timers, deliveries. `confided`: what its
   * partner has proposed.
   */
  takeTurn(nowUs: number, confided: readonly Confidence[]): TurnRequest | undefined {
    if (!this.isDue(nowUs)) return undefined;
    const [input, flight] = this.nextInput(nowUs);
    const { process } = this;
    const behaviour =
      this.behaviour?.with === undefined ? this.behaviour : { ...this.behaviour, confided };
    const request: TurnRequest = { process, nowUs, input, behaviour };
    this.running = {
      request,
      ...(flight !== undefined && { flight }),
      turn: this.turns + 1,
      fate: 'commit',
    };
    return request;
  }

  private nextInput(nowUs: number): readonly [TurnInput, Flight?] {
    if (this.boot !== undefined) {
      const { boot } = this;
      this.boot = undefined;
      return [boot];
    }
    if (this.isExpired) {
      this.isExpired = false;
      return [{ type: 'expire' }];
    }
    const [operation] = this.submissions;
    if (operation !== undefined) return [{ type: 'submit', operation }];
    if (this.timerUs !== null && this.timerUs <= nowUs) return [{ type: 'timer' }];
    const [flight, ...rest] = this.inbox;
    if (flight === undefined) throw new Error('a due process has an input');
    this.inbox = rest;
    const { from, bytes } = flight.parcel;
    // Who receives a message knows in whose name it was sent, and not from which of two instances.
    return [{ type: 'deliver', from: identityOf(from), bytes }, flight];
  }

  /** Remembers a proposal for who colludes with it. */
  confide(proposal: Confidence): void {
    this.proposals = [...this.proposals, proposal].slice(-proposalsMax);
  }

  /** The turn is durable: what it took is taken for good. */
  persisted(turn: RunningTurn): void {
    this.turns = turn.turn;
    this.isNew = false;
    if (turn.request.input.type === 'submit') this.submissions.shift();
  }

  /** The process is gone. Says which arrived messages go with it. */
  end(status: 'crashed' | 'failed' | 'absent'): readonly Flight[] {
    const lost = this.inbox;
    this.status = status;
    this.paused = false;
    this.armed = undefined;
    this.timerUs = null;
    this.timers = [];
    this.isExpired = false;
    this.boot = undefined;
    this.inbox = [];
    return lost;
  }

  /**
   * This second instance begins from a copy of what the first has on its disk. If the first runs, it goes on from where
   * that stands, and nothing tells it that it is a copy; else it is told that it restarts.
   */
  copy(first: Life): void {
    const goesOn = first.status === 'running' && first.boot === undefined;
    this.status = 'running';
    this.disk = 'kept';
    this.isNew = false;
    this.turns = first.turns;
    this.incarnation = goesOn ? first.incarnation : first.incarnation + 1;
    this.timerUs = goesOn ? first.timerUs : null;
    this.timers = goesOn ? first.timers : [];
    this.boot = goesOn ? undefined : restartFrom('kept', this.incarnation);
  }

  /** The process is spawned from this disk; the first input says so to it. */
  begin(disk: Disk): void {
    const { kind } = disk;
    this.status = 'running';
    this.disk = kind;
    this.incarnation = kind === 'new' ? 0 : this.incarnation + 1;
    if (kind === 'wiped') this.turns = 0;
    if ('commits' in disk) this.turns -= disk.commits;
    const { incarnation } = this;
    this.boot = kind === 'new' ? { type: 'start' } : restartFrom(kind, incarnation);
  }
}

function restartFrom(disk: Disk['kind'], incarnation: number): TurnInput {
  return { type: 'restart', incarnation, ...(disk === 'rotten' && { rotten: true }) };
}
