import { digestHex } from '#core/base/digest.ts';
import { utf8 } from '#core/base/utf8.ts';
import type { Message, Packet } from '#core/pbft/message.ts';
import { isView } from '#core/pbft/terms.ts';

import type { MessageHeader } from './trace-event.ts';

/**
 * What the bus knows of a packet: those ids that its message has, and the text that a person reads. The
 * view of a message that asks for a view is that view.
 */
export function headerOf(packet: Packet): MessageHeader {
  const { body, signer } = packet.signed;
  return {
    kind: body.type,
    signer,
    ...viewOf(body),
    ...('sequence' in body && { sequence: body.sequence }),
    ...('digest' in body && { digest: body.digest }),
    ...contentOf(body),
    ...('client' in body && { client: body.client }),
    ...('timestamp' in body && { timestamp: body.timestamp }),
    ...textOf(packet),
  };
}

function viewOf(body: Message): { readonly view?: number } {
  if ('view' in body) return { view: body.view };
  return 'nextView' in body && isView(body.nextView) ? { view: body.nextView } : {};
}

const contents = new WeakMap<Message, string>();

/** VIEW-CHANGE and NEW-VIEW stand for more than a digest: two of a sender for one view must say the same. */
function contentOf(body: Message): { readonly content?: string } {
  if (body.type !== 'view-change' && body.type !== 'new-view') return {};
  const content = contents.get(body) ?? digestHex(utf8(JSON.stringify(body, withoutSignatures)));
  contents.set(body, content);
  return { content };
}

function withoutSignatures(field: string, value: unknown): unknown {
  return field === 'signature' ? undefined : value;
}

/** An operation, the operations of a batch, or a result. */
function textOf({ signed: { body }, batch }: Packet): { readonly text?: string } {
  if (batch !== undefined)
    return { text: batch.map((request) => request.body.operation).join(', ') };
  if (body.type === 'request') return { text: body.operation };
  return body.type === 'reply' ? { text: body.result } : {};
}
