/** Half, almost all, and all but one in a hundred of the values are at most this. */
export interface Quantiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** The smallest value that is told from nothing, and by how much neighbouring buckets differ. */
const smallest = 0.01;
const step = Math.log(1.02);
/** Up to more than a day of milliseconds. */
const bucketsMax = 1200;

/** Counts positive values in buckets of 2 %: as small after a million of them as after one. */
export class Histogram {
  private readonly buckets = new Uint32Array(bucketsMax);
  private total = 0;

  add(value: number): void {
    const bucket = value <= smallest ? 0 : Math.ceil(Math.log(value / smallest) / step);
    const known = Math.min(bucket, bucketsMax - 1);
    this.buckets[known] = (this.buckets[known] ?? 0) + 1;
    this.total += 1;
  }

  /** Undefined when nothing was added. */
  quantiles(): Quantiles | undefined {
    if (this.total === 0) return undefined;
    return { p50: this.quantile(0.5), p95: this.quantile(0.95), p99: this.quantile(0.99) };
  }

  clear(): void {
    this.buckets.fill(0);
    this.total = 0;
  }

  private quantile(share: number): number {
    const rank = Math.ceil(share * this.total);
    let seen = 0;
    let bucket = 0;
    for (const count of this.buckets) {
      seen += count;
      if (seen >= rank) break;
      bucket += 1;
    }
    return smallest * Math.exp(bucket * step);
  }
}
