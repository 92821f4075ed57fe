import { describe, expect, it } from 'vitest';

import { digestOfBatch } from '#core/pbft/digest.ts';
import { digestOfState } from '#core/pbft/execution.ts';
import type { Packet } from '#core/pbft/message.ts';
import { sequenceNumber } from '#core/pbft/terms.ts';

import { ProcessMachine } from './process-machine.ts';
import { TestCluster } from './test-cluster.ts';
import { c, checkpointOf, delivered, digestOfIt, prePrepare, vote } from './test-messages.ts';

describe('checkpoints', () => {
  it('bound the message log, the bodies and the archive over 200 requests', () => {
    const cluster = new TestCluster();
    const { logSize } = cluster.configuration;

    for (let i = 0; i < 200; i++) cluster.submit({ add: ['x', 1] });
    const sizeAfter = (requests: number): number => {
      expect(cluster.runUntil(() => cluster.answers().length === requests, 60_000)).toBe(true);
      return cluster.machines.get(1)?.compact().length ?? 0;
    };
    // After 40 requests the archive is full.
    const [early, late] = [sizeAfter(40), sizeAfter(200)];
    expect(late).toBeLessThan(early * 1.02);
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

  it('leave the log as it is until Q replicas have told the same', () => {
    const machine = ProcessMachine.start(1, c, { verify: true });
    machine.turn(0, { type: 'start' }, null);
    const digest = digestOfBatch(c, []);
    for (let n = 1; n <= 8; n++) {
      const packets = [
        prePrepare(n, []),
        ...[0, 2, 3].map((i) => vote('commit', i, { n, digest })),
      ];
      for (const packet of packets) machine.turn(1000, delivered(packet), null);
    }
    const places = (): unknown => {
      const inspection = machine.inspect();
      return inspection.kind === 'replica' && inspection.slots.map(({ sequence }) => sequence);
    };
    expect(places()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);

    const progress = { sequence: sequenceNumber(8), executed: 0 };
    const state = digestOfState(c, { state: new Map(), clientTable: new Map() }, progress);
    machine.turn(1000, delivered(checkpointOf(0, 8, state)), null);
    expect(places()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    machine.turn(1000, delivered(checkpointOf(2, 8, state)), null);
    expect(places()).toEqual([]);
  });

  it('count claims that came when they were above the window, once it reaches them', () => {
    const machine = ProcessMachine.start(1, c, { verify: true });
    machine.turn(0, { type: 'start' }, null);
    const give = (packet: Packet): void => {
      machine.turn(1000, delivered(packet), null);
      machine.commit();
    };
    const claims = (): unknown => {
      const inspection = machine.inspect();
      return inspection.kind === 'replica' && inspection.checkpoints;
    };
    for (const i of [0, 2, 3]) give(checkpointOf(i, 24, digestOfIt));
    expect(claims()).toEqual([]);

    const digest = digestOfBatch(c, []);
    for (let n = 1; n <= 8; n++) {
      give(prePrepare(n, []));
      for (const i of [0, 2, 3]) give(vote('commit', i, { n, digest }));
    }
    expect(claims()).toMatchObject([{ sequence: 8, signers: [1], stable: false }]);
    const state = digestOfState(
      c,
      { state: new Map(), clientTable: new Map() },
      { sequence: sequenceNumber(8), executed: 0 },
    );
    for (const i of [0, 2]) give(checkpointOf(i, 8, state));

    expect(claims()).toEqual([
      { sequence: 8, digest: state, signers: [1, 0, 2], stable: true },
      { sequence: 24, digest: digestOfIt, signers: [0, 2, 3], stable: false },
    ]);
  });
});
