/** The slowest and the fastest rate, in virtual seconds per second. */
export const rateMin = 0.01;
export const rateMax = 20;
/** The positions of the rate's slider. */
export const ratePositions = 100;

/** The rate at a position of the slider: logarithmic, rounded to two digits. */
export function rateAt(position: number): number {
  const exact = rateMin * (rateMax / rateMin) ** (position / ratePositions);
  return Number(exact.toPrecision(2));
}

/** The position of a rate. */
export function positionOf(rate: number): number {
  const inside = Math.min(rateMax, Math.max(rateMin, rate));
  return Math.round((Math.log(inside / rateMin) / Math.log(rateMax / rateMin)) * ratePositions);
}

/** "0.05×", "1×" */
export function formatRate(rate: number): string {
  return `${Number(rate.toPrecision(2))}×`;
}
