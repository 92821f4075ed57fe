import type { LiveMark, LiveSample, LiveTotals } from '#host/live/live-report.ts';

/** How much of a run the dashboard shows. */
export const windowMs = 60_000;

/** At four a second a little more than the window. */
const samplesMax = 260;
const marksMax = 400;

/** The samples with one more, without those that have left the window. */
export function withSample(
  samples: readonly LiveSample[],
  sample: LiveSample,
): readonly LiveSample[] {
  return [...samples.slice(-(samplesMax - 1)), sample];
}

/**
 * The marks with those of one more sample. Each replica tells when it enters a view and when a checkpoint is stable
 * for it: the first to do so is the mark.
 */
export function withMarks(
  marks: readonly LiveMark[],
  more: readonly LiveMark[],
): readonly LiveMark[] {
  const all = [...marks];
  for (const mark of more) {
    if (!all.some((known) => isSameNews(known, mark))) all.push(mark);
  }
  return all.slice(-marksMax);
}

function isSameNews(known: LiveMark, mark: LiveMark): boolean {
  if (known.kind !== mark.kind) return false;
  if (mark.kind === 'view') return (known.view ?? 0) >= (mark.view ?? 0);
  if (mark.kind === 'stable') return (known.sequence ?? 0) >= (mark.sequence ?? 0);
  return false;
}

/** What happened between two samples, a second and an operation. */
export interface LiveRates {
  readonly perSecond: number;
  /** Undefined while no operation is acknowledged. */
  readonly perOperation: LiveTotals | undefined;
  /** Operations in a batch, on average; undefined when nothing was executed. */
  readonly batch: number | undefined;
}

/** The rates over the last `ms` of the samples. */
export function ratesOver(samples: readonly LiveSample[], ms: number): LiveRates | undefined {
  const last = samples.at(-1);
  const first = samples.findLast((sample) => last !== undefined && last.atMs - sample.atMs >= ms);
  const from = first ?? samples[0];
  return last === undefined || from === undefined || from === last
    ? undefined
    : ratesBetween(from, last);
}

/** The rates between two samples of one run. */
export function ratesBetween(from: LiveSample, to: LiveSample): LiveRates {
  const operations = to.acknowledged - from.acknowledged;
  const batches = executed(to) - executed(from);
  const each = (name: keyof LiveTotals): number =>
    (to.totals[name] - from.totals[name]) / operations;
  return {
    perSecond: (operations * 1000) / (to.atMs - from.atMs),
    perOperation:
      operations === 0
        ? undefined
        : {
            messages: each('messages'),
            bytes: each('bytes'),
            signatures: each('signatures'),
            verifications: each('verifications'),
            commits: each('commits'),
            commitBytes: each('commitBytes'),
          },
    batch: batches > 0 && operations > 0 ? operations / batches : undefined,
  };
}

/** The highest place that any replica has executed. */
function executed({ replicas }: LiveSample): number {
  return Math.max(0, ...replicas.map(({ lastExecuted }) => lastExecuted));
}
