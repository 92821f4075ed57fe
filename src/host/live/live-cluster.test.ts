import { afterEach, describe, expect, it } from 'vitest';

import type { LiveOptions } from './live-report.ts';
import { LiveTestCluster } from './live-test-cluster.ts';

const options: LiveOptions = {
  n: 4,
  seed: 7,
  batchMax: 16,
  pipeline: 2,
  checkpointInterval: 8,
  load: { kind: 'closed', clients: 24 },
  operations: 400,
  storage: { kind: 'memory' },
};

let cluster: LiveTestCluster | undefined;

afterEach(() => {
  cluster?.end();
  cluster = undefined;
});

async function started(options: LiveOptions): Promise<LiveTestCluster> {
  cluster = await LiveTestCluster.start(options);
  return cluster;
}

function digestsOf(live: LiveTestCluster): ReadonlySet<string> {
  return new Set([...live.replicas.keys()].map((replica) => live.look(replica).stateDigest));
}

function isEqual(live: LiveTestCluster, operations: number): boolean {
  return live.lastFacts.every(({ status }) => status.executed === operations);
}

describe('a live cluster', () => {
  it('executes every operation once, and all replicas come to the same state', async () => {
    const live = await started(options);
    live.load.start();
    await live.until(() => live.load.report().hasEnded && isEqual(live, 400));

    expect(live.load.report()).toMatchObject({ issued: 400, acknowledged: 400, outstanding: 0 });
    expect(digestsOf(live).size).toBe(1);
    expect(live.monitor.findings.violations).toEqual([]);
    expect(live.failures).toEqual([]);
  });

  it('commits many turns in one record', async () => {
    const live = await started(options);
    live.load.start();
    await live.until(() => live.load.report().hasEnded && isEqual(live, 400));

    for (const { status } of live.lastFacts) {
      expect(status.commits).toBeGreaterThan(0);
      expect(status.commits).toBeLessThan(status.turns);
    }
  });

  it('[R8] loses nothing when a replica is killed at any time and comes back from its log', async () => {
    const live = await started({ ...options, operations: 600 });
    live.load.start();
    for (const due of [100, 200, 300, 400]) {
      await live.until(() => live.load.report().acknowledged >= due);
      live.kill(2);
      await live.until(() => live.load.report().acknowledged >= due + 50);
      await live.restart(2);
    }
    await live.until(() => live.load.report().hasEnded && isEqual(live, 600));

    expect(digestsOf(live).size).toBe(1);
    expect(live.monitor.findings.violations).toEqual([]);
    expect(live.failures).toEqual([]);
  });
});
