'use persistent';

import type { Batch, Message, Packet, ProcessId, Signed } from '#core/pbft/message.ts';
import { post } from '#core/persistent/index.ts';

import type { Report } from './report.ts';

/** What a turn posts: released by the host only after the turn's durable commit. */
export type Output =
  | { readonly kind: 'send'; readonly to: ProcessId; readonly packet: Packet }
  | { readonly kind: 'report'; readonly report: Report };

/** Sends a signed message, and beside a PRE-PREPARE its batch, to one process. */
export function send(to: ProcessId, signed: Signed<Message>, batch?: Batch): void {
  multicast([to], signed, batch);
}

/** Sends one packet to each of `recipients`, in their order. */
export function multicast(
  recipients: readonly ProcessId[],
  signed: Signed<Message>,
  batch?: Batch,
): void {
  const packet: Packet = batch === undefined ? { signed } : { signed, batch };
  for (const to of recipients) post({ kind: 'send', to, packet } satisfies Output);
}

/** Tells what happened: a row of the trace. */
export function report(report: Report): void {
  post({ kind: 'report', report } satisfies Output);
}
