import { assert } from '#core/base/assert.ts';
import type { TraceEvent } from '#core/network/trace-event.ts';
import { runScenario, type Run } from '#core/simulation/cluster.ts';
import { parseScenario } from '#core/simulation/parse-scenario.ts';
import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

type Step = NonNullable<ScenarioSource['steps']>[number];

/** A message written by hand. */
export type Send = Extract<Step, { readonly do: 'send' }>;

// The vocabulary of the attacks: four replicas and f = 1 unless one says otherwise; replica 0 is the primary of view 0.

type EventOf<T extends TraceEvent['type']> = Extract<TraceEvent, { readonly type: T }>;

/** What came of an attack. */
export class Outcome {
  readonly verdict: Run['verdict'];
  readonly trace: Run['trace'];

  constructor({ verdict, trace }: Run) {
    this.verdict = verdict;
    this.trace = trace;
  }

  /** What happened, of one type; of one process, if one is named. Lost turns did not happen. */
  events<T extends TraceEvent['type']>(type: T, process?: number): readonly EventOf<T>[] {
    return this.trace.filter(
      (event): event is EventOf<T> =>
        event.type === type &&
        event.lost !== true &&
        (process === undefined || event.process === process),
    );
  }

  /** For which reasons messages were refused, each once. */
  refusals(process?: number): readonly string[] {
    return [...new Set(this.events('rejected', process).map(({ reason }) => reason))].toSorted();
  }

  /** Who is proven faulty by evidence that a replica holds. */
  culprits(): readonly number[] {
    return [...new Set(this.events('evidence').map(({ culprit }) => culprit))].toSorted(
      (a, b) => a - b,
    );
  }

  /** The views that somebody correct has entered. */
  viewsEntered(): readonly number[] {
    const entered = this.events('new-view').filter(({ process }) => this.isCorrect(process));
    return [...new Set(entered.map(({ view }) => view))].toSorted((a, b) => a - b);
  }

  /** How often each operation was executed by a replica, duplicates not counted. */
  executions(process: number): readonly string[] {
    return this.events('executed', process).flatMap(({ operations }) =>
      operations.flatMap(({ duplicate, operation }) => (duplicate ? [] : [operation])),
    );
  }

  private isCorrect(process: TraceEvent['process']): boolean {
    return !this.events('byzantine').some((event) => event.process === process);
  }

  /** What the attack came to, in short. */
  get end(): Partial<Run['verdict']> {
    const { safe, live, ended, violations, unmet } = this.verdict;
    return { safe, live, ended, violations, unmet };
  }
}

/** How a run ends in which an attack has achieved nothing. */
export const sound = { safe: true, live: true, ended: 'executed', violations: [], unmet: [] };

/** Runs an attack to its end. */
export function attacked(fields: Omit<ScenarioSource, 'format'>): Outcome {
  const parsed = parseScenario({
    format: 'pbft-lab/scenario@1',
    network: { latencyMs: [20, 28] },
    ...fields,
  });
  assert(parsed.ok, parsed.ok ? '' : parsed.problem);
  return new Outcome(runScenario(parsed.scenario));
}

/** `count` operations of a client, one after the other. */
export function puts(count: number, client = 0): Step[] {
  return Array.from({ length: count }, (_, i) => ({
    do: 'submit',
    client,
    operation: { put: [`c${client}`, String(i)] },
  }));
}

/** A replica is Byzantine, and says only what the attack writes. */
export function villain(replica: number): Extract<Step, { readonly do: 'byzantine' }> {
  return { do: 'byzantine', replica, behaviour: 'silent' };
}

/** The operation of a client by its place. */
export function operation(index: number, client = 0): { client: number; index: number } {
  return { client, index };
}
