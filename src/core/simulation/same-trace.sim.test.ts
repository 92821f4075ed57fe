import { expect, it } from 'vitest';

import { runScenario } from './cluster.ts';
import { randomScenario } from './random-scenario.ts';

it(
  'gives a random scenario the same trace each time, and different ones different traces',
  { timeout: 120_000 },
  () => {
    const digests = Array.from({ length: 100 }, (_, seed) => {
      const [first, second] = [1, 2].map(
        () => runScenario(randomScenario(seed, { replicas: 4 })).verdict.traceDigest,
      );
      expect({ seed, digest: second }).toEqual({ seed, digest: first });
      return first;
    });
    expect(new Set(digests).size).toBe(100);
  },
);
