import { describe, expect, it } from 'vitest';

import type { Packet } from '#core/pbft/message.ts';
import {
  type Digest,
  digest,
  replicaId,
  sequenceNumber,
  timestamp,
  view,
} from '#core/pbft/terms.ts';

import { ProcessMachine } from './process-machine.ts';
import { c, checkpointOf, delivered, prePrepare, requestOf, said, vote } from './test-messages.ts';

/** As many digests as one likes. */
function digestNumber(i: number): Digest {
  return digest(i.toString(16).padStart(64, '0'));
}

/** All that replica 3, and the primary with it, can invent in one round. */
function inventions(round: number): readonly Packet[] {
  return Array.from({ length: 40 }, (_, i) => {
    const invented = digestNumber(round * 1000 + i);
    return [
      vote('prepare', 3, { n: i, digest: invented }),
      vote('commit', 3, { n: i, digest: invented }),
      checkpointOf(3, i * c.checkpointInterval, invented),
      prePrepare(i, [requestOf(0, round * 1000 + i + 1, { get: `${round} ${i}` })]),
      said(3, {
        type: 'view-change',
        nextView: view(round * 1000 + i + 1),
        stable: sequenceNumber(0),
        checkpoints: [],
        prepared: [],
        replica: replicaId(3),
      }),
      said(3, {
        type: 'prepare',
        view: view(2),
        sequence: sequenceNumber(i),
        digest: invented,
        replica: replicaId(3),
      }),
      said(3, {
        type: 'commit',
        view: view(round + 2),
        sequence: sequenceNumber(i),
        digest: invented,
        replica: replicaId(3),
      }),
    ];
  }).flat();
}

describe('a flood of messages from faulty replicas', () => {
  it('[A-B8] leaves no more behind than its first round', () => {
    const machine = ProcessMachine.start(1, c);
    machine.turn(0, { type: 'start' }, null);
    const sizes = [0, 1, 2, 3].map((round) => {
      for (const packet of inventions(round)) {
        machine.turn(1000, delivered(packet), null);
        machine.commit();
      }
      return machine.compact().length;
    });

    expect(machine.inspect()).toMatchObject({
      lastExecuted: 0,
      pending: [{}],
      evidence: Array.from({ length: 17 }, () => ({ type: 'evidence' })),
      slots: Array.from({ length: c.logSize }, (_, i) => ({ sequence: i + 1 })),
    });
    const [first = 0, ...later] = sizes;
    // Evidence comes in the second round: one proof against the primary, which is left then, and 16 against replica 3.
    expect(Math.max(...later)).toBeLessThan(2 * first);
    expect(later.at(-1)).toBeLessThan((later[0] ?? 0) * 1.02);
  });

  it('[A-C8] keeps one waiting request of a client, however many it sends', () => {
    const machine = ProcessMachine.start(1, c);
    machine.turn(0, { type: 'start' }, null);
    for (let t = 1; t <= 100; t++) {
      machine.turn(1000, delivered({ signed: requestOf(0, t, { get: 'x' }) }), null);
    }
    expect(machine.inspect()).toMatchObject({
      pending: [{ client: 0, timestamp: timestamp(100) }],
    });
  });
});
