import { digestHex } from '#core/base/digest.ts';
import { utf8 } from '#core/base/utf8.ts';
import type { Configuration } from '#core/pbft/configuration.ts';
import type { Message, ProcessId, Request, Signed } from '#core/pbft/message.ts';
import { own, processOfClient } from '#core/pbft/signed.ts';
import { type ClientId, type ReplicaId, replicaId, timestamp } from '#core/pbft/terms.ts';
import type { Behaviour, Outgoing } from '#core/replica/process.ts';

import { spoiled } from './bad-signature.ts';
import { type Misdeed, misbehaved, upperHalf } from './misdeed.ts';

/** What a Byzantine client has at hand: its own name, hence its key, and what it has asked for so far. */
export interface Rogue {
  readonly id: ClientId;
  readonly configuration: Configuration;
  /** Whom it believes to be the primary. */
  readonly primary: ReplicaId;
  /** Its last answered requests. */
  readonly past: readonly Pick<Request, 'operation' | 'timestamp'>[];
}

/** How many requests at once, if nothing is said. */
const floodDefault = 8;

/** A-C1: all replicas are asked at once, some of them for another operation under the same timestamp. */
export function askDifferently(
  rogue: Rogue,
  split: Behaviour['split'],
  outgoing: readonly Outgoing[],
): Misdeed {
  const others: readonly ProcessId[] = split ?? upperHalf(rogue.configuration.n);
  const requests = requestsIn(outgoing);
  const sent = requests.flatMap((request) => {
    const body = { ...request.body, operation: otherOperation(request.body.operation) };
    const other = own(body, request.signer);
    return toAll(rogue).map((to) => ({
      to,
      packet: { signed: others.includes(to) ? other : request },
    }));
  });
  const deed = 'gives some another operation in its';
  const lies = sent.filter(({ to }) => others.includes(to));
  return { outgoing: sent, reports: misbehaved('equivocate', deed, lies) };
}

/** A-C2: old requests again, to all, beside each new one. */
export function askAgain(rogue: Rogue, outgoing: readonly Outgoing[]): Misdeed {
  const isAsking = requestsIn(outgoing).length > 0;
  const old = rogue.past.map(({ operation, timestamp }) => {
    const body = { type: 'request', operation, timestamp, client: rogue.id } as const;
    return { signed: own(body, processOfClient(rogue.id)) };
  });
  const again = isAsking ? old.flatMap((packet) => toAll(rogue).map((to) => ({ to, packet }))) : [];
  const sent = [...outgoing, ...again];
  return { outgoing: sent, reports: misbehaved('replay', 'repeats', again) };
}

/** A-C3: some, or all, get requests whose signature does not verify. */
export function askUnsigned(targets: Behaviour['targets'], outgoing: readonly Outgoing[]): Misdeed {
  const isDeceived = ({ to }: Outgoing): boolean => targets?.includes(to) ?? true;
  return {
    outgoing: outgoing.map((message) => (isDeceived(message) ? spoiled(message) : message)),
    reports: misbehaved('bad-signature', 'spoils the signature of', outgoing.filter(isDeceived)),
  };
}

/** A-C8: with each request so many more to all, each newer than the one before. */
export function askTooMuch(
  rogue: Rogue,
  count: number | undefined,
  outgoing: readonly Outgoing[],
): Misdeed {
  const wave = requestsIn(outgoing).flatMap(({ body, signer }) =>
    Array.from({ length: count ?? floodDefault }, (_, i) => {
      const next = { ...body, timestamp: timestamp(body.timestamp + i + 1) };
      const packet = { signed: own(next, signer) };
      return toAll(rogue).map((to) => ({ to, packet }));
    }).flat(),
  );
  const sent = [...outgoing, ...wave];
  return { outgoing: sent, reports: misbehaved('flood', 'floods with', wave) };
}

/** A-C4: the primary hears of its requests from the backups only. */
export function askBackups(rogue: Rogue, outgoing: readonly Outgoing[]): Misdeed {
  const backups = toAll(rogue).filter((to) => to !== rogue.primary);
  const sent = requestsIn(outgoing).flatMap((signed) =>
    backups.map((to) => ({ to, packet: { signed } })),
  );
  return {
    outgoing: sent,
    reports: misbehaved('backups-only', 'tells the backups only its', sent),
  };
}

/** A-C5: the last timestamp there is, which leaves none for later. */
export function askLast(outgoing: readonly Outgoing[]): Misdeed {
  const requests = new Map<Message, Signed<Request>>();
  for (const { body, signer } of requestsIn(outgoing)) {
    const last = { ...body, timestamp: timestamp(Number.MAX_SAFE_INTEGER) };
    requests.set(body, own(last, signer));
  }
  const sent = outgoing.map((message) => {
    const last = requests.get(message.packet.signed.body);
    return last === undefined ? message : { ...message, packet: { signed: last } };
  });
  const deed = 'uses up the timestamps with its';
  return { outgoing: sent, reports: misbehaved('exhaust-timestamp', deed, outgoing) };
}

function toAll({ configuration }: Rogue): readonly ProcessId[] {
  return Array.from({ length: configuration.n }, (_, i) => replicaId(i));
}

/** Each request once, to however many it goes. */
function requestsIn(outgoing: readonly Outgoing[]): readonly Signed<Request>[] {
  const requests = new Map<Message, Signed<Request>>();
  for (const { packet } of outgoing) {
    const { body, signer, signature } = packet.signed;
    if (body.type === 'request') requests.set(body, { body, signer, signature });
  }
  return [...requests.values()];
}

/** An operation that the service knows, and that does something else, if only to fail. */
function otherOperation(operation: string): string {
  const nonce = digestHex(utf8(operation)).slice(0, 8);
  return JSON.stringify({ put: ['forked', nonce] });
}
