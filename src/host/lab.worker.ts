/**
 * The one program of the workers of a lab. Each is told what it is to be, fetches that part, and answers on the port
 * it is given: what several parts have in common a browser fetches and keeps once.
 */
import { expose } from 'comlink';

import type { Role, RoleOrder } from './start-worker.ts';

const parts: Readonly<Record<Role, () => Promise<unknown>>> = {
  bus: async () => (await import('./bus-starter.ts')).starter,
  process: async () => new (await import('./process-control.ts')).ProcessControl(),
  history: async () => (await import('./historian.ts')).historian,
};

globalThis.addEventListener(
  'message',
  ({ data: order }: MessageEvent<RoleOrder>) => {
    // What cannot be fetched is an error of this worker.
    begin(order).catch(reportError);
  },
  { once: true },
);

/** A port keeps what comes before anybody listens to it. */
async function begin({ role, port }: RoleOrder): Promise<void> {
  expose(await parts[role](), port);
}
