import { describe, expect, it } from 'vitest';

import { defaults } from '#core/pbft/configuration.ts';
import type { TurnReport } from '#core/replica/process.ts';
import type { Disk as DiskOrder, TurnInput } from '#core/simulation/round.ts';

import { KeyRing } from './crypto/key-ring.ts';
import { ProcessHost } from './process-host.ts';
import { membersOf } from './process-order.ts';
import type { Disk } from './storage/disk.ts';
import { MemoryDisk } from './storage/memory-disk.ts';
import { StorageError } from './storage/storage-error.ts';
import type { FromProcess } from './turn-port.ts';

/** A disk that refuses its `failing`-th commit. */
class RefusingDisk extends MemoryDisk {
  commits = 0;
  private readonly failing: number;

  constructor(failing: number) {
    super();
    this.failing = failing;
  }

  override commit(record: Uint8Array): Promise<void> {
    this.commits += 1;
    if (this.commits === this.failing) return Promise.reject(new StorageError('no room left'));
    return super.commit(record);
  }
}

async function client(disk: Disk, order: DiskOrder = { kind: 'new' }): Promise<ProcessHost> {
  const keys = await KeyRing.create(defaults.seed, membersOf(defaults), ['c0']);
  const parts = {
    process: 'c0',
    configuration: defaults,
    keys,
    openDrive: () => Promise.resolve({ log: disk, past: () => Promise.resolve(new MemoryDisk()) }),
    storage: { kind: 'memory' },
  } as const;
  return ProcessHost.open(parts, order, order.kind === 'new' ? 0 : 1);
}

async function turn(host: ProcessHost, input: TurnInput): Promise<FromProcess> {
  return host.answer({
    type: 'turn',
    request: { process: 'c0', nowUs: 1000, input, behaviour: null },
  });
}

function reportOf(answer: FromProcess): TurnReport {
  if (answer.type !== 'reported' || !('reports' in answer.report)) {
    throw new Error(`no report: ${JSON.stringify(answer)}`);
  }
  return answer.report;
}

/** How many packets were handed out. */
function packetsOf(answer: FromProcess): number {
  if (answer.type !== 'released') throw new Error(`nothing released: ${JSON.stringify(answer)}`);
  return answer.bytes.length;
}

const submit: TurnInput = { type: 'submit', operation: '{"put":["x","1"]}' };

describe('process host', () => {
  it('writes before it hands out: the bytes of every output come with the commit', async () => {
    const disk = new MemoryDisk();
    const host = await client(disk);
    await turn(host, { type: 'start' });
    await host.answer({ type: 'decision', decision: 'commit' });
    const { outgoing } = reportOf(await turn(host, submit));
    expect(await disk.load()).toHaveLength(1);

    const released = await host.answer({ type: 'decision', decision: 'commit' });

    expect(outgoing).toHaveLength(1);
    expect(packetsOf(released)).toBe(1);
    expect(await disk.load()).toHaveLength(2);
  });

  it.each([
    { decision: 'after-commit', records: 2, packets: 0 },
    { decision: 'after-send', records: 2, packets: 1 },
    { decision: 'before-commit', records: 1, packets: 0 },
    { decision: 'send-only', records: 1, packets: 1 },
  ] as const)('goes as far as $decision', async ({ decision, records, packets }) => {
    const disk = new MemoryDisk();
    const host = await client(disk);
    await turn(host, { type: 'start' });
    await host.answer({ type: 'decision', decision: 'commit' });
    await turn(host, submit);

    const released = await host.answer({ type: 'decision', decision });

    expect(packetsOf(released)).toBe(packets);
    expect(await disk.load()).toHaveLength(records);
  });

  it('[A-S7] hands nothing out when the disk refuses, and stops for good', async () => {
    const host = await client(new RefusingDisk(2));
    await turn(host, { type: 'start' });
    await host.answer({ type: 'decision', decision: 'commit' });
    await turn(host, submit);

    expect(await host.answer({ type: 'decision', decision: 'commit' })).toEqual({
      type: 'refused',
      problem: 'no room left',
    });
    expect(await turn(host, { type: 'timer' })).toEqual({
      type: 'reported',
      report: { problem: 'no room left', storage: true },
    });
    expect(host.look().inspection).toBeUndefined();
  });

  it('names the record that is damaged, and takes no turn', async () => {
    const disk = new MemoryDisk();
    const host = await client(disk);
    await turn(host, { type: 'start' });
    await host.answer({ type: 'decision', decision: 'commit' });
    await turn(host, submit);
    await host.answer({ type: 'decision', decision: 'after-commit' });

    const damaged = await client(disk, { kind: 'corrupt', record: 2 });

    expect(await turn(damaged, { type: 'restart', incarnation: 1 })).toMatchObject({
      report: { problem: expect.stringMatching(/^record 0: /), storage: true },
    });
  });

  it('goes on from its disk: the turn after a restart has the next number', async () => {
    const disk = new MemoryDisk();
    const host = await client(disk);
    await turn(host, { type: 'start' });
    await host.answer({ type: 'decision', decision: 'commit' });
    const before = reportOf(await turn(host, submit));
    await host.answer({ type: 'decision', decision: 'after-commit' });

    const restarted = await client(disk, { kind: 'kept' });
    const { turn: number, outgoing } = reportOf(
      await turn(restarted, { type: 'restart', incarnation: 1 }),
    );

    expect(number).toBe(before.turn + 1);
    expect(outgoing.length).toBeGreaterThan(0);
  });
});
