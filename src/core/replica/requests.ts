'use persistent';

import { replyTo } from '#core/pbft/execution.ts';
import type { ProcessId, Request, Signed } from '#core/pbft/message.ts';
import { rejectionOfRequest } from '#core/pbft/request-acceptance.ts';
import { clientOfProcess, own, processOfClient } from '#core/pbft/signed.ts';
import type { ClientId } from '#core/pbft/terms.ts';
import { now } from '#core/persistent/index.ts';

import { report, send } from './outbox.ts';
import type { Replica } from './replica.ts';

/** A reply is repeated to a client at most once in this time. */
const repeatMs = 10;

/** REQUEST: joins the queue; a backup relays to the primary what comes from the client itself. */
export function receiveRequest(
  replica: Replica,
  from: ProcessId,
  request: Signed<Request>,
  verdicts: readonly boolean[],
): void {
  const { client, timestamp } = request.body;
  const waiting = replica.queue.waiting.get(client);
  const reason = rejectionOfRequest(replica.configuration, request, verdicts, {
    served: replica.ledger.clientTable.get(client)?.timestamp,
    waiting,
  });
  if (reason === undefined) {
    replica.queue.add(request);
    report({ type: 'queued', client, timestamp });
    relay(replica, from, request);
    replica.opportunity.notify();
    replica.concern.notify();
    return;
  }
  report({ type: 'rejected', reason });
  if (reason === 'answered-request') repeatReply(replica, client);
  if (reason === 'duplicate' && waiting !== undefined) relay(replica, from, waiting);
}

/** REPLY, rebuilt from the client table. */
export function reply(replica: Replica, client: ClientId): void {
  const served = replica.ledger.clientTable.get(client);
  if (served === undefined || replica.quarantined) return;
  const { view, id } = replica;
  send(processOfClient(client), own(replyTo(client, served, view, id), id));
}

function repeatReply(replica: Replica, client: ClientId): void {
  const repeatedMs = replica.repeatedMs.get(client);
  if (repeatedMs !== undefined && now() - repeatedMs < repeatMs) return;
  replica.repeatedMs.set(client, now());
  reply(replica, client);
}

function relay(replica: Replica, from: ProcessId, request: Signed<Request>): void {
  const fromClient = clientOfProcess(from) !== undefined;
  const isLed = replica.phase !== 'changing-view';
  if (fromClient && isLed && !replica.isPrimary()) send(replica.primary(), request);
}
