import { describe, expect, it } from 'vitest';

import { encodePacket } from '#core/pbft/codec.ts';
import { defaults } from '#core/pbft/configuration.ts';
import type { Message } from '#core/pbft/message.ts';
import { bounds } from '#core/pbft/reading.ts';
import type { Rejection } from '#core/pbft/rejection.ts';
import { sample } from '#core/pbft/sample-messages.ts';
import { samplePackets } from '#core/pbft/sample-packets.ts';
import { faults, spoiltFrom } from '#core/pbft/spoilt-packets.ts';
import { stateTree } from '#core/pbft/state-tree.ts';
import { sequenceNumber } from '#core/pbft/terms.ts';

import { ProcessMachine } from './process-machine.ts';
import type { Arrival, TurnReport } from './process.ts';
import { arrivalOf, type Flight, TestCluster } from './test-cluster.ts';
const unheard: Arrival = { ok: false, reason: 'undecodable', detail: '' };

function kindOf(body: Message): string {
  return 'kind' in body ? `${body.type} ${body.kind}` : body.type;
}

/** What came of the spoilt forms of one message. */
interface Assault {
  readonly kind: string;
  readonly why: string;
  readonly report: TurnReport;
  /** How many stored objects it changed. */
  readonly changed: number;
  /** Whether the decoder refused it for a reason that does not fit. */
  readonly isOdd: boolean;
}

/** Before the first message of each kind arrives, its receiver gets every spoilt form of it. */
class Assailed {
  readonly cluster: TestCluster;
  readonly assaults: Assault[] = [];
  /** The kinds of message of which the sound form was then accepted. */
  readonly accepted = new Set<string>();
  /** The kinds of message whose receiver was not the same afterwards. */
  readonly disturbed: string[] = [];
  private readonly met = new Set<string>();

  constructor(cluster: TestCluster, ...kinds: readonly string[]) {
    this.cluster = cluster;
    cluster.beforeDelivery = (flight) => {
      const kind = kindOf(flight.packet.signed.body);
      if (kinds.length > 0 && !kinds.includes(kind)) return;
      if (this.met.has(kind)) return;
      this.met.add(kind);
      this.assail(kind, flight);
    };
  }

  private assail(kind: string, { from, to, bytes }: Flight): void {
    const { cluster } = this;
    const insideOf = (): string => JSON.stringify(cluster.machines.get(to)?.inspect());
    const before = insideOf();
    for (const { why, fault, bytes: spoilt } of spoiltFrom(bytes)) {
      const arrival = arrivalOf(spoilt, cluster.configuration);
      const report = cluster.give(to, { type: 'deliver', from, arrival });
      const changed = cluster.machines.get(to)?.lastCommit().length ?? 0;
      const isOdd = !arrival.ok && !reasonsOf(fault).includes(arrival.reason);
      this.assaults.push({ kind, why, report, changed, isOdd });
    }
    if (insideOf() !== before) this.disturbed.push(kind);
    const sound = cluster.give(to, {
      type: 'deliver',
      from,
      arrival: arrivalOf(bytes, cluster.configuration),
    });
    if (!sound.reports.some(({ type }) => type === 'rejected')) this.accepted.add(kind);
  }
}

function reasonsOf(fault: keyof typeof faults): readonly Rejection[] {
  return faults[fault];
}

/** What was not just refused: it changed, sent or started something, or was told otherwise than in one word. */
function harmIn(assaults: readonly Assault[]): readonly string[] {
  return assaults.flatMap(({ kind, why, report, changed, isOdd }) => {
    const { reports, outgoing } = report;
    const isRefused = reports.length === 1 && reports[0]?.type === 'rejected';
    if (isRefused && outgoing.length === 0 && changed === 0 && !isOdd) return [];
    return [`${kind}, ${why}: ${JSON.stringify(reports)}, ${changed} changes`];
  });
}

/** Every kind of message but those of the state's tree below its root is in this run. */
function eventful(): Assailed {
  const cluster = new TestCluster({ checkpointInterval: 2, logSize: 4 });
  const assailed = new Assailed(cluster);
  // Slot 1 is decided at replica 3 by what its peers tell it.
  cluster.isLost = ({ to, packet: { signed } }) => to === 3 && signed.body.type === 'commit';
  cluster.submit({ put: ['x', '0'] });
  cluster.run(600);
  cluster.isLost = ({ from, to }) => from === 3 || to === 3;
  for (let i = 1; i < 8; i++) cluster.submit({ put: ['x', String(i)] });
  cluster.run(1500);
  cluster.isLost = () => false;
  cluster.run(2500);
  cluster.restart(2);
  cluster.run(500);
  cluster.crash(0);
  cluster.submit({ get: 'x' });
  cluster.run(3000);
  return assailed;
}

/** The new primary has never seen the batch of a place that it must propose again. */
function withoutBatch(): Assailed {
  const cluster = new TestCluster();
  const assailed = new Assailed(cluster, 'fetch body', 'data body');
  cluster.isLost = ({ to, packet: { signed } }) =>
    cluster.nowUs < 600_000 &&
    (signed.body.type === 'commit' ||
      (to === 1 && signed.body.type !== 'view-change' && signed.body.type !== 'status'));
  cluster.submit({ put: ['x', '1'] });
  cluster.run(450);
  cluster.crash(0);
  for (const id of [1, 2, 3]) cluster.give(id, { type: 'expire' });
  cluster.runUntil(() => cluster.answers().length === 1);
  return assailed;
}

// Keys that each end a chunk of the state.
function* separators(): Generator<string> {
  for (let i = 0; ; i++) {
    const items = [`key ${i}`, '~'].map((key): readonly [string, string] => [key, '']);
    const content = { sequence: sequenceNumber(0), executed: 0, items };
    if (stateTree(defaults, content).chunks.length === 2) yield `key ${i}`;
  }
}

/** A state of so many chunks that there are nodes between them and the root. */
function withManyChunks(): Assailed {
  const clients = 12;
  const cluster = new TestCluster({ clients, batchMax: 8, checkpointInterval: 2, logSize: 4 });
  const assailed = new Assailed(cluster, 'fetch node', 'data node');
  cluster.isLost = ({ from, to }) => from === 3 || to === 3;
  const keys = separators();
  for (let i = 0; i < bounds.branching + 2 * clients; i++) {
    cluster.submit({ put: [keys.next().value, ''] }, `c${i % clients}`);
  }
  cluster.run(2000);
  cluster.isLost = () => false;
  cluster.runUntil(() =>
    cluster.reported('state-transfer').some(({ deed }) => deed === 'installed'),
  );
  return assailed;
}

const runs = [
  { name: 'an eventful run', run: eventful },
  { name: 'a run with a batch to fetch', run: withoutBatch },
  { name: 'a run with a state of many chunks', run: withManyChunks },
];

describe('a message that is spoilt at any place', () => {
  const met = new Set<string>();

  it.each(runs)(
    '[N2] [N7] is refused with its reason and changes nothing, in $name',
    ({ run }) => {
      const { assaults, accepted, disturbed, cluster } = run();

      expect(harmIn(assaults)).toEqual([]);
      expect(disturbed).toEqual([]);
      expect(accepted.size).toBeGreaterThan(0);
      expect([...new Set(assaults.map(({ kind }) => kind))].toSorted()).toEqual(
        [...accepted].toSorted(),
      );
      for (const kind of accepted) met.add(kind);
      expect(cluster.answers().length).toBeGreaterThan(0);
    },
    60_000,
  );

  it('[N2] is of every kind that there is', () => {
    expect([...met].toSorted()).toEqual(Object.keys(samplePackets).toSorted());
  });
});

describe('a flood of bad input', () => {
  const spoilt = Object.values(samplePackets)
    .flatMap((packet) => [...spoiltFrom(encodePacket(packet, sample))])
    .map(({ bytes }) => arrivalOf(bytes, sample));

  it('[I16] leaves nothing behind and starts no timer, though it be 100,000 messages of every kind', () => {
    const machine = ProcessMachine.start(1, sample);
    const { nextTimerUs } = machine.turn(0, { type: 'start' }, null);
    machine.commit();
    const [size, before] = [machine.compact().length, machine.inspect()];

    let refused = 0;
    let longest = 0;
    for (let i = 0; i < 100_000; i++) {
      const arrival = spoilt[i % spoilt.length] ?? unheard;
      const report = machine.turn(1000, { type: 'deliver', from: 3, arrival }, null);
      if (report.reports[0]?.type === 'rejected') refused += 1;
      if (report.nextTimerUs !== nextTimerUs || report.outgoing.length > 0) refused = Number.NaN;
      longest = Math.max(longest, machine.commit().length);
    }

    expect(refused).toBe(100_000);
    expect(longest).toBeLessThan(200);
    expect(machine.inspect()).toEqual(before);
    expect(machine.compact().length - size).toBeLessThan(16);
  }, 60_000);
});
