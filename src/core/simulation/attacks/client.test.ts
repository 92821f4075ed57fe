import { describe, expect, it } from 'vitest';

import { encodePacket } from '#core/pbft/codec.ts';
import { own } from '#core/pbft/signed.ts';
import { clientId, timestamp } from '#core/pbft/terms.ts';
import { arrivalOf, signed, TestCluster } from '#core/replica/test-cluster.ts';
import { delivered, requestOf } from '#core/replica/test-messages.ts';

import { attacked, puts, sound } from './attack.ts';

const replicas = [0, 1, 2, 3];

/** What each replica has executed of a client whose requests are made by hand. */
function resultsOf(cluster: TestCluster): readonly string[] {
  return replicas.map((i) => JSON.stringify(cluster.replica(i).state));
}

describe('clients that lie', { timeout: 30_000 }, () => {
  it('[A-C1] two operations under one timestamp: one executes, and the views stay', () => {
    const cluster = new TestCluster();
    for (const i of replicas) {
      const operation = { put: ['x', i < 2 ? 'one' : 'two'] };
      cluster.give(i, delivered({ signed: requestOf(0, 5, operation) }, 'c0'));
    }
    cluster.run(10_000);

    expect(replicas.map((i) => cluster.replica(i).executed)).toEqual([1, 1, 1, 1]);
    expect(new Set(resultsOf(cluster)).size).toBe(1);
    expect(cluster.reported('view-change').length).toBeLessThanOrEqual(4);
    expect(replicas.flatMap((i) => cluster.replica(i).timer ?? [])).toEqual([]);
  });

  it('[A-C2] an old timestamp is answered from the table, or ignored', () => {
    const cluster = new TestCluster();
    const [first, second] = [1, 2].map((t) => requestOf(0, t, { put: ['x', String(t)] }));
    for (const request of [first, second, second, first]) {
      if (request !== undefined) cluster.give(0, delivered({ signed: request }, 'c0'));
      cluster.run(1000);
    }

    expect(replicas.map((i) => cluster.replica(i).executed)).toEqual([2, 2, 2, 2]);
    const refused = cluster.reported('rejected').map(({ reason }) => reason);
    expect(refused).toEqual(expect.arrayContaining(['answered-request', 'stale-request']));
    expect(cluster.reported('view-change')).toEqual([]);
  });

  it('[A-C4] a request that reaches the backups alone is relayed, and executes in the same view', () => {
    const run = attacked({
      steps: [{ do: 'drop', match: { type: 'request', from: 'c0', to: 0 } }, ...puts(2)],
      until: { executed: 2, atMs: 20_000 },
    });

    expect(run.end).toEqual(sound);
    expect(run.viewsEntered()).toEqual([]);
  });

  it('[A-C5] the last timestamp that there is shuts out nobody but its client', () => {
    const cluster = new TestCluster({ clients: 2 });
    const c = cluster.configuration;
    const last = {
      type: 'request',
      operation: '{"put":["x","last"]}',
      timestamp: timestamp(Number.MAX_SAFE_INTEGER),
      client: clientId(0),
    } as const;
    const bytes = encodePacket(signed({ signed: own(last, 'c0') }, c), c);
    cluster.give(0, { type: 'deliver', from: 'c0', arrival: arrivalOf(bytes, c) });
    cluster.run(500);
    cluster.submit({ put: ['y', '1'] }, 'c0');
    cluster.submit({ put: ['z', '1'] }, 'c1');
    cluster.run(3000);

    expect(cluster.answers('c1')).toEqual(['ok']);
    expect(cluster.answers('c0')).toEqual([]);
    expect(replicas.map((i) => cluster.replica(i).executed)).toEqual([2, 2, 2, 2]);
    expect(cluster.reported('view-change')).toEqual([]);
  });

  it('[A-C6] [A-C7] a replica that lies in its replies, or about its view, changes no answer', () => {
    for (const behaviour of ['lie-reply', 'lie-view'] as const) {
      const run = attacked({
        steps: [
          { do: 'byzantine', replica: 0, behaviour },
          ...puts(3),
          { do: 'submit', operation: { get: 'c0' } },
        ],
        until: { executed: 4, atMs: 10_000 },
      });

      expect(run.end).toEqual(sound);
      expect(run.events('answered').at(-1)).toMatchObject({ result: '2', view: 0 });
    }
  });
});
