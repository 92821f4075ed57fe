import type { Flight } from '#core/network/flights.ts';
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
  status: 'running' | 'crashed' | 'failed' = 'crashed';
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
    return [{ type: 'deliver', from, bytes }, flight];
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
  end(status: 'crashed' | 'failed'): readonly Flight[] {
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
