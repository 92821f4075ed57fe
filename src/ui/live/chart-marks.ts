import { type LiveMark } from '#lab/live/live-state.ts';

import { markLabel } from './mark-words.ts';

/** A mark with its place; `row` is where its label goes, undefined where there is no room for one. */
export interface PlacedMark {
  readonly mark: LiveMark;
  readonly x: number;
  readonly label: string;
  readonly row: number | undefined;
}

/** Rows of labels above a chart. */
export const labelRows = 3;
const characterPx = 6.6;
const gapPx = 6;

/** Checkpoints are ticks, and nearer than this they are one. */
const tickPx = 4;

/** Puts labels into rows so that none covers another; `x` of what has left the window is undefined. */
export function placeMarks(
  marks: readonly LiveMark[],
  x: (atMs: number) => number | undefined,
): readonly PlacedMark[] {
  const ends = Array.from({ length: labelRows }, () => Number.NEGATIVE_INFINITY);
  return marks.flatMap((mark) => {
    const at = x(mark.atMs);
    if (mark.kind === 'stable' || at === undefined) return [];
    const label = markLabel(mark);
    const found = ends.findIndex((end) => end + gapPx <= at);
    const row = found === -1 ? undefined : found;
    if (row !== undefined) ends[row] = at + label.length * characterPx;
    return [{ mark, x: at, label, row }];
  });
}

/** Where the ticks of stable checkpoints go, none nearer to the next than a tick is wide. */
export function stableTicks(
  marks: readonly LiveMark[],
  x: (atMs: number) => number | undefined,
): readonly number[] {
  const ticks: number[] = [];
  for (const { kind, atMs } of marks) {
    const at = kind === 'stable' ? x(atMs) : undefined;
    if (at !== undefined && at - (ticks.at(-1) ?? Number.NEGATIVE_INFINITY) >= tickPx)
      ticks.push(at);
  }
  return ticks;
}
