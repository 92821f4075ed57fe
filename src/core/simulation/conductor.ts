/**
 * Drives one run for any host: it owns virtual time, the bus, the steps of the scenario, the trace
 * and its checkers. The host owns processes, disks and keys, and does what it is told.
 *
 * [C1] An instant is: the steps that are due, in file order; then rounds until no process has an
 *      input; then the instant is over. [C2] A round gives each process at most one input.
 * [C3] Every `when` is tested once per round, on what the turns report before they commit.
 * [C4] Outputs are taken by (process, index) after all commits; steps that fired follow in file order.
 * [C5] What a person does takes effect 1 ms after the last instant, and is a step from then on.
 */
import { assert, defined } from '#core/base/assert.ts';
import { instancesOf } from '#core/network/process-order.ts';
import type { TraceEvent } from '#core/network/trace-event.ts';
import type { Configuration } from '#core/pbft/configuration.ts';
import type { ProcessId } from '#core/pbft/message.ts';

import { usOf } from './agenda.ts';
import { actOf, holdsAtStart, isMetBy } from './condition.ts';
import type { Examination } from './examination.ts';
import type { Decision, Disk, Released, Reported, Round, TurnRequest } from './round.ts';
import type { Condition, Scenario, Step, Verdict } from './scenario.ts';
import { type RunOptions, Stage } from './stage.ts';
import { applyStep } from './step-effects.ts';
import { canonicalJson } from './trace.ts';
import { decide } from './turn-decisions.ts';
import { releaseTurn } from './turn-release.ts';
import { verdictOf } from './verdict.ts';

/** Why a run is over. */
export type Ending = Verdict['ended'];

/** A process as the run has left it. */
export interface Presence {
  readonly process: ProcessId;
  readonly incarnation: number;
  /** From which disk this incarnation started. */
  readonly disk: Disk['kind'];
  readonly isRunning: boolean;
}

interface Open {
  readonly nowUs: number;
  phase: 'between-rounds' | 'turns' | 'decided';
  turns: readonly TurnRequest[];
}

/** One run of a scenario, told round by round. */
export class Conductor {
  readonly configuration: Configuration;
  private readonly stage: Stage;
  private readonly started: Scenario;
  private until: Scenario['until'];
  private instant: Open | undefined;
  private lastUs = -1;
  private ending: Ending | undefined;
  private readonly watched = new Map<string, { scanned: number; holds: boolean }>();

  constructor(scenario: Scenario, options: RunOptions = {}) {
    this.started = scenario;
    this.until = scenario.until;
    this.stage = new Stage(scenario, options);
    this.configuration = this.stage.configuration;
  }

  /** Everything that has happened. The array grows in place. */
  get trace(): readonly TraceEvent[] {
    return this.stage.trace.events;
  }

  /** The instant that is open, else the last one that was. */
  get nowUs(): number {
    return this.instant?.nowUs ?? Math.max(0, this.lastUs);
  }

  /** Why the run is over, if it is. */
  get ended(): Ending | undefined {
    return this.ending;
  }

  /** The instant that is open or comes next; undefined when the run has ended. */
  nextInstantUs(): number | undefined {
    if (this.instant !== undefined) return this.instant.nowUs;
    if (this.ending !== undefined) return undefined;
    const next = this.lastUs < 0 ? 0 : this.stage.nextInstantUs();
    if (next === undefined || next > usOf(this.until.atMs)) {
      this.ending = next === undefined && this.stage.isQuiet() ? 'quiet' : 'time';
      return undefined;
    }
    return next;
  }

  /** The next round of the open or next instant; undefined when that instant is over. */
  round(): Round | undefined {
    const instant = this.open();
    if (instant === undefined) return undefined;
    assert(instant.phase === 'between-rounds', 'a round begins after the last one was released');
    const round = this.stage.nextRound(instant.nowUs);
    if (round === undefined) return this.close(instant) ? undefined : this.round();
    instant.phase = 'turns';
    instant.turns = round.turns;
    return round;
  }

  /** What the turns of the round did, one entry per turn; answers how far each of them goes. */
  reported(reports: readonly Reported[]): readonly Decision[] {
    const instant = this.inPhase('turns');
    const decisions = decide(this.stage, instant.nowUs, inOrder(instant.turns, reports));
    instant.phase = 'decided';
    return decisions;
  }

  /**
   * The turns are durable as far as decided; `results` has an entry for each that sent or failed,
   * `literals` the bytes of the round's literal messages.
   */
  released(results: readonly Released[], literals: readonly Uint8Array[] = []): void {
    const instant = this.inPhase('decided');
    const { stage } = this;
    for (const { process } of instant.turns) {
      const result = results.find((result) => result.process === process);
      releaseTurn(stage, instant.nowUs, process, result);
    }
    stage.sendLiterals(instant.nowUs, literals);
    for (const step of stage.agenda.takeDue(instant.nowUs)) {
      applyStep(stage, instant.nowUs, step);
    }
    instant.phase = 'between-rounds';
  }

  /**
   * What a person does: takes effect 1 ms after the last instant, or at the step's own later `at`.
   * It revives a run that has ended. Returns the step as it is recorded.
   */
  command(step: Step): Step {
    assert(step.when === undefined, 'what a person does waits for no condition');
    const earliestUs = this.lastUs < 0 && this.instant === undefined ? 0 : this.nowUs + 1000;
    const atMs = Math.max(earliestUs, usOf(step.at ?? 0)) / 1000;
    const { after: _, ...deed } = step;
    const recorded: Step = { ...deed, at: atMs };
    this.stage.agenda.add(recorded);
    this.revive(atMs);
    return recorded;
  }

  /** Whether the condition has held so far: for playing until something happens. */
  holds(condition: Condition): boolean {
    if ('quiet' in condition) return this.stage.isQuiet();
    const key = canonicalJson(condition);
    const watch = this.watched.get(key) ?? { scanned: 0, holds: holdsAtStart(condition) };
    this.watched.set(key, watch);
    while (!watch.holds && watch.scanned < this.trace.length) {
      const act = actOf(defined(this.trace[watch.scanned++], 'the trace has no holes'));
      watch.holds = act !== undefined && isMetBy(condition, act, this.stage.operations.carries);
    }
    return watch.holds;
  }

  /** Everything done so far as a scenario: running it again gives the same trace. */
  scenario(): Scenario {
    return { ...this.started, until: this.until, steps: this.stage.agenda.steps };
  }

  /**
   * The scenario that has the same history up to `nowUs`, and its own future: the first `planned` steps, and what
   * was done since then by that time.
   */
  scenarioBy(nowUs: number, planned: number): Scenario {
    return { ...this.scenario(), steps: this.stage.agenda.stepsBy(nowUs, planned) };
  }

  /** Every process, in order, as it stands between two instants: for a host that takes the run over. */
  presences(): readonly Presence[] {
    return [...this.stage.lives.values()]
      .filter(({ status }) => status !== 'absent')
      .map(({ process, incarnation, disk, status }) => ({
        process,
        incarnation,
        disk,
        isRunning: status === 'running',
      }));
  }

  /** A running process has been looked into: between rounds, at a restart, at the end. */
  examine(examination: Examination): void {
    this.stage.examine(this.nowUs, examination);
  }

  /** What the run has come to, given a last look at every process that runs. */
  verdict(examinations: readonly Examination[]): Verdict {
    return verdictOf(this.stage, this.scenario(), this.ending ?? 'time', this.nowUs, examinations);
  }

  /** How often everything has happened so far. */
  counts(): Verdict['counts'] {
    return this.stage.counts();
  }

  traceDigest(): string {
    return this.stage.trace.digest();
  }

  private inPhase(phase: Open['phase']): Open {
    const instant = defined(this.instant, 'an instant is open');
    assert(instant.phase === phase, `the round is ${instant.phase}, not ${phase}`);
    return instant;
  }

  private open(): Open | undefined {
    if (this.instant !== undefined) return this.instant;
    const nowUs = this.nextInstantUs();
    if (nowUs === undefined) return undefined;
    const isFirst = this.lastUs < 0;
    this.instant = { nowUs, phase: 'between-rounds', turns: [] };
    if (isFirst) this.stage.begin();
    for (const step of this.stage.agenda.takeDue(nowUs)) applyStep(this.stage, nowUs, step);
    return this.instant;
  }

  /** Ends the instant, unless the quiet that it ends in is what a step has waited for. */
  private close({ nowUs }: Open): boolean {
    const { stage } = this;
    if (stage.isQuiet()) {
      const waiting = stage.agenda.waiting().filter(({ condition }) => 'quiet' in condition);
      for (const { index } of waiting) stage.agenda.fire(index, nowUs);
      const due = stage.agenda.takeDue(nowUs);
      for (const step of due) applyStep(stage, nowUs, step);
      if (due.length > 0) return false;
    }
    this.instant = undefined;
    this.lastUs = nowUs;
    this.ending = this.endingAfter();
    return true;
  }

  private endingAfter(): Ending | undefined {
    const { executed, quiet } = this.until;
    if (this.stage.hasContradiction) return 'failed';
    if (executed !== undefined && this.stage.haveExecuted(executed)) return 'executed';
    if (quiet === true && this.stage.isQuiet()) return 'quiet';
    return undefined;
  }

  /** A run that had come to its end goes on, for as long again if its time was over. */
  private revive(atMs: number): void {
    if (this.ending === 'executed' || this.ending === 'quiet') {
      this.until = { atMs: Math.max(this.until.atMs, Math.ceil(atMs) + this.started.until.atMs) };
    }
    if (atMs > this.until.atMs || this.ending === 'time') {
      this.until = { ...this.until, atMs: Math.ceil(atMs) + this.started.until.atMs };
    }
    if (this.ending !== 'failed') this.ending = undefined;
  }
}

function inOrder(turns: readonly TurnRequest[], reports: readonly Reported[]): readonly Reported[] {
  return turns.map(({ process }) =>
    defined(
      reports.find((reported) => reported.process === process),
      `process ${process} has reported its turn`,
    ),
  );
}

/** Every process that a scenario may have, in order: the second instances of replicas, too. */
export function processesIn(scenario: Scenario): readonly ProcessId[] {
  return instancesOf(scenario.replicas, scenario.clients);
}
