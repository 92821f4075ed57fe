import type { ProcessId } from '#core/pbft/message.ts';

import type { Arrow, Chronicle } from './chronicle.ts';
import type { MessageKind } from './message-style.ts';

/** The phases of the figure in the paper, from left to right. */
const swimlanePhases = ['request', 'pre-prepare', 'prepare', 'commit', 'reply'] as const;

/** A column of the figure: what was sent in a phase, and the stretch of time that it took. */
export interface SwimlaneColumn {
  readonly phase: (typeof swimlanePhases)[number];
  readonly arrows: readonly Arrow[];
  readonly fromMs: number;
  readonly toMs: number;
}

/** The normal case for one sequence number, as the paper draws it. */
export interface Swimlane {
  readonly sequence: number;
  readonly view: number;
  /** Whether the place was taken over by a NEW-VIEW, which stands for the PRE-PREPARE. */
  readonly takenOver: boolean;
  readonly columns: readonly SwimlaneColumn[];
  readonly executions: readonly { readonly process: ProcessId; readonly atMs: number }[];
}

const agreement: readonly MessageKind[] = ['pre-prepare', 'prepare', 'commit'];

/** The highest sequence number that is proposed or voted on at an instant; 0 before the first. */
export function lastSequence(chronicle: Chronicle, nowMs: number): number {
  let last = 0;
  for (const { header, sentAtMs } of chronicle.arrows) {
    if (sentAtMs > nowMs) break;
    if (agreement.includes(header.kind)) last = Math.max(last, header.sequence ?? 0);
  }
  return last;
}

/** What was sent for one sequence number, in the highest view that had votes for it at an instant. */
export function swimlaneOf(chronicle: Chronicle, sequence: number, nowMs: number): Swimlane {
  const { arrows } = chronicle;
  const votes = arrows.filter(
    ({ header }) => agreement.includes(header.kind) && header.sequence === sequence,
  );
  const sent = votes.filter(({ sentAtMs }) => sentAtMs <= nowMs);
  const view = Math.max(0, ...sent.map(({ header }) => header.view ?? 0));
  const mine = votes.filter(({ header }) => header.view === view);
  const proposals = mine.filter(({ header }) => header.kind === 'pre-prepare');
  const takenOver = proposals.length === 0 && view > 0;
  const orders = arrows.filter(({ header }) => header.kind === 'new-view' && header.view === view);
  const asked = requestsOf(chronicle, sequence, proposals[0] ?? mine[0]);
  const parts: Readonly<Record<SwimlaneColumn['phase'], readonly Arrow[]>> = {
    request: arrows.filter(({ header }) => header.kind === 'request' && asked.has(keyOf(header))),
    'pre-prepare': takenOver ? orders : proposals,
    prepare: mine.filter(({ header }) => header.kind === 'prepare'),
    commit: mine.filter(({ header }) => header.kind === 'commit'),
    reply: arrows.filter(({ header }) => header.kind === 'reply' && asked.has(keyOf(header))),
  };
  return {
    sequence,
    view,
    takenOver,
    columns: swimlanePhases.map((phase) => columnOf(phase, parts[phase])),
    executions: chronicle.executions.filter((execution) => execution.sequence === sequence),
  };
}

function keyOf({ client, timestamp }: Arrow['header']): string {
  return `${client} ${timestamp}`;
}

/** The requests of the batch: as it was executed, else the last one that its proposer had received. */
function requestsOf(
  { trace, executions, arrows }: Chronicle,
  sequence: number,
  proposal: Arrow | undefined,
): ReadonlySet<string> {
  const execution = executions.find((known) => known.sequence === sequence);
  const event = execution === undefined ? undefined : trace[execution.event];
  if (event?.type === 'executed') {
    return new Set(event.operations.map(({ client, timestamp }) => `${client} ${timestamp}`));
  }
  if (proposal === undefined) return new Set();
  const last = arrows.findLast(
    ({ header, to, endsAtMs }) =>
      header.kind === 'request' && to === proposal.from && endsAtMs <= proposal.sentAtMs,
  );
  return new Set(last === undefined ? [] : [keyOf(last.header)]);
}

function columnOf(phase: SwimlaneColumn['phase'], arrows: readonly Arrow[]): SwimlaneColumn {
  return {
    phase,
    arrows,
    fromMs: Math.min(...arrows.map(({ sentAtMs }) => sentAtMs)),
    toMs: Math.max(...arrows.map(({ endsAtMs }) => endsAtMs)),
  };
}

/** Where an instant lies in a column, 0 to 1. */
export function shareOf({ fromMs, toMs }: SwimlaneColumn, atMs: number): number {
  if (!(toMs > fromMs)) return 0;
  return Math.min(1, Math.max(0, (atMs - fromMs) / (toMs - fromMs)));
}
