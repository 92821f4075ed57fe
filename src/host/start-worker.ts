import { wrap, type Remote } from 'comlink';

// Vite makes of it the constructor of its worker.
import LabWorker from './lab.worker.ts?worker';

/** What a worker of a lab may be. */
export type Role = 'bus' | 'process' | 'history';

/** The first and only message that a worker gets outside its ports. */
export interface RoleOrder {
  readonly role: Role;
  /** Its end of its control port. */
  readonly port: MessagePort;
}

/** A worker, and what it answers on its control port. */
export interface StartedWorker<T> {
  readonly worker: Worker;
  readonly control: Remote<T>;
}

/** Starts a worker that is to be `role`; developer tools show it by its name. */
export function startWorker<T>(role: Role, name: string): StartedWorker<T> {
  const worker = new LabWorker({ name });
  const { port1, port2 } = new MessageChannel();
  const order: RoleOrder = { role, port: port2 };
  worker.postMessage(order, [port2]);
  return { worker, control: wrap<T>(port1) };
}
