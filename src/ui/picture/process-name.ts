import { identityOf, isTwin } from '#core/network/process-order.ts';
import type { ProcessId } from '#core/pbft/message.ts';

/** The key of a process in tables: "0", "c0". */
export function processKey(process: ProcessId): string {
  return String(process);
}

/** What the stage and the lanes write: "R0", "c0", and "R0′" for a second instance. */
export function shortName(process: ProcessId): string {
  if (isTwin(process)) return `R${identityOf(process)}′`;
  return typeof process === 'number' ? `R${process}` : process;
}

/** What a sentence says: "replica 0", "client c0". */
export function spokenName(process: ProcessId): string {
  if (isTwin(process)) return `the twin of replica ${identityOf(process)}`;
  return typeof process === 'number' ? `replica ${process}` : `client ${process}`;
}

/** All processes of a cluster in drawing order: replicas, then clients. */
export function processesOf(replicas: number, clients: number): readonly ProcessId[] {
  return [
    ...Array.from({ length: replicas }, (_, i): ProcessId => i),
    ...Array.from({ length: clients }, (_, i): ProcessId => `c${i}`),
  ];
}
