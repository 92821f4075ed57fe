import { clientOf, identityOf } from '#core/network/process-order.ts';
import { isProcessId } from '#core/pbft/reading.ts';

/** How many processes there are. */
export interface Population {
  readonly replicas: number;
  readonly clients: number;
}

const replicaFields = new Set(['replica', 'twin', 'split', 'with']);
const clientFields = new Set(['client']);
const processFields = new Set(['from', 'to', 'signer', 'targets', 'groups', 'cut']);

/**
 * Names the first process in a step that does not exist, with its path. Messages written by hand may
 * speak of anybody.
 */
export function strangerIn(
  value: unknown,
  path: string,
  population: Population,
  field = '',
): string | undefined {
  if (field === 'message' || field === 'operation' || field === 'state') return undefined;
  if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      // Of a step it is a time: of a message, who sends it.
      if (key === 'from' && 'do' in value) continue;
      const isIndex = Array.isArray(value);
      const inner = isIndex ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
      const stranger = strangerIn(item, inner, population, isIndex ? field : key);
      if (stranger !== undefined) return stranger;
    }
    return undefined;
  }
  return isStranger(value, field, population)
    ? `${path}: ${JSON.stringify(value)}, but there ${sizeOf(value, field, population)}`
    : undefined;
}

function isStranger(value: unknown, field: string, { replicas, clients }: Population): boolean {
  if (replicaFields.has(field)) return typeof value === 'number' && value >= replicas;
  if (clientFields.has(field)) return typeof value === 'number' && value >= clients;
  if (!processFields.has(field) || !isProcessId(value)) return false;
  const client = clientOf(value);
  return client === undefined ? Number(identityOf(value)) >= replicas : client >= clients;
}

function sizeOf(value: unknown, field: string, { replicas, clients }: Population): string {
  const isOfClient =
    clientFields.has(field) || (isProcessId(value) && clientOf(value) !== undefined);
  const [count, noun] = isOfClient ? [clients, 'client'] : [replicas, 'replica'];
  return count === 1 ? `is 1 ${noun}` : `are ${count} ${noun}s`;
}
