import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { hex } from '#core/base/hex.ts';

import { decodePacket, encodePacket } from './codec.ts';
import type { Message, Packet, Signed } from './message.ts';
import { sample } from './sample-messages.ts';
import { signingInput } from './signing.ts';
import { clientId, digest, replicaId, sequenceNumber, timestamp, view } from './terms.ts';

const natural = fc.oneof(fc.nat(30), fc.maxSafeNat());
const bytes = (count: number): fc.Arbitrary<string> =>
  fc.uint8Array({ minLength: count, maxLength: count }).map(hex);
const text = fc.string({ unit: 'binary', maxLength: 40 });

const views = natural.map(view);
const sequences = natural.map(sequenceNumber);
const digests = bytes(32).map(digest);
const replicas = natural.map(replicaId);
const clients = natural.map(clientId);
const timestamps = natural.map(timestamp);
const signers = fc.oneof(
  fc.nat(9),
  fc.nat(9).map((client) => `c${client}` as const),
);
const slots = fc.array(sequences, { maxLength: sample.logSize });

function signed<M extends Message>(body: fc.Arbitrary<M>): fc.Arbitrary<Signed<M>> {
  return fc.record({ body, signer: signers, signature: bytes(64) });
}

const requests = fc.record({
  type: fc.constant('request' as const),
  operation: text,
  timestamp: timestamps,
  client: clients,
});
const prePrepares = fc.record({
  type: fc.constant('pre-prepare' as const),
  view: views,
  sequence: sequences,
  digest: digests,
});
const prepares = fc.record({
  type: fc.constant('prepare' as const),
  view: views,
  sequence: sequences,
  digest: digests,
  replica: replicas,
});
const commits = prepares.map((prepare) => ({ ...prepare, type: 'commit' as const }));
const replies = fc.record({
  type: fc.constant('reply' as const),
  view: views,
  timestamp: timestamps,
  client: clients,
  replica: replicas,
  result: text,
});
const checkpoints = fc.record({
  type: fc.constant('checkpoint' as const),
  sequence: sequences,
  digest: digests,
  replica: replicas,
});
const statuses = fc.record({
  type: fc.constant('status' as const),
  view: views,
  phase: fc.constantFrom('normal' as const, 'changing-view' as const, 'learner' as const),
  lowWatermark: sequences,
  lastExecuted: sequences,
  hasNewView: fc.boolean(),
  prePrepared: slots,
  prepared: slots,
  committed: slots,
  viewChanges: fc.array(replicas, { maxLength: sample.n }),
  missing: fc.array(digests, { maxLength: sample.logSize }),
  replica: replicas,
});
const batches = fc.array(signed(requests), { maxLength: 5 });
const data = fc.record({
  type: fc.constant('data' as const),
  kind: fc.constant('slot' as const),
  sequence: sequences,
  digest: digests,
  batch: batches,
  commits: fc.array(signed(commits), { maxLength: sample.n }),
  replica: replicas,
});
const viewChanges = fc.record({
  type: fc.constant('view-change' as const),
  nextView: views,
  stable: sequences,
  checkpoints: fc.array(signed(checkpoints), { maxLength: sample.n }),
  prepared: fc.array(
    fc.record({
      prePrepare: signed(prePrepares),
      prepares: fc.array(signed(prepares), { maxLength: 3 }),
    }),
    { maxLength: 3 },
  ),
  replica: replicas,
});
const newViews = fc.record({
  type: fc.constant('new-view' as const),
  view: views,
  viewChanges: fc.array(signed(viewChanges), { maxLength: 3 }),
  prePrepares: fc.array(signed(prePrepares), { maxLength: 3 }),
});
const nodes = fc.record({
  type: fc.constant('data' as const),
  kind: fc.constant('node' as const),
  sequence: sequences,
  digest: digests,
  level: natural,
  index: natural,
  children: fc.array(digests, { maxLength: 64 }),
  replica: replicas,
});
const chunks = fc.record({
  type: fc.constant('data' as const),
  kind: fc.constant('chunk' as const),
  sequence: sequences,
  digest: digests,
  index: natural,
  items: fc.array(fc.oneof(fc.tuple(text, text), fc.tuple(clients, timestamps, text))),
  replica: replicas,
});
const bodies: fc.Arbitrary<Message> = fc.oneof(
  requests,
  prePrepares,
  prepares,
  commits,
  replies,
  checkpoints,
  viewChanges,
  newViews,
  statuses,
  data,
  nodes,
  chunks,
);
const packets: fc.Arbitrary<Packet> = fc.oneof(
  fc.record({ signed: signed(bodies) }),
  fc.record({ signed: signed(prePrepares), batch: batches }),
);

describe('the wire', () => {
  it('[N2] gives back every packet', () => {
    fc.assert(
      fc.property(packets, (packet) => {
        expect(decodePacket(encodePacket(packet, sample), sample)).toEqual({ ok: true, packet });
      }),
    );
  });

  it('[N2] [N3] gives two messages the same bytes to sign only if they are the same', () => {
    // Few values, so that two messages often agree in all fields but one, or in all but their type.
    const few = fc.nat(1).map((value) => ({
      view: view(value),
      sequence: sequenceNumber(value),
      digest: digest(String(value).repeat(64)),
      replica: replicaId(value),
    }));
    const types = fc.constantFrom('prepare' as const, 'commit' as const, 'checkpoint' as const);
    const votes = fc.tuple(types, few, few).map(([type, a, b]): Message => {
      const { sequence, digest } = a;
      const { replica } = b;
      if (type === 'checkpoint') return { type, sequence, digest, replica };
      return { type, view: b.view, sequence, digest, replica };
    });
    fc.assert(
      fc.property(votes, votes, (a, b) => {
        const same = hex(signingInput(sample, a)) === hex(signingInput(sample, b));
        expect(same).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
      { numRuns: 500 },
    );
  });
});
