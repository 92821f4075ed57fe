import type { Message, PrePrepare, Signed } from '#core/pbft/message.ts';

const keptMax = 4096;

/**
 * Messages whose signature is known to be good: a request comes with its batch and again in certificates, a vote comes
 * again in certificates. What is equal in signer, signature and every field is the same message, so nothing has to be
 * encoded to look it up. Bounded: of two generations the older one goes when the younger is full.
 */
export class VerifiedMessages {
  private young = new Map<string, Signed<Message>>();
  private old = new Map<string, Signed<Message>>();

  has(signed: Signed<Message>): boolean {
    const known = this.young.get(signed.signature) ?? this.old.get(signed.signature);
    return known !== undefined && isSameMessage(known, signed);
  }

  add(signed: Signed<Message>): void {
    if (!isFlat(signed.body)) return;
    if (this.young.size >= keptMax) {
      this.old = this.young;
      this.young = new Map();
    }
    this.young.set(signed.signature, signed);
  }
}

/** Whether two signed messages are one. Of those that contain others nothing is said: they are never the same. */
export function isSameMessage(a: Signed<Message>, b: Signed<Message>): boolean {
  return a.signature === b.signature && a.signer === b.signer && isSame(a.body, b.body);
}

/** The signer of a message that is not flat signs it anew when it is said again: there is no use in keeping it. */
function isFlat({ type }: Message): boolean {
  return (
    type === 'request' ||
    type === 'pre-prepare' ||
    type === 'prepare' ||
    type === 'commit' ||
    type === 'checkpoint'
  );
}

function isSame(a: Message, b: Message): boolean {
  if (a.type === 'request' && b.type === 'request') {
    const { operation, timestamp, client } = a;
    return operation === b.operation && timestamp === b.timestamp && client === b.client;
  }
  if (a.type === 'checkpoint' && b.type === 'checkpoint') {
    const { sequence, digest, replica } = a;
    return sequence === b.sequence && digest === b.digest && replica === b.replica;
  }
  if (a.type === 'pre-prepare' && b.type === 'pre-prepare') return isSamePlace(a, b);
  const isVote = a.type === 'prepare' || a.type === 'commit';
  if (!isVote || b.type !== a.type) return false;
  return isSamePlace(a, b) && a.replica === b.replica;
}

type Place = Pick<PrePrepare, 'view' | 'sequence' | 'digest'>;

function isSamePlace(a: Place, b: Place): boolean {
  return a.view === b.view && a.sequence === b.sequence && a.digest === b.digest;
}
