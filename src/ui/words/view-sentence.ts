import type { LearnerCause, Report, ViewChangeCause } from '#core/replica/report.ts';

/** What a replica says about views, and about a past that it has lost or makes up for. */
export type ViewReport = Extract<
  Report,
  { type: 'view-change' | 'new-view' | 'timing' | 'learner' | 'quarantined' | 'state-transfer' }
>;

const viewReports: readonly Report['type'][] = [
  'view-change',
  'new-view',
  'timing',
  'learner',
  'quarantined',
  'state-transfer',
];

/** Whether the report is about views: narrows it. */
export function isViewReport<R extends Report>(report: R): report is Extract<R, ViewReport> {
  return viewReports.includes(report.type);
}

/** One plain sentence for it. */
export function viewSentence(report: ViewReport, who: string): string {
  switch (report.type) {
    case 'view-change':
      return `${who} asks for view ${report.view}: ${viewChangeCauses[report.cause]}.`;
    case 'new-view':
      return `${who} is in view ${report.view} with primary ${report.primary}${orderOf(report)}.`;
    case 'timing':
      return `${timerNames[report.timer]} of ${who} ${report.deed}${report.ms === undefined ? '' : `: ${report.ms} ms`}.`;
    case 'learner':
      return `${who} ${learnerCauses[report.why]}: it votes no more, and learns.`;
    case 'quarantined':
      return `${who} has another state after sequence ${report.sequence} than Q others: it executes and answers no more until it has theirs.`;
    case 'state-transfer':
      return `${who} ${report.deed === 'started' ? 'fetches' : 'has installed'} the state after sequence ${report.sequence}.`;
  }
}

const timerNames = {
  request: 'the request timer',
  'view-change': 'the view change timer',
} as const;

const viewChangeCauses: Readonly<Record<ViewChangeCause, string>> = {
  timer: 'its primary did not answer in time',
  join: 'f + 1 others ask for it',
  'faulty-primary': 'its primary is proven faulty',
  'invalid-new-view': 'the NEW-VIEW it waited for proves nothing',
};

const learnerCauses: Readonly<Record<LearnerCause, string>> = {
  'empty-store': 'found its disk empty',
  'refused-store': 'could not read its disk',
  'older-store': 'was given an older copy of its disk',
};

function orderOf({ entries }: Extract<Report, { type: 'new-view' }>): string {
  const nulls = entries.filter((entry) => entry.null).length;
  if (entries.length === 0) return '';
  const places = entries.length === 1 ? '1 proposal' : `${entries.length} proposals`;
  return `, which begins with ${places}${nulls === 0 ? '' : `, ${nulls} of them null`}`;
}
