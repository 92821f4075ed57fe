import { expose } from 'comlink';

import { LiveBus } from '#host/live/live-bus.ts';
import { openDrive } from '#host/storage/open-drive.ts';

import { BareClients } from './bare-clients.ts';
import { BareKeys } from './bare-keys.ts';
import { BareReplica } from './bare-replica.ts';
import type { BareCounts, BareOrder } from './bare-report.ts';

/** A thread of the machinery: the bus, a replica, or all clients. */
export interface BareThread {
  /** Makes it what it is to be. */
  begin(order: BareOrder): Promise<void>;
  /** Clients: the load begins. */
  start(): Promise<void>;
  counts(): BareCounts;
}

let counted: (() => BareCounts) | undefined;
let started: (() => Promise<void>) | undefined;

const thread: BareThread = {
  async begin(order) {
    switch (order.role) {
      case 'bus':
        return beginBus(order.ports);
      case 'replica':
        return beginReplica(order);
      case 'clients':
        return beginClients(order);
    }
  },
  start: async () => started?.(),
  counts: () => counted?.() ?? nothing,
};

const nothing: BareCounts = {
  acknowledged: 0,
  signatures: 0,
  verifications: 0,
  commits: 0,
  commitBytes: 0,
  messages: 0,
  bytes: 0,
  latencyMs: null,
};

function beginBus(ports: readonly (readonly [number, MessagePort])[]): void {
  const bus = new LiveBus({
    facts: () => undefined,
    failed: ({ problem }) => {
      throw new Error(problem);
    },
  });
  for (const [endpoint, port] of ports) bus.connect(endpoint, port);
  counted = () => ({ ...nothing, messages: bus.counts.messages, bytes: bus.counts.bytes });
}

async function beginReplica(
  order: Extract<BareOrder, { readonly role: 'replica' }>,
): Promise<void> {
  const { replica, options, halves, port, disk } = order;
  const { log } = await openDrive(options.storage, disk, undefined);
  const keys = new BareKeys(options.seed, options.n, halves);
  const one = new BareReplica(replica, options, keys, log, (frame) => {
    port.postMessage(frame, [frame]);
  });
  await one.open();
  counted = () => one.counts();
  listen(port, (frame) => one.receive(frame));
}

function beginClients(order: Extract<BareOrder, { readonly role: 'clients' }>): void {
  const { options, halves, port } = order;
  const clients = new BareClients(
    options,
    new BareKeys(options.seed, options.n, halves),
    (frame) => {
      port.postMessage(frame, [frame]);
    },
  );
  counted = () => clients.counts();
  started = () => clients.start();
  listen(port, (frame) => clients.receive(frame));
}

/** What fails, fails loudly: the promise is nobody's, so the worker's error event tells. */
function listen(port: MessagePort, receive: (frame: ArrayBuffer) => Promise<void>): void {
  port.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) => void receive(data));
  port.start();
}

expose(thread);
