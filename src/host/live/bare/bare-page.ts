import { transfer, wrap, type Remote } from 'comlink';

import { defaults } from '#core/pbft/configuration.ts';
import { faultsTolerated } from '#core/pbft/quorum.ts';
import { clientsEndpoint } from '#host/live/frame.ts';
import { publicHalvesOf } from '#host/live/live-keys.ts';

import type { BareCounts, BareOptions, BareOrder, BareReport, BareWindow } from './bare-report.ts';
import type { BareThread } from './bare.worker.ts';

/** The page of the machinery: it is built for the benchmark, and is no part of the lab. */
const bareMachinery = { run };

declare global {
  interface Window {
    bareMachinery: typeof bareMachinery;
  }
}

window.bareMachinery = bareMachinery;

/** As many threads as a run of the protocol has: a bus, n replicas, and one for all clients. */
async function run(options: BareOptions): Promise<BareReport> {
  const workers: Worker[] = [];
  const spawn = (): Remote<BareThread> => {
    const worker = new Worker(new URL('./bare.worker.ts', import.meta.url), { type: 'module' });
    workers.push(worker);
    return wrap<BareThread>(worker);
  };
  try {
    const { clients, all } = await begin(options, spawn);
    await clients.start();
    await pause(options.warmMs);
    const before = await totalOf(all);
    const windows: BareWindow[] = [];
    let last = { counts: before, atMs: performance.now() };
    for (let i = 0; i < options.windows; i++) {
      await pause(options.windowMs);
      const now = { counts: await totalOf(all), atMs: performance.now() };
      windows.push({
        operations: now.counts.acknowledged - last.counts.acknowledged,
        ms: now.atMs - last.atMs,
        latencyMs: now.counts.latencyMs,
      });
      last = now;
    }
    const after = last.counts;
    return {
      windows,
      totals: {
        messages: after.messages - before.messages,
        bytes: after.bytes - before.bytes,
        signatures: after.signatures - before.signatures,
        verifications: after.verifications - before.verifications,
        commits: after.commits - before.commits,
        commitBytes: after.commitBytes - before.commitBytes,
      },
    };
  } finally {
    for (const worker of workers) worker.terminate();
  }
}

interface Machinery {
  readonly clients: Remote<BareThread>;
  readonly all: readonly Remote<BareThread>[];
}

async function begin(options: BareOptions, spawn: () => Remote<BareThread>): Promise<Machinery> {
  const { n, seed, clients: count } = options;
  const f = faultsTolerated(n);
  const halves = await publicHalvesOf({ ...defaults, n, f, seed, clients: count });
  const ports: (readonly [number, MessagePort])[] = [];
  const join = (endpoint: number): MessagePort => {
    const { port1, port2 } = new MessageChannel();
    ports.push([endpoint, port1]);
    return port2;
  };
  const bus = spawn();
  const replicas = await Promise.all(
    Array.from({ length: n }, async (_, replica) => {
      const thread = spawn();
      const disk = `pbft-lab:bare:${replica}`;
      const port = join(replica);
      await give(thread, { role: 'replica', replica, options, halves, port, disk }, [port]);
      return thread;
    }),
  );
  const clients = spawn();
  const port = join(clientsEndpoint);
  await give(clients, { role: 'clients', options, halves, port }, [port]);
  await give(
    bus,
    { role: 'bus', ports },
    ports.map(([, one]) => one),
  );
  return { clients, all: [bus, ...replicas, clients] };
}

async function give(
  thread: Remote<BareThread>,
  order: BareOrder,
  ports: readonly MessagePort[],
): Promise<void> {
  await thread.begin(transfer(order, [...ports]));
}

async function totalOf(threads: readonly Remote<BareThread>[]): Promise<BareCounts> {
  const [first, ...rest] = await Promise.all(threads.map((thread) => thread.counts()));
  if (first === undefined) throw new TypeError('there are threads');
  return rest.reduce(
    (sum, counts) => ({
      acknowledged: sum.acknowledged + counts.acknowledged,
      signatures: sum.signatures + counts.signatures,
      verifications: sum.verifications + counts.verifications,
      commits: sum.commits + counts.commits,
      commitBytes: sum.commitBytes + counts.commitBytes,
      messages: sum.messages + counts.messages,
      bytes: sum.bytes + counts.bytes,
      latencyMs: counts.latencyMs ?? sum.latencyMs,
    }),
    first,
  );
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
