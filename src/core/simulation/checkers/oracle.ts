import { isTwin } from '#core/network/process-order.ts';
import type { RunEvent, TraceEvent } from '#core/network/trace-event.ts';
import type { Configuration } from '#core/pbft/configuration.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import { quorumsOf } from '#core/pbft/quorum.ts';
import type { Examination } from '#core/simulation/examination.ts';

import { AgreedLog, type AgreedBatch } from './agreed-log.ts';
import { agreement } from './agreement.ts';
import { amnesia } from './amnesia.ts';
import { boundedMemory } from './bounded-memory.ts';
import { certificatesValid } from './certificates-valid.ts';
import type { Cast, Checker, Invariant, Problem } from './checker.ts';
import { checkpointAgreement } from './checkpoint-agreement.ts';
import { committedBacked } from './committed-backed.ts';
import { contiguousExecution } from './contiguous-execution.ts';
import { exactlyOnce } from './exactly-once.ts';
import { Forensics } from './forensics.ts';
import { linearizable } from './linearizable.ts';
import { monotone } from './monotone.ts';
import { noContradiction } from './no-contradiction.ts';
import { preparedUnique } from './prepared-unique.ts';
import { replyCorrect } from './reply-correct.ts';
import { validOperations } from './valid-operations.ts';
import { viewPreserved } from './view-preserved.ts';
import { windowBounds } from './window.ts';
import { writeAhead } from './write-ahead.ts';

/** A violation as the trace records it. */
export type Violation = Extract<RunEvent, { readonly type: 'violation' }>;

/** Every checker, asked at every event; each invariant speaks once. */
export class Oracle {
  private readonly cast: Cast;
  private readonly checkers: readonly Checker[];
  private readonly log: AgreedLog;
  private readonly forensics: Forensics;
  private readonly faulty = new Set<ProcessId>();
  private readonly broken = new Set<Invariant>();

  /** With a limit the checkers remember only so much of the past. */
  constructor(configuration: Configuration, checkers?: readonly Checker[], limit = Infinity) {
    const { n, f } = configuration;
    this.checkers = checkers ?? everyChecker(limit);
    this.log = new AgreedLog(limit);
    this.forensics = new Forensics(n, limit);
    this.cast = {
      configuration,
      quorums: quorumsOf(n, f),
      isCorrect: (process) => !isTwin(process) && !this.faulty.has(process),
    };
  }

  /** The invariants broken so far. */
  get violated(): readonly string[] {
    return [...this.broken];
  }

  /** Who is proven faulty by what correct replicas have verified. */
  get culprits(): readonly number[] {
    return this.forensics.culprits;
  }

  /** The agreed batches up to a sequence number. */
  agreed(last: number): readonly AgreedBatch[] {
    return this.log.upTo(last);
  }

  /** What the checkers say to an event. Events of unwritten turns are none of theirs. */
  observe(event: TraceEvent): readonly Violation[] {
    if (event.lost === true) {
      for (const checker of this.checkers) checker.observeLost?.(event);
      return [];
    }
    this.observeCast(event);
    if (typeof event.process === 'number' && this.cast.isCorrect(event.process)) {
      this.forensics.observe(event);
      if (event.type === 'executed') this.log.file(event);
    }
    return this.ask((checker) => checker.observe?.(event, this.cast));
  }

  /** What the checkers say to a look into a process. */
  examine(examination: Examination): readonly Violation[] {
    return this.ask((checker) => checker.examine?.(examination, this.cast));
  }

  /** What the checkers say to the whole run so far. */
  conclude(): readonly Violation[] {
    return this.ask((checker) => checker.conclude?.(this.cast));
  }

  private observeCast(event: TraceEvent): void {
    const isFaulty =
      event.type === 'byzantine' || (event.type === 'restarted' && event.disk !== 'kept');
    if (isFaulty && event.process !== undefined) this.faulty.add(event.process);
  }

  private ask(question: (checker: Checker) => Problem | undefined): readonly Violation[] {
    const violations: Violation[] = [];
    for (const checker of this.checkers) {
      const { invariant } = checker;
      const problem = question(checker);
      if (problem === undefined || this.broken.has(invariant)) continue;
      this.broken.add(invariant);
      violations.push({ type: 'violation', invariant, ...problem });
    }
    return violations;
  }
}

/** All of them; a history is linearizable as a whole or not at all, so a run that forgets is not judged by that. */
function everyChecker(limit: number): readonly Checker[] {
  return [
    agreement(limit),
    preparedUnique(limit),
    viewPreserved(limit),
    amnesia(),
    contiguousExecution(),
    exactlyOnce(limit),
    ...(limit === Infinity ? [linearizable()] : []),
    validOperations(limit),
    checkpointAgreement(limit),
    noContradiction(limit),
    monotone(),
    windowBounds(),
    writeAhead(limit),
    committedBacked(limit),
    certificatesValid(),
    replyCorrect(limit),
    boundedMemory(),
  ];
}
