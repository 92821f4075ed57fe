import { describe, expect, it } from 'vitest';

import { TestCluster } from './test-cluster.ts';

describe('agreement', () => {
  it.each([1, 4, 5, 6, 7])('decides and executes a request with %i replicas', (n) => {
    const cluster = new TestCluster({ n, f: Math.floor((n - 1) / 3) });

    cluster.submit({ put: ['x', '1'] });

    expect(cluster.runUntil(() => cluster.answers().length === 1)).toBe(true);
    cluster.run(100);
    const digests = Array.from({ length: n }, (_, i) => cluster.replica(i).stateDigest);
    expect(new Set(digests).size).toBe(1);
    expect(cluster.replica(0).state).toEqual([['x', '1']]);
    expect(cluster.reported('rejected')).toEqual([]);
  });
});
