import { scaleLinear, scaleLog, type ScaleLinear, type ScaleLogarithmic } from 'd3-scale';

/** Where a chart is drawn inside its box. */
export const margins = { top: 6, right: 14, bottom: 22, left: 56 };

/** At least so much time is shown, so that the first second does not fill the chart. */
const shortestMs = 15_000;

/** Real time from left to right: the last `windowMs`, or all of it while that is less. */
export function timeScale(
  latestMs: number,
  windowMs: number,
  width: number,
): ScaleLinear<number, number> {
  const fromMs = Math.max(0, latestMs - windowMs);
  const toMs = Math.max(latestMs, fromMs + shortestMs);
  return scaleLinear([fromMs, toMs], [margins.left, Math.max(margins.left, width - margins.right)]);
}

/** From nothing up to the highest. */
export function amountScale(
  values: readonly number[],
  height: number,
): ScaleLinear<number, number> {
  const highest = Math.max(10, ...values);
  return scaleLinear([0, highest], [bottomOf(height), margins.top]).nice(4);
}

/** Latencies of a healthy cluster and of one that has lost its primary differ by orders of magnitude. */
export function latencyScale(
  values: readonly number[],
  height: number,
): ScaleLogarithmic<number, number> {
  const highest = 10 ** Math.ceil(Math.log10(Math.max(10, ...values)));
  return scaleLog([1, highest], [bottomOf(height), margins.top]).clamp(true);
}

/** The powers of ten of a latency scale. */
export function decadesOf(scale: ScaleLogarithmic<number, number>): readonly number[] {
  const [, highest = 1] = scale.domain();
  const count = Math.round(Math.log10(highest));
  return Array.from({ length: count + 1 }, (_, power) => 10 ** power);
}

/** Where the picture of a chart ends and its axis begins. */
export function bottomOf(height: number): number {
  return Math.max(margins.top + 1, height - margins.bottom);
}
