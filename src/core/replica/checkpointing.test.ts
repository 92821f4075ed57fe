import { describe, expect, it } from 'vitest';

import { TestCluster } from './test-cluster.ts';

describe('checkpoints', () => {
  it('bound the message log, the bodies and the archive over 200 requests', () => {
    const cluster = new TestCluster();
    const { logSize } = cluster.configuration;

    for (let i = 0; i < 200; i++) cluster.submit({ add: ['x', 1] });
    expect(cluster.runUntil(() => cluster.answers().length === 200, 60_000)).toBe(true);
    cluster.run(200);

    for (const id of [0, 1, 2, 3]) {
      const replica = cluster.replica(id);
      expect(replica.lastExecuted).toBe(200);
      expect(replica.lowWatermark).toBe(200);
      expect(replica.slots.length).toBeLessThanOrEqual(logSize);
      expect(replica.state).toEqual([['x', '200']]);
    }
    // Only what comes after its quorum is refused: the fourth CHECKPOINT, replies to the last request.
    expect(new Set(cluster.reported('rejected').map(({ reason }) => reason))).toEqual(
      new Set(['another-request', 'outside-watermarks']),
    );
  }, 60_000);
});
