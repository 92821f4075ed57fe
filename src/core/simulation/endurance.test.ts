import { describe, expect, it } from 'vitest';

import { endure } from './endurance.ts';

describe('a long run', () => {
  it(
    'is safe and live, changes no view, and its storage does not grow',
    { timeout: 120_000 },
    () => {
      const operations = 8000;
      const { verdict, tenths } = endure({ operations, seed: 1 });
      expect(verdict).toMatchObject({ safe: true, live: true, ended: 'quiet', violations: [] });
      expect(verdict.counts).toMatchObject({ viewChanges: 0, stateTransfers: 0 });
      expect(verdict.clients.map(({ answered }) => answered).reduce((a, b) => a + b)).toBe(
        operations,
      );
      expect(new Set(verdict.replicas.map(({ executed }) => executed))).toEqual(
        new Set([operations]),
      );
      const [second, last] = [tenths[1], tenths[9]];
      expect(last?.operations).toBe(operations);
      expect(last?.storageBytes).toBeLessThan(1.05 * (second?.storageBytes ?? 0));
      expect(last?.storageRecords).toBeLessThan(1.05 * (second?.storageRecords ?? 0));
    },
  );

  it('has the same trace each time, kept or not', () => {
    const digests = [1, 2].map(() => endure({ operations: 200, seed: 7 }).verdict.traceDigest);
    expect(digests[0]).toBe(digests[1]);
    expect(endure({ operations: 200, seed: 8 }).verdict.traceDigest).not.toBe(digests[0]);
  });
});
