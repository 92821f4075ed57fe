import type { MessageType, ProcessId } from '#core/pbft/message.ts';

import type { MessageHeader } from './trace-event.ts';

/** An operation named by its client and its place among that client's submissions. */
export interface OperationName {
  readonly client: number;
  readonly index: number;
}

/** Which messages a step speaks of; all given fields must agree. */
export interface Match {
  readonly type?: MessageType;
  /** Who sends it, also if it only forwards it. */
  readonly from?: ProcessId;
  readonly to?: ProcessId;
  /** Whose signature it carries. */
  readonly signer?: ProcessId;
  readonly view?: number;
  readonly sequence?: number;
  readonly digestOf?: OperationName;
}

/** A message as a rule sees it. */
export interface Envelope {
  readonly from: ProcessId;
  readonly to: ProcessId;
  readonly header: MessageHeader;
}

/** Whether a message carries an operation, or stands for it by its digest. */
export type Carries = (header: MessageHeader, operation: OperationName) => boolean;

/** Whether a message is one of those that `match` speaks of. A field that the message does not have matches nothing. */
export function matches(match: Match, message: Envelope, carries: Carries): boolean {
  const { from, to, header } = message;
  return (
    agrees(match.type, header.kind) &&
    agrees(match.from, from) &&
    agrees(match.to, to) &&
    agrees(match.signer, header.signer) &&
    agrees(match.view, header.view) &&
    agrees(match.sequence, header.sequence) &&
    (match.digestOf === undefined || carries(header, match.digestOf))
  );
}

function agrees<T>(wanted: T | undefined, found: T | undefined): boolean {
  return wanted === undefined || wanted === found;
}
