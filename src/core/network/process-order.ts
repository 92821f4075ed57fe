import type { ProcessId } from '#core/pbft/message.ts';

/** Every process in the order that breaks ties: replicas 0 to n-1, then clients. */
export function processesOf(replicas: number, clients: number): readonly ProcessId[] {
  return [
    ...Array.from({ length: replicas }, (_, replica) => replica),
    ...Array.from({ length: clients }, (_, client): ProcessId => clientProcess(client)),
  ];
}

/** The process of client `client`. */
export function clientProcess(client: number): ProcessId {
  return `c${client}`;
}

/** The client that a process is, if it is one. */
export function clientOf(process: ProcessId): number | undefined {
  return typeof process === 'number' ? undefined : Number(process.slice(1));
}
