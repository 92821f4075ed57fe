import type { Identity, ProcessId } from '#core/pbft/message.ts';

/** Everybody with a name of their own, in the order that breaks ties: replicas 0 to n-1, then clients. */
export function processesOf(replicas: number, clients: number): readonly Identity[] {
  return [...replicasOf(replicas), ...clientsOf(clients)];
}

/** Every process that there may be, in the order that breaks ties: replicas, their second instances, clients. */
export function instancesOf(replicas: number, clients: number): readonly ProcessId[] {
  return [...replicasOf(replicas), ...replicasOf(replicas).map(twinOf), ...clientsOf(clients)];
}

/** The process of client `client`. */
export function clientProcess(client: number): Identity {
  return `c${client}`;
}

/** The client that a process is, if it is one. */
export function clientOf(process: ProcessId): number | undefined {
  if (typeof process === 'number' || !process.startsWith('c')) return undefined;
  return Number(process.slice(1));
}

/** The second instance of a replica: it has the same name and key towards everybody, and a place of its own. */
export function twinOf(replica: number): ProcessId {
  return `t${replica}`;
}

/** Whether a process is the second instance of a replica. */
export function isTwin(process: ProcessId): boolean {
  return typeof process === 'string' && process.startsWith('t');
}

/** In whose name a process speaks. */
export function identityOf(process: ProcessId): Identity {
  if (typeof process === 'number') return process;
  const client = clientOf(process);
  return client === undefined ? Number(process.slice(1)) : clientProcess(client);
}

/** The fields by which a step or a condition names a process. */
export function naming(
  process: ProcessId,
): { readonly replica: number } | { readonly twin: number } | { readonly client: number } {
  if (typeof process === 'number') return { replica: process };
  const number = Number(process.slice(1));
  return isTwin(process) ? { twin: number } : { client: number };
}

function replicasOf(count: number): readonly number[] {
  return Array.from({ length: count }, (_, replica) => replica);
}

function clientsOf(count: number): readonly Identity[] {
  return Array.from({ length: count }, (_, client) => clientProcess(client));
}
