import type { Packet } from '#core/pbft/message.ts';

import type { MessageHeader } from './trace-event.ts';

/** What the bus knows of a packet: the ids of its message, and the text that a person reads. */
export function headerOf(packet: Packet): MessageHeader {
  const { body, signer } = packet.signed;
  switch (body.type) {
    case 'request':
      return {
        kind: body.type,
        signer,
        client: body.client,
        timestamp: body.timestamp,
        text: body.operation,
      };
    case 'pre-prepare':
      return {
        kind: body.type,
        signer,
        view: body.view,
        sequence: body.sequence,
        digest: body.digest,
        ...textOfBatch(packet),
      };
    case 'prepare':
    case 'commit':
      return {
        kind: body.type,
        signer,
        view: body.view,
        sequence: body.sequence,
        digest: body.digest,
      };
    case 'reply':
      return {
        kind: body.type,
        signer,
        view: body.view,
        client: body.client,
        timestamp: body.timestamp,
        text: body.result,
      };
    case 'checkpoint':
      return { kind: body.type, signer, sequence: body.sequence, digest: body.digest };
    case 'status':
      return { kind: body.type, signer, view: body.view };
    case 'data':
      return { kind: body.type, signer, sequence: body.sequence, digest: body.digest };
  }
}

function textOfBatch(packet: Packet): { readonly text?: string } {
  if (packet.batch === undefined) return {};
  return { text: packet.batch.map((request) => request.body.operation).join(', ') };
}
