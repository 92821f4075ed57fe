import { describe, expect, it } from 'vitest';

import type { Packet } from '#core/pbft/message.ts';
import { clientId, replicaId, timestamp, view } from '#core/pbft/terms.ts';

import { inventedDigest } from './byzantine/misdeed.ts';
import { ProcessMachine } from './process-machine.ts';
import type { TurnReport } from './process.ts';
import {
  batch,
  c,
  checkpointOf,
  delivered,
  digestOfIt as digest,
  prePrepare,
  requestOf,
  said,
  vote,
} from './test-messages.ts';

const other = inventedDigest(digest);
const place = { view: 0, sequence: 1, digest };

interface World {
  readonly machine: ProcessMachine;
  readonly reports: TurnReport['reports'];
  readonly sent: readonly unknown[];
}

/** Replica `id` after it has got these packets; the report of the last turn. */
function afterPackets(id: number, ...packets: readonly Packet[]): World {
  const machine = ProcessMachine.start(id, c, { verify: true });
  machine.turn(0, { type: 'start' }, null);
  const reports = packets.map((packet) => {
    const report = machine.turn(1000, delivered(packet), null);
    machine.commit();
    return report;
  });
  const last = reports.at(-1);
  if (last === undefined) throw new TypeError('a world has messages');
  return { machine, ...effectsOf(last) };
}

function effectsOf({ reports, outgoing }: TurnReport) {
  return {
    reports,
    sent: outgoing.map(({ to, packet: { signed, batch } }) => ({
      to,
      ...signed,
      ...(batch && { batch }),
    })),
  };
}

function mine(body: object, signer: number, recipients: readonly (number | string)[]) {
  return recipients.map((to) => ({ to, body, signer, signature: 'own' }));
}

describe('a backup', () => {
  it('answers an acceptable PRE-PREPARE with a PREPARE to all', () => {
    const { reports, sent } = afterPackets(1, prePrepare());

    expect(reports).toEqual([
      { type: 'pre-prepared', ...place },
      { type: 'counted', kind: 'prepare', ...place, signer: 1 },
    ]);
    expect(sent).toEqual(mine({ type: 'prepare', ...place, replica: 1 }, 1, [0, 2, 3]));
  });

  it('answers Q - 1 PREPAREs, its own among them, with a COMMIT to all', () => {
    const { reports, sent } = afterPackets(1, prePrepare(), vote('prepare', 3));

    expect(reports).toEqual([
      { type: 'counted', kind: 'prepare', ...place, signer: 3 },
      { type: 'prepared', ...place, signers: [1, 3] },
      { type: 'counted', kind: 'commit', ...place, signer: 1 },
    ]);
    expect(sent).toEqual(mine({ type: 'commit', ...place, replica: 1 }, 1, [0, 2, 3]));
  });

  it('executes on Q COMMITs and replies to the client', () => {
    const { reports, sent } = afterPackets(
      1,
      prePrepare(),
      vote('prepare', 3),
      vote('commit', 3),
      vote('commit', 0),
    );

    const operation = { client: 0, timestamp: 1, operation: '{"put":["x","1"]}', result: 'ok' };
    expect(reports).toEqual([
      { type: 'counted', kind: 'commit', ...place, signer: 0 },
      { type: 'committed', ...place, signers: [1, 3, 0] },
      {
        type: 'executed',
        sequence: 1,
        digest,
        executed: 1,
        operations: [{ ...operation, duplicate: false }],
      },
    ]);
    const reply = { type: 'reply', view: 0, timestamp: 1, client: 0, replica: 1, result: 'ok' };
    expect(sent).toEqual(mine(reply, 1, ['c0']));
  });

  it('refuses a second digest for a slot, keeps both as evidence and asks for the next view', () => {
    const { machine, reports, sent } = afterPackets(1, prePrepare(), prePrepare(1, []));

    expect(reports).toEqual([
      { type: 'rejected', reason: 'conflicting-pre-prepare' },
      expect.objectContaining({ type: 'evidence', culprit: 0, kind: 'pre-prepare', sequence: 1 }),
      expect.objectContaining({ type: 'view-change', view: 1, cause: 'faulty-primary' }),
    ]);
    expect(sent).toMatchObject(
      [0, 2, 3].map((to) => ({ to, body: { type: 'view-change', nextView: 1 } })),
    );
    expect(machine.audit().find(({ what }) => what.startsWith('evidence'))?.messages).toHaveLength(
      2,
    );
  });

  it('keeps a PREPARE that comes before the PRE-PREPARE, and counts only its digest', () => {
    const { machine } = afterPackets(
      1,
      vote('prepare', 2, { digest: other }),
      vote('prepare', 3),
      prePrepare(),
    );

    expect(machine.inspect()).toMatchObject({
      slots: [
        {
          state: 'prepared',
          prepares: [
            { signer: 2, counts: false },
            { signer: 3, counts: true },
            { signer: 1, counts: true },
          ],
        },
      ],
    });
  });

  it('shows its PRE-PREPARE once to who votes for another digest', () => {
    const { sent } = afterPackets(1, prePrepare(), vote('prepare', 2, { digest: other }));
    const again = afterPackets(
      1,
      prePrepare(),
      vote('prepare', 2, { digest: other }),
      vote('commit', 2, { digest: other }),
    );

    expect(sent).toEqual([{ to: 2, ...prePrepare().signed }]);
    expect(again.sent).toEqual([]);
  });

  it('decides by Q COMMITs whatever it has accepted, as soon as the batch is here', () => {
    const empty = prePrepare(1, []);
    const { machine } = afterPackets(1, empty, ...[0, 2, 3].map((i) => vote('commit', i)));
    const commits = [0, 2, 3].map((i) => vote('commit', i).signed);
    const data = said(2, {
      type: 'data',
      kind: 'slot',
      sequence: prePrepareBody().sequence,
      digest,
      batch,
      commits: commits.flatMap((commit) =>
        commit.body.type === 'commit' ? [{ ...commit, body: commit.body }] : [],
      ),
      replica: commitBody(2).replica,
    });

    expect(machine.inspect()).toMatchObject({
      lastExecuted: 0,
      waiting: [{ text: `is decided and needs the batch with digest ${digest.slice(0, 4)}…` }],
    });
    machine.turn(2000, delivered(data), null);
    expect(machine.inspect()).toMatchObject({ lastExecuted: 1, state: [['x', '1']], waiting: [] });
  });

  it('executes in the order of sequence numbers', () => {
    const second = [requestOf(0, 2, { put: ['x', '2'] })];
    const { machine, reports } = afterPackets(
      1,
      prePrepare(2, second),
      ...[0, 2, 3].map((i) => vote('commit', i, { n: 2, digest: digestIn(prePrepare(2, second)) })),
    );

    expect(reports.map(({ type }) => type)).toEqual(['counted', 'committed']);
    expect(machine.inspect()).toMatchObject({
      waiting: [{ sequence: 2, text: 'is decided and waits until 1 is executed' }],
    });
    for (const packet of [prePrepare(), ...[0, 2, 3].map((i) => vote('commit', i))]) {
      machine.turn(2000, delivered(packet), null);
    }
    expect(machine.inspect()).toMatchObject({ lastExecuted: 2, state: [['x', '2']] });
  });

  it('executes a request that is ordered twice once, and repeats its reply', () => {
    const { machine, reports, sent } = afterPackets(
      1,
      prePrepare(),
      ...[0, 2, 3].map((i) => vote('commit', i)),
      prePrepare(2),
      ...[0, 2, 3].map((i) => vote('commit', i, { n: 2 })),
    );

    expect(reports.at(-1)).toMatchObject({ type: 'executed', executed: 1, sequence: 2 });
    expect(sent).toMatchObject([{ to: 'c0', body: { type: 'reply', timestamp: 1, result: 'ok' } }]);
    expect(machine.inspect()).toMatchObject({ executed: 1, lastExecuted: 2 });
  });

  it('refuses by name what it has no part in', () => {
    const reply = { type: 'reply', view: view(0), timestamp: timestamp(1), result: 'ok' } as const;
    const ids = { client: clientId(0), replica: replicaId(2) };
    const refused = [{ type: 'rejected', reason: 'not-for-me' }];

    expect(afterPackets(1, said(2, { ...reply, ...ids })).reports).toEqual(refused);
  });

  it('says what it waits for', () => {
    const { machine } = afterPackets(1, prePrepare());
    const prepared = afterPackets(1, prePrepare(), vote('prepare', 2));
    const nothing = afterPackets(1, vote('prepare', 2));

    const short = `${digest.slice(0, 4)}…`;
    expect(nothing.machine.inspect().waiting).toEqual([
      { sequence: 1, text: 'needs the PRE-PREPARE of primary 0' },
    ]);
    expect(machine.inspect().waiting).toEqual([
      { sequence: 1, text: `needs 1 more PREPARE with digest ${short} from replica 2 or 3` },
    ]);
    expect(prepared.machine.inspect().waiting).toEqual([
      { sequence: 1, text: `needs 2 more COMMITs with digest ${short} from replica 0, 2 or 3` },
    ]);
  });

  it('keeps only the latest claim of each replica above its window', () => {
    const { machine } = afterPackets(1, checkpointOf(2, 800, digest), checkpointOf(2, 808, digest));

    const older = machine.turn(2000, delivered(checkpointOf(2, 792, digest)), null);
    expect(older.reports).toEqual([{ type: 'rejected', reason: 'outdated' }]);
    expect(machine.inspect()).toMatchObject({ checkpoints: [] });
  });

  it('relays to the primary what a client sends to it, and again when the client does', () => {
    const request = requestOf(0, 1, { get: 'x' });
    const { reports, sent } = afterPackets(1, { signed: request });
    const again = afterPackets(1, { signed: request }, { signed: request });

    expect(reports).toEqual([{ type: 'queued', client: 0, timestamp: 1 }]);
    expect(sent).toEqual([{ to: 0, ...request }]);
    expect(again.reports).toEqual([{ type: 'rejected', reason: 'duplicate' }]);
    expect(again.sent).toEqual([{ to: 0, ...request }]);
  });
});

describe('the primary', () => {
  it('proposes a request at once, without a PREPARE of its own', () => {
    const request = requestOf(0, 1, { put: ['x', '1'] });
    const { reports, sent } = afterPackets(0, { signed: request });

    expect(reports).toEqual([
      { type: 'queued', client: 0, timestamp: 1 },
      { type: 'pre-prepared', ...place },
    ]);
    expect(sent).toEqual(
      mine({ type: 'pre-prepare', ...place }, 0, [1, 2, 3]).map((message) => ({
        ...message,
        batch: [request],
      })),
    );
  });
});

function prePrepareBody() {
  const { body } = prePrepare().signed;
  if (body.type !== 'pre-prepare') throw new TypeError('a PRE-PREPARE is one');
  return body;
}

function commitBody(i: number) {
  const { body } = vote('commit', i).signed;
  if (body.type !== 'commit') throw new TypeError('a COMMIT is one');
  return body;
}

function digestIn({ signed: { body } }: Packet) {
  if (body.type !== 'pre-prepare') throw new TypeError('a PRE-PREPARE is one');
  return body.digest;
}
