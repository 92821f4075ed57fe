import { assert } from '#core/base/assert.ts';
import { clientProcess } from '#core/network/process-order.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import { quorumsOf } from '#core/pbft/quorum.ts';
import { entriesOf, FrameWriter } from '#host/live/frame.ts';
import { GroupCommit } from '#host/live/group-commit.ts';
import { LiveLog } from '#host/live/live-log.ts';
import type { Disk } from '#host/storage/disk.ts';

import type { BareKeys } from './bare-keys.ts';
import {
  type BareKind,
  bareMessage,
  type BareMessage,
  carriedIn,
  readBare,
} from './bare-message.ts';
import type { BareCounts, BareOptions } from './bare-report.ts';

/** One message for some. */
interface Said {
  readonly to: readonly ProcessId[];
  readonly bytes: Uint8Array;
}

/** How far a batch has come: counters in the place of votes, certificates and rules. */
interface Slot {
  requests: readonly Uint8Array[];
  prepares: number;
  commits: number;
  isPrepared: boolean;
  isExecuted: boolean;
}

/** Who asked, behind the header of a request. */
const CLIENT_AT = 5;

/**
 * What a replica must do without any protocol: check each signature, store before each thing that it says, sign it, send
 * it, and count to the quorum. It believes everything and remembers nothing. Where it would commit less often than the
 * protocol did, since more turns wait for its commits, it commits again.
 */
export class BareReplica {
  private readonly replica: number;
  private readonly options: BareOptions;
  private readonly keys: BareKeys;
  private readonly log: LiveLog;
  private readonly others: readonly ProcessId[];
  private readonly quorum: number;
  private readonly group: GroupCommit<readonly Said[], readonly ArrayBuffer[]>;
  private readonly slots = new Map<number, Slot>();
  private readonly waiting: Uint8Array[] = [];
  private last = 0;
  private executing = 0;
  private executed = 0;
  private unstored = 0;

  constructor(
    replica: number,
    options: BareOptions,
    keys: BareKeys,
    disk: Disk,
    send: (frame: ArrayBuffer) => void,
  ) {
    this.replica = replica;
    this.options = options;
    this.keys = keys;
    this.log = new LiveLog(disk);
    const all = Array.from({ length: options.n }, (_, other) => other);
    this.others = all.filter((other) => other !== replica);
    this.quorum = quorumsOf(options.n).quorum;
    const record = (): Uint8Array => new Uint8Array(Math.max(64, Math.round(this.stored())));
    this.group = new GroupCommit({
      write: async () => {
        do await this.log.write({ commit: record, compact: record });
        while (this.log.commits < this.executed * options.commits);
      },
      prepare: (said) => this.prepare(said.flat()),
      release: (frames) => {
        for (const frame of frames) send(frame);
      },
      fail: (error) => {
        throw error;
      },
    });
  }

  async open(): Promise<void> {
    await this.log.clear();
  }

  async receive(frame: ArrayBuffer): Promise<void> {
    const arrived = await Promise.all(
      entriesOf(frame).map(async ({ from, bytes }) => {
        const message = readBare(bytes);
        await this.check(from, message);
        return message;
      }),
    );
    for (const message of arrived) this.take(message);
    this.propose();
    this.group.flush();
  }

  counts(): BareCounts {
    const { commits, writtenBytes } = this.log;
    const none = { acknowledged: 0, messages: 0, bytes: 0, latencyMs: null };
    return { ...none, ...this.keys.counts, commits, commitBytes: writtenBytes };
  }

  private async check(from: ProcessId, message: BareMessage): Promise<void> {
    const carried = carriedIn(message).map((bytes) => {
      const request = readBare(bytes);
      return this.keys.verify(this.options.n + clientOf(request), request);
    });
    const good = await Promise.all([
      this.keys.verify(this.keys.memberOf(from), message),
      ...carried,
    ]);
    assert(!good.includes(false), 'every signature is good');
  }

  private take(message: BareMessage): void {
    const { kind, place, bytes } = message;
    if (kind === 'request') return void this.waiting.push(bytes);
    const slot = this.slotAt(place);
    if (kind === 'pre-prepare') {
      slot.requests = carriedIn(message);
      slot.prepares += 1;
      this.say('prepare', place, this.others);
    } else if (kind === 'prepare') slot.prepares += 1;
    else slot.commits += 1;
    this.advance(place, slot);
  }

  /** As a primary does: batches of what waits, as many at a time as the pipeline has. */
  private propose(): void {
    const { batchMax, pipeline } = this.options;
    while (this.replica === 0 && this.waiting.length > 0 && this.executing < pipeline) {
      const requests = this.waiting.splice(0, batchMax);
      this.executing += 1;
      this.last += 1;
      this.slotAt(this.last).requests = requests;
      this.say('pre-prepare', this.last, this.others, requests);
    }
  }

  private advance(place: number, slot: Slot): void {
    if (slot.requests.length === 0) return;
    // The primary speaks by its pre-prepare, so Q - 1 backups complete a quorum.
    if (!slot.isPrepared && slot.prepares >= this.quorum - 1) {
      slot.isPrepared = true;
      slot.commits += 1;
      this.say('commit', place, this.others);
    }
    if (slot.isPrepared && !slot.isExecuted && slot.commits >= this.quorum) {
      slot.isExecuted = true;
      this.executed += slot.requests.length;
      this.unstored += slot.requests.length * this.options.storedBytes;
      for (const request of slot.requests) {
        const asked = readBare(request);
        this.say('reply', asked.place, [clientProcess(clientOf(asked))]);
      }
      if (this.replica === 0) this.executing -= 1;
    }
    if (slot.isExecuted && slot.commits >= this.options.n) this.slots.delete(place);
  }

  private say(
    kind: BareKind,
    place: number,
    to: readonly ProcessId[],
    carried: readonly Uint8Array[] = [],
  ): void {
    this.group.add([{ to, bytes: bareMessage(kind, place, carried) }]);
  }

  private async prepare(said: readonly Said[]): Promise<readonly ArrayBuffer[]> {
    await Promise.all(said.map(({ bytes }) => this.keys.sign(this.replica, bytes)));
    const writer = new FrameWriter(this.replica);
    for (const { to, bytes } of said) {
      for (const one of to) writer.add({ from: this.replica, to: one, bytes });
    }
    return writer.take();
  }

  private slotAt(place: number): Slot {
    const known = this.slots.get(place);
    if (known !== undefined) return known;
    const slot = { requests: [], prepares: 0, commits: 0, isPrepared: false, isExecuted: false };
    this.slots.set(place, slot);
    return slot;
  }

  private stored(): number {
    const bytes = this.unstored;
    this.unstored = 0;
    return bytes;
  }
}

/** Which client has sent a request. */
function clientOf({ bytes }: BareMessage): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(CLIENT_AT);
}

/** Writes into a request which client sends it. */
export function putClient(bytes: Uint8Array, client: number): void {
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).setUint32(CLIENT_AT, client);
}
