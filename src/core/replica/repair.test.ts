import { describe, expect, it } from 'vitest';

import { assert } from '#core/base/assert.ts';
import { Random } from '#core/base/random.ts';
import type { Packet } from '#core/pbft/message.ts';
import { commitFrom, prepareFrom, prePrepareFrom } from '#core/pbft/sample-messages.ts';
import { isSignedAs } from '#core/pbft/signed.ts';
import { sequenceNumber } from '#core/pbft/terms.ts';

import { TestCluster } from './test-cluster.ts';

const everyone = [0, 1, 2, 3];

/** Same state everywhere, and how much is in it. */
function convergence(cluster: TestCluster): unknown {
  return {
    digests: new Set(everyone.map((id) => cluster.replica(id).stateDigest)).size,
    executed: everyone.map((id) => cluster.replica(id).executed),
  };
}

describe('repair by STATUS', () => {
  it('sends nothing again while nothing is missing', () => {
    const cluster = new TestCluster();
    for (let i = 0; i < 20; i++) cluster.submit({ add: ['x', 1] });
    cluster.run(5000);

    expect(convergence(cluster)).toEqual({ digests: 1, executed: [20, 20, 20, 20] });
    const repeated = cluster.sent
      .filter(({ packet: { signed } }) => !['status', 'reply'].includes(signed.body.type))
      .map(({ from, to, packet: { signed } }) => JSON.stringify([from, to, signed.body]));
    expect(new Set(repeated).size).toBe(repeated.length);
  });

  it.each(['pre-prepare', 'prepare', 'commit', 'checkpoint'])(
    'makes up for every %s that replica 3 never hears at first',
    (type) => {
      const cluster = new TestCluster({ checkpointInterval: 2, logSize: 4 });
      cluster.isLost = ({ to, packet }) =>
        to === 3 && packet.signed.body.type === type && cluster.nowUs < 300_000;
      for (let i = 0; i < 4; i++) cluster.submit({ add: ['x', 1] });
      cluster.run(4000);

      expect(convergence(cluster)).toEqual({ digests: 1, executed: [4, 4, 4, 4] });
      expect(everyone.map((id) => cluster.replica(id).lowWatermark)).toEqual([4, 4, 4, 4]);
    },
  );

  it('unblocks a primary that has reached the high watermark', () => {
    const cluster = new TestCluster({ checkpointInterval: 2, logSize: 4 });
    cluster.isLost = ({ packet }) =>
      packet.signed.body.type === 'checkpoint' && cluster.nowUs < 1_000_000;
    for (let i = 0; i < 8; i++) cluster.submit({ add: ['x', 1] });

    cluster.run(900);
    expect(cluster.replica(0)).toMatchObject({ lastExecuted: 4, lowWatermark: 0 });
    expect(cluster.replica(0).waiting).toContainEqual({
      text: 'cannot propose 5: the window ends at 4',
    });
    expect(cluster.runUntil(() => cluster.answers().length === 8)).toBe(true);
  });

  it('brings a replica back that was away for a whole checkpoint', () => {
    const cluster = new TestCluster({ checkpointInterval: 2, logSize: 8 });
    cluster.crash(3);
    for (let i = 0; i < 7; i++) cluster.submit({ add: ['x', 1] });
    expect(cluster.runUntil(() => cluster.answers().length === 7)).toBe(true);

    cluster.restart(3);
    cluster.run(2000);
    expect(convergence(cluster)).toEqual({ digests: 1, executed: [7, 7, 7, 7] });
    expect(cluster.replica(3)).toMatchObject({ lowWatermark: 6, incarnation: 1 });
  });

  it('[A-B9] answers a peer that asks again and again at most once in resendMs', () => {
    const cluster = new TestCluster();
    cluster.crash(3);
    cluster.submit({ add: ['x', 1] });
    cluster.run(1000);
    const status = cluster.sent
      .map(({ packet }) => packet.signed)
      .find((signed) => isSignedAs(signed, 'status') && signed.signer === 1);
    assert(status !== undefined && isSignedAs(status, 'status'), 'replicas announce their status');
    const greedy = {
      lastExecuted: sequenceNumber(0),
      prePrepared: [],
      prepared: [],
      committed: [],
    };
    const packet = { signed: { ...status, body: { ...status.body, ...greedy } } };
    const ask = (): number =>
      cluster.give(0, {
        type: 'deliver',
        from: 1,
        arrival: { ok: true, packet, verdicts: [true] },
      }).outgoing.length;

    expect([ask(), ask(), ask()]).toEqual([1, 0, 0]);
    cluster.run(250);
    expect(ask()).toBe(1);
  });

  it('[V13] asks who is further at once, and once in resendMs', () => {
    const cluster = new TestCluster();
    cluster.run(10);
    const hear = (packet: Packet): unknown =>
      cluster
        .give(3, { type: 'deliver', from: 2, arrival: { ok: true, packet, verdicts: [true] } })
        .outgoing.map(({ to, packet: { signed } }) => [to, signed.body.type]);

    expect(hear({ signed: prepareFrom(2, { view: 1 }) })).toEqual([]);
    expect(hear({ signed: prepareFrom(2, { view: 7 }) })).toEqual([[2, 'status']]);
    expect(hear({ signed: commitFrom(1, { sequence: 17 }) })).toEqual([]);
    cluster.run(250);
    expect(hear({ signed: commitFrom(1, { sequence: 17 }) })).toEqual([[1, 'status']]);
    expect(hear({ signed: prePrepareFrom(3, { view: 7 }) })).toEqual([]);
  });

  it.each([1, 2, 3, 4, 5])(
    'converges when a fifth of all messages is lost, and replicas crash (seed %i)',
    (seed) => {
      const random = new Random(`repair ${seed}`);
      const cluster = new TestCluster({ checkpointInterval: 2, logSize: 8, clients: 2 });
      cluster.isLost = () => cluster.nowUs < 6_000_000 && random.next() < 0.2;
      let crashes = 0;
      cluster.crashIn = (id) => {
        if (id === 'c0' || id === 'c1' || random.next() >= 0.01) return undefined;
        crashes += 1;
        return random.pick(['before-commit', 'after-commit', 'after-send'] as const);
      };
      for (let i = 0; i < 6; i++) {
        cluster.submit({ add: ['x', 1] }, 'c0');
        cluster.submit({ add: ['y', 1] }, 'c1');
      }
      cluster.run(6000);
      cluster.crashIn = () => undefined;
      const isAnswered = cluster.runUntil(
        () => cluster.answers('c0').length === 6 && cluster.answers('c1').length === 6,
        60_000,
      );
      cluster.run(3000);

      expect(isAnswered).toBe(true);
      expect(crashes).toBeGreaterThan(0);
      expect(convergence(cluster)).toEqual({ digests: 1, executed: [12, 12, 12, 12] });
    },
    30_000,
  );
});
