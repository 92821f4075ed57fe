import { describe, expect, it } from 'vitest';

import { defaults } from '#core/pbft/configuration.ts';
import type { Checkpoint, Message, Signed } from '#core/pbft/message.ts';
import { signingInput, spoil } from '#core/pbft/signing.ts';
import { digest, replicaId, sequenceNumber } from '#core/pbft/terms.ts';

import { badCertificatesIn } from './certificate-audit.ts';
import { simulatedCrypto } from './crypto.ts';

const crypto = simulatedCrypto(defaults.seed);

function checkpointBy(replica: number): Signed<Checkpoint> {
  const body: Checkpoint = {
    type: 'checkpoint',
    sequence: sequenceNumber(8),
    digest: digest('a'.repeat(64)),
    replica: replicaId(replica),
  };
  return { body, signer: replica, signature: crypto.sign(replica, signingInput(defaults, body)) };
}

function verifies({ signer, body, signature }: Signed<Message>): boolean {
  return crypto.verify(signer, signingInput(defaults, body), signature);
}

describe('badCertificatesIn', () => {
  it('finds nothing in signatures that verify, nor in those still to be made', () => {
    const own = { ...checkpointBy(2), signature: 'own' };
    const items = [
      { what: 'stable checkpoint 8', messages: [checkpointBy(0), checkpointBy(1), own] },
    ];

    expect(badCertificatesIn(items, verifies)).toEqual([]);
  });

  it('finds a signature that does not verify', () => {
    const good = checkpointBy(1);
    const items = [
      { what: 'stable checkpoint 8', messages: [{ ...good, signature: spoil(good.signature) }] },
    ];

    expect(badCertificatesIn(items, verifies)).toEqual([
      'stable checkpoint 8: a signature of 1 does not verify',
    ]);
  });

  it('finds a signature of somebody else', () => {
    const items = [{ what: 'stable checkpoint 8', messages: [{ ...checkpointBy(1), signer: 2 }] }];

    expect(badCertificatesIn(items, verifies)).toHaveLength(1);
  });

  it('passes on what is wrong with the certificate itself', () => {
    const items = [{ what: 'batch of 1', messages: [], problem: 'missing-body' }];

    expect(badCertificatesIn(items, verifies)).toEqual(['batch of 1: missing-body']);
  });
});
