import type { TraceEvent } from '#core/network/trace-event.ts';

/**
 * The way to a violation: back from its evidence over execution, certificate, counted votes and proposal to the messages
 * that were sent. Of the votes those of the culprits only, where culprits are known: the others contradict nobody.
 */
export function pathTo(
  trace: readonly TraceEvent[],
  evidence: readonly number[],
  culprits: readonly number[],
): readonly TraceEvent[] {
  const found = new Map<number, TraceEvent>();
  const open = evidence.flatMap((id) => trace[id] ?? []);
  for (let event = open.pop(); event !== undefined; event = open.pop()) {
    if (found.has(event.id)) continue;
    found.set(event.id, event);
    open.push(...causesOf(trace, event, culprits));
  }
  return [...found.values()].filter(({ type }) => type !== 'delivered').sort((a, b) => a.id - b.id);
}

function causesOf(
  trace: readonly TraceEvent[],
  event: TraceEvent,
  culprits: readonly number[],
): readonly TraceEvent[] {
  if (event.type === 'delivered') {
    return trace.filter((cause) => cause.type === 'sent' && cause.message === event.message);
  }
  if (event.type === 'pre-prepared' || event.type === 'counted') {
    const { atMs } = event;
    return lastBefore(trace, event, (cause) => cause.type === 'delivered' && cause.atMs === atMs);
  }
  if (event.type === 'executed') return stateBefore(trace, event, 'committed');
  if (event.type === 'committed') {
    const votes = votesBehind(trace, event, 'commit', culprits);
    return [...stateBefore(trace, event, 'prepared'), ...votes];
  }
  if (event.type === 'prepared') {
    const votes = votesBehind(trace, event, 'prepare', culprits);
    return [...stateBefore(trace, event, 'pre-prepared'), ...votes];
  }
  return [];
}

function stateBefore(
  trace: readonly TraceEvent[],
  event: TraceEvent & Placed,
  state: 'committed' | 'prepared' | 'pre-prepared',
): readonly TraceEvent[] {
  return lastBefore(trace, event, (cause) => cause.type === state && isAlike(cause, event));
}

type Certified = Extract<TraceEvent, { type: 'prepared' | 'committed' }>;

function votesBehind(
  trace: readonly TraceEvent[],
  certified: Certified,
  kind: 'prepare' | 'commit',
  culprits: readonly number[],
): readonly TraceEvent[] {
  return trace
    .slice(0, certified.id)
    .filter(
      (event) =>
        event.type === 'counted' &&
        event.kind === kind &&
        event.process === certified.process &&
        event.view === certified.view &&
        isAlike(event, certified) &&
        typeof event.signer === 'number' &&
        certified.signers.includes(event.signer) &&
        (culprits.length === 0 || culprits.includes(event.signer)),
    );
}

/** The last event of the same process that fits. */
function lastBefore(
  trace: readonly TraceEvent[],
  event: TraceEvent,
  fits: (cause: TraceEvent) => boolean,
): readonly TraceEvent[] {
  const cause = trace
    .slice(0, event.id)
    .findLast((before) => before.process === event.process && before.lost !== true && fits(before));
  return cause === undefined ? [] : [cause];
}

interface Placed {
  readonly sequence?: number;
  readonly digest?: string;
}

function isAlike(a: Placed, b: Placed): boolean {
  return a.sequence === b.sequence && a.digest === b.digest;
}
