import { describe, expect, it } from 'vitest';

import { Histogram } from './histogram.ts';

describe('histogram', () => {
  it('has no quantiles of nothing, before the first value and after it was cleared', () => {
    const histogram = new Histogram();
    expect(histogram.quantiles()).toBeUndefined();

    histogram.add(3);
    histogram.clear();

    expect(histogram.quantiles()).toBeUndefined();
  });

  it('tells quantiles to two in a hundred', () => {
    const histogram = new Histogram();
    for (let value = 1; value <= 1000; value++) histogram.add(value);

    const { p50, p95, p99 } = histogram.quantiles() ?? { p50: 0, p95: 0, p99: 0 };

    expect(p50 / 500).toBeCloseTo(1.01, 1);
    expect(p95 / 950).toBeCloseTo(1.01, 1);
    expect(p99 / 990).toBeCloseTo(1.01, 1);
  });

  it('takes what is too small and what is too large', () => {
    const histogram = new Histogram();
    histogram.add(0);
    histogram.add(1e12);

    expect(histogram.quantiles()?.p50).toBeCloseTo(0.01);
    expect(histogram.quantiles()?.p99).toBeGreaterThan(1e6);
  });
});
