import type { ProcessId } from '#core/pbft/message.ts';
import type { Report } from '#core/replica/report.ts';

import {
  blankSlot,
  furtherState,
  type ProcessPicture,
  type SlotPicture,
  type Vote,
} from './process-picture.ts';

type UnseenReport = Extract<
  Report,
  {
    type:
      | 'rejected'
      | 'checkpoint'
      | 'queued'
      | 'evidence'
      | 'retransmitted'
      | 'misbehaved'
      | 'view-change'
      | 'timing'
      | 'learner'
      | 'quarantined';
  }
>;

const unseen: readonly Report['type'][] = [
  'rejected',
  'checkpoint',
  'queued',
  'evidence',
  'retransmitted',
  'misbehaved',
  'view-change',
  'timing',
  'learner',
  'quarantined',
  'quarantined',
];

/** Reports that the feed tells and no picture of a process shows. */
function isUnseen(report: Report): report is UnseenReport {
  return unseen.includes(report.type);
}

/** The process after it said `report`. */
export function afterReport(process: ProcessPicture, report: Report): ProcessPicture {
  if (isUnseen(report)) return process;
  switch (report.type) {
    case 'counted':
      return afterCounted(process, report);
    case 'pre-prepared':
      return afterPrePrepared(process, report);
    case 'prepared':
      return afterPrepared(process, report);
    case 'committed':
      return afterCommitted(process, report);
    case 'executed':
      return afterExecuted(process, report);
    case 'stable':
      return { ...process, stable: Math.max(process.stable, report.sequence) };
    case 'new-view':
      return inView(process, report.view);
    case 'state-transfer':
      return report.deed === 'installed' ? afterInstall(process, report.sequence) : process;
    case 'submitted':
    case 'requested':
    case 'answered':
      return afterClientReport(process, report);
    case 'recovered':
      return { ...process, life: 'up', incarnation: report.incarnation };
  }
}

/** What was said in an older view counts no more; what is executed stays. */
function inView(process: ProcessPicture, view: number): ProcessPicture {
  if (view <= process.view) return process;
  const slots = new Map([...process.slots].filter(([, { state }]) => state === 'executed'));
  return { ...process, slots, view };
}

function afterInstall(process: ProcessPicture, sequence: number): ProcessPicture {
  const slots = new Map([...process.slots].filter(([place]) => place > sequence));
  return { ...process, slots, executed: Math.max(process.executed, sequence) };
}

function afterClientReport(
  process: ProcessPicture,
  report: Extract<Report, { type: 'submitted' | 'requested' | 'answered' }>,
): ProcessPicture {
  switch (report.type) {
    case 'submitted':
      return process.outstanding === undefined
        ? {
            ...process,
            outstanding: { index: report.index, operation: report.operation, replies: [] },
          }
        : process;
    case 'requested':
      return {
        ...process,
        outstanding: {
          index: report.index,
          timestamp: report.timestamp,
          operation: report.operation,
          replies: [],
        },
      };
    case 'answered':
      return afterAnswer(process, report.result);
  }
}

function afterPrePrepared(
  process: ProcessPicture,
  { view, sequence, digest }: Extract<Report, { type: 'pre-prepared' }>,
): ProcessPicture {
  return withSlot(process, sequence, view, (slot) => ({
    ...slot,
    view,
    digest,
    state: furtherState(slot.state, 'pre-prepared'),
  }));
}

function afterExecuted(
  process: ProcessPicture,
  { sequence, digest }: Extract<Report, { type: 'executed' }>,
): ProcessPicture {
  const executed = Math.max(process.executed, sequence);
  const after = withSlot(process, sequence, process.view, (slot) => ({
    ...slot,
    digest,
    state: 'executed',
  }));
  return { ...after, executed };
}

function afterAnswer(process: ProcessPicture, result: string): ProcessPicture {
  const { outstanding: _, ...rest } = process;
  return { ...rest, answered: process.answered + 1, lastResult: result };
}

function afterCounted(
  process: ProcessPicture,
  report: Extract<Report, { type: 'counted' }>,
): ProcessPicture {
  if (report.kind === 'reply') return withReply(process, report.signer);
  if (report.kind === 'checkpoint' || report.kind === 'view-change') return process;
  if (report.sequence === undefined) return process;
  const vote: Vote = { signer: report.signer, digest: report.digest ?? '' };
  const list = report.kind === 'prepare' ? 'prepares' : 'commits';
  return withSlot(process, report.sequence, report.view ?? process.view, (slot) => ({
    ...slot,
    [list]: withVote(slot[list], vote),
  }));
}

function withReply(process: ProcessPicture, signer: ProcessId): ProcessPicture {
  const { outstanding } = process;
  if (outstanding === undefined || outstanding.replies.includes(signer)) return process;
  return { ...process, outstanding: { ...outstanding, replies: [...outstanding.replies, signer] } };
}

function withVote(votes: readonly Vote[], vote: Vote): readonly Vote[] {
  return votes.some(({ signer }) => signer === vote.signer) ? votes : [...votes, vote];
}

/** The votes of a prepared certificate were counted one by one; a repaired slot brings its commits whole. */
function afterPrepared(
  process: ProcessPicture,
  report: Extract<Report, { type: 'prepared' }>,
): ProcessPicture {
  return withSlot(process, report.sequence, report.view, (slot) => ({
    ...slot,
    digest: report.digest,
    state: furtherState(slot.state, 'prepared'),
  }));
}

function afterCommitted(
  process: ProcessPicture,
  report: Extract<Report, { type: 'committed' }>,
): ProcessPicture {
  return withSlot(process, report.sequence, report.view, (slot) => ({
    ...slot,
    digest: report.digest,
    state: furtherState(slot.state, 'committed'),
    commits: report.signers.reduce<readonly Vote[]>(
      (votes, signer) => withVote(votes, { signer, digest: report.digest }),
      slot.commits,
    ),
  }));
}

function withSlot(
  process: ProcessPicture,
  sequence: number,
  view: number,
  change: (slot: SlotPicture) => SlotPicture,
): ProcessPicture {
  const slots = new Map(process.slots);
  slots.set(sequence, change(slots.get(sequence) ?? blankSlot(sequence, view)));
  if (slots.size > slotsKept) forgetOldest(slots);
  return { ...process, slots, view: Math.max(process.view, view) };
}

/** The stage shows the last few slots; more would make every step cost more. */
const slotsKept = 24;

function forgetOldest(slots: Map<number, SlotPicture>): void {
  slots.delete(Math.min(...slots.keys()));
}
