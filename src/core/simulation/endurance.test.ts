import { describe, expect, it } from 'vitest';

import { endure } from './endurance.ts';

describe('a long run', { timeout: 120_000 }, () => {
  it('is safe and live, changes no view, and what its replicas hold does not grow', () => {
    const operations = 4000;
    const { verdict, tenths } = endure({ operations, seed: 1 });
    expect(verdict).toMatchObject({ safe: true, live: true, ended: 'quiet', violations: [] });
    expect(verdict.counts).toMatchObject({ viewChanges: 0, stateTransfers: 0 });
    const answered = verdict.clients.map((client) => client.answered);
    expect(answered.reduce((a, b) => a + b)).toBe(operations);
    expect(new Set(verdict.replicas.map(({ executed }) => executed))).toEqual(
      new Set([operations]),
    );
    const [second, last] = [tenths[1], tenths[9]];
    expect(second?.stateBytes).toBeGreaterThan(10_000);
    expect(last?.stateBytes).toBeLessThan(1.05 * (second?.stateBytes ?? 0));
  });

  it('has the same trace each time', () => {
    const digests = [7, 7, 8].map((seed) => endure({ operations: 100, seed }).verdict.traceDigest);
    expect(digests[0]).toBe(digests[1]);
    expect(digests[0]).not.toBe(digests[2]);
  });
});
