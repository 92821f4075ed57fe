import type { Mark } from './chronicle.ts';

/** The end of the painted timeline: a round number somewhat beyond the live edge, so that ticks rarely move. */
export function timelineEndMs(edgeMs: number): number {
  const least = Math.max(100, edgeMs * 1.04);
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((factor) => factor * power >= least);
  return (step ?? 10) * power;
}

/** The marks to paint: of a kind, at most one every `apart` of the timeline's unit. */
export function thinned(marks: readonly Mark[], apart: number): readonly Mark[] {
  const last = new Map<Mark['kind'], number>();
  return marks.filter(({ kind, atMs }) => {
    const before = last.get(kind);
    if (before !== undefined && atMs - before < apart) return false;
    last.set(kind, atMs);
    return true;
  });
}

/** "412.3 ms", "12.345 s" */
export function formatTime(ms: number): string {
  return ms < 10_000 ? `${ms.toFixed(1)} ms` : `${(ms / 1000).toFixed(2)} s`;
}
