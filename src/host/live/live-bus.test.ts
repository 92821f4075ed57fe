import { describe, expect, it } from 'vitest';

import { clientsEndpoint, FrameWriter, headerOf } from './frame.ts';
import { type BusPort, LiveBus, type ToBus } from './live-bus.ts';
import type { LiveFacts } from './live-facts.ts';

/** A thread at the bus: what it was handed, and what it says. */
class Thread implements BusPort {
  readonly heard: number[] = [];
  private readonly hear: (source: number) => void;
  private listener: ((event: MessageEvent<ToBus>) => void) | undefined;

  constructor(hear: (source: number) => void = () => undefined) {
    this.hear = hear;
  }

  postMessage(message: unknown): void {
    if (!(message instanceof ArrayBuffer)) return;
    const { source } = headerOf(message);
    this.heard.push(source);
    this.hear(source);
  }

  addEventListener(_: 'message', listener: (event: MessageEvent<ToBus>) => void): void {
    this.listener = listener;
  }

  start(): void {
    this.heard.length = 0;
  }

  close(): void {
    this.listener = undefined;
  }

  send(from: number, to: number | 'c0', length = 1): void {
    const writer = new FrameWriter(from);
    writer.add({ from, to, bytes: new Uint8Array(length) });
    for (const frame of writer.take()) this.say(frame);
  }

  say(data: ToBus): void {
    this.listener?.(new MessageEvent('message', { data }));
  }
}

const facts: LiveFacts = {
  replica: 0,
  votes: new Float64Array(),
  executions: new Float64Array(),
  status: {
    phase: 'normal',
    view: 0,
    lastExecuted: 0,
    executed: 0,
    stable: 0,
    turns: 0,
    commits: 0,
    commitBytes: 0,
    storageBytes: 0,
    signatures: 0,
    verifications: 0,
    busyMs: 0,
  },
};

function joined(): { bus: LiveBus; threads: readonly [Thread, Thread, Thread]; clients: Thread } {
  const bus = new LiveBus({ facts: () => undefined, failed: () => undefined });
  const threads = [new Thread(), new Thread(), new Thread()] as const;
  for (const [replica, thread] of threads.entries()) bus.connect(replica, thread);
  const clients = new Thread();
  bus.connect(clientsEndpoint, clients);
  return { bus, threads, clients };
}

describe('the live bus', () => {
  it('forwards frames by their header, and counts them', () => {
    const { bus, threads, clients } = joined();
    threads[0].send(0, 1);
    threads[0].send(0, 'c0');

    expect(threads[1].heard).toEqual([0]);
    expect(clients.heard).toEqual([0]);
    expect(bus.counts).toMatchObject({ messages: 2, bytes: 42, dropped: 0 });
  });

  it('tells what is to be known before it forwards what leaves with it', () => {
    const heard: string[] = [];
    const bus = new LiveBus({
      facts: ({ replica }) => heard.push(`facts of ${replica}`),
      failed: () => undefined,
    });
    const [sender, receiver] = [new Thread(), new Thread((source) => heard.push(`from ${source}`))];
    bus.connect(0, sender);
    bus.connect(1, receiver);
    const writer = new FrameWriter(0);
    writer.add({ from: 0, to: 1, bytes: new Uint8Array(1) });
    sender.say({ type: 'departure', facts, frames: writer.take() });

    expect(heard).toEqual(['facts of 0', 'from 0']);
  });

  it('loses what goes to a replica that is down, until it is there again', () => {
    const { bus, threads } = joined();
    bus.disconnect(1);
    threads[0].send(0, 1);
    const again = new Thread();
    bus.connect(1, again);
    threads[2].send(2, 1);

    expect(threads[1].heard).toEqual([]);
    expect(again.heard).toEqual([2]);
    expect(bus.counts.dropped).toBe(1);
  });

  it('keeps for a paused replica what has room', () => {
    const { bus, threads } = joined();
    bus.pause(1);
    threads[0].send(0, 1, 7 << 20);
    threads[2].send(2, 1, 2 << 20);
    threads[2].send(2, 1);
    expect(threads[1].heard).toEqual([]);

    bus.resume(1);

    expect(threads[1].heard).toEqual([0, 2]);
    expect(bus.counts.dropped).toBe(1);
  });

  it('lets replicas of different groups not hear each other, and clients everybody', () => {
    const { bus, threads, clients } = joined();
    bus.partition([[0, 1]]);
    threads[0].send(0, 1);
    threads[0].send(0, 2);
    threads[2].send(2, 0);
    clients.send(clientsEndpoint, 2);
    bus.partition([]);
    threads[2].send(2, 0);

    expect(threads.map(({ heard }) => heard)).toEqual([[2], [0], [clientsEndpoint]]);
    expect(bus.counts.dropped).toBe(2);
  });
});
