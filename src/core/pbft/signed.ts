import type {
  Data,
  Identity,
  Message,
  MessageOf,
  MessageType,
  ProcessId,
  Signed,
} from './message.ts';
import type { ClientId } from './terms.ts';
import { clientId } from './terms.ts';

/** Whether a signed message is of this type: narrows it. */
export function isSignedAs<T extends MessageType>(
  signed: Signed<Message>,
  type: T,
): signed is Signed<MessageOf<T>> {
  return signed.body.type === type;
}

/** Whether it is DATA of this kind: narrows it. */
export function isDataOf<K extends Data['kind']>(
  signed: Signed<Message>,
  kind: K,
): signed is Signed<Extract<Data, { readonly kind: K }>> {
  return signed.body.type === 'data' && signed.body.kind === kind;
}

/** A message of this process: the host signs it each time it leaves. */
export function own<M extends Message>(body: M, signer: ProcessId): Signed<M> {
  return { body, signer, signature: 'own' };
}

/** The process of a client: `c0`, `c1`, … */
export function processOfClient(client: ClientId): Identity {
  return `c${client}`;
}

/** The client that a process is; undefined for a replica. */
export function clientOfProcess(process: ProcessId): ClientId | undefined {
  return typeof process === 'string' && process.startsWith('c')
    ? clientId(Number(process.slice(1)))
    : undefined;
}
