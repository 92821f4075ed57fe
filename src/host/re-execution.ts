/**
 * A page was loaded again. All its workers are gone, and what is left is the record of the session and
 * the storage log of each process. Nothing else is needed: a run is a function of its scenario, so the
 * recorded one is executed again, in one thread, up to where the workers were.
 *
 * 1. Each log says the number of its last durable turn. The run is executed until every process has
 *    committed as many turns; the round of the last of them is where the page died. Rounds are barriers,
 *    so in that round some have committed and others have not; before it, all have.
 * 2. A process that has more turns behind it than its log stopped there alone (its storage refused a
 *    commit): that is recorded as its crash, and the run is executed again with it.
 * 3. The death is recorded as steps: in that round every process crashes, at `after-commit` or
 *    `before-commit` as its log tells, and 1 ms later it starts again. What was on its way is lost with them.
 * 4. From there the conductor goes on with real workers, which restart from the real logs.
 */
import { assert } from '#core/base/assert.ts';
import { isTwin, naming } from '#core/network/process-order.ts';
import type { TraceEvent } from '#core/network/trace-event.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import { SimulatedCluster } from '#core/simulation/cluster.ts';
import type { Conductor } from '#core/simulation/conductor.ts';
import type { Condition, Scenario, Step } from '#core/simulation/scenario.ts';

/** The number of the last durable turn of each process; one whose log cannot be read is absent. */
export type DurableTurns = ReadonlyMap<ProcessId, number>;

/** The conductor of the recorded run, at the instant at which the page died; undefined if nothing was durable. */
export function reexecuted(scenario: Scenario, durable: DurableTurns): Conductor | undefined {
  if ([...durable.values()].every((turn) => turn === 0)) return undefined;
  let steps = scenario.steps;
  const stopped = new Set<string>();
  for (;;) {
    const found = findDeath({ ...scenario, steps }, durable);
    if (found.ahead === undefined) {
      return executedTo({ ...scenario, steps: [...steps, ...stepsOf(found, durable)] }, found);
    }
    const stop = `${found.ahead} ${found.before}`;
    assert(!stopped.has(stop), 'who stops alone stops where its log ends');
    stopped.add(stop);
    steps = [...steps, crashOf(found.ahead, durable.get(found.ahead) ?? 0)];
  }
}

interface Death {
  /** The length of the trace when the round of the death began. */
  readonly before: number;
  /** Turn numbers of the processes that took part in that round. */
  readonly turns: ReadonlyMap<ProcessId, number>;
  readonly running: readonly ProcessId[];
  /** A process that was ahead of its log before that round. */
  readonly ahead?: ProcessId;
}

function findDeath(scenario: Scenario, durable: DurableTurns): Death {
  const cluster = new SimulatedCluster(scenario);
  const reached = new Map<ProcessId, number>();
  const running = new Set<ProcessId>();
  for (;;) {
    const before = cluster.conductor.trace.length;
    const goesOn = cluster.stepRound();
    const turns = new Map<ProcessId, number>();
    for (const event of cluster.conductor.trace.slice(before)) {
      follow(event, running, turns);
      if (event.type === 'parted' && event.process !== undefined) reached.delete(event.process);
    }
    for (const [process, turn] of turns) reached.set(process, turn);
    const isThere = [...durable].every(([process, turn]) => {
      // The log of a second instance that has not begun is left from another one.
      const isAwaited = !isTwin(process) || reached.has(process);
      return !isAwaited || (reached.get(process) ?? 0) >= turn;
    });
    const death = { before, turns, running: [...running] };
    if (isThere || !goesOn) return death;
    const ahead = [...durable].find(([process, turn]) => (reached.get(process) ?? 0) > turn);
    if (ahead !== undefined) return { ...death, ahead: ahead[0] };
  }
}

function follow(event: TraceEvent, running: Set<ProcessId>, turns: Map<ProcessId, number>): void {
  const { process } = event;
  if (process === undefined) return;
  if (event.type === 'persisted') {
    running.add(process);
    turns.set(process, event.turn);
  }
  if (event.type === 'doubled') running.add(process);
  if (event.type === 'crashed' || event.type === 'failed' || event.type === 'parted') {
    running.delete(process);
  }
}

/** How the death of the page is told: each process that ran dies in that round and starts again. */
function stepsOf({ turns, running }: Death, durable: DurableTurns): readonly Step[] {
  const [first] = turns;
  if (first === undefined) return [];
  const thatRound = reaches(...first);
  const crashes = running.map((process): Step => {
    const turn = turns.get(process);
    if (turn === undefined) return { do: 'crash', ...naming(process), when: thatRound };
    const point = turn > (durable.get(process) ?? turn) ? 'before-commit' : 'after-commit';
    return { do: 'crash', ...naming(process), point, when: reaches(process, turn) };
  });
  const restarts = running.map((process): Step => ({
    do: 'restart',
    ...naming(process),
    when: thatRound,
    after: 1,
  }));
  return [...crashes, ...restarts];
}

function crashOf(process: ProcessId, turn: number): Step {
  const when = reaches(process, turn + 1);
  return { do: 'crash', ...naming(process), point: 'before-commit', when };
}

function executedTo(scenario: Scenario, { before }: Death): Conductor {
  const cluster = new SimulatedCluster(scenario);
  while (cluster.conductor.trace.length <= before && cluster.stepRound());
  return cluster.conductor;
}

function reaches(process: ProcessId, turn: number): Condition {
  return { ...naming(process), turn };
}
