import { createHash } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { configurationDigest } from './configuration.ts';
import { digestOfBatch, digestOfRequest, nullDigest } from './digest.ts';
import { requestFrom, sample, sampleBatch } from './sample-messages.ts';
import { signingInput } from './signing.ts';

const { body } = requestFrom(0, 1);
const elsewhere = { ...sample, seed: 2 };

describe('digest', () => {
  it('[N3] is what it always was', () => {
    expect({
      configuration: configurationDigest(sample),
      request: digestOfRequest(sample, body),
      batch: digestOfBatch(sample, sampleBatch),
      empty: digestOfBatch(sample, []),
      null: nullDigest(sample),
    }).toMatchInlineSnapshot(`
      {
        "batch": "feb97ce88311fde355ffa2f1df40bbe55a21472c537d13c854357b1ceb4cf6db",
        "configuration": "2f32790d34d4a9f21b8bfcccf37be30d7a5455d13243b4011df9697cec73c7b4",
        "empty": "7b300d8f8aa94f4cc97178b874c8af38c4ec73a227399edde4596cc7ff586863",
        "null": "43030541aac6c840d1e1960ceac8f7a0e19c80b609e032ad200e0b9a3839f34c",
        "request": "1049c924610a7c5d7b93d181d33be87466335ebb512c4553ed1ee2dc36cc5297",
      }
    `);
  });

  it('[N3] is SHA-256 of protocol, cluster and domain in CBOR, written here by hand', () => {
    const bytes = Buffer.concat([
      Buffer.from([0x83, 0x6a]),
      Buffer.from('pbft-lab/1'),
      Buffer.from([0x58, 0x20]),
      Buffer.from(configurationDigest(sample), 'hex'),
      Buffer.from([0x6e]),
      Buffer.from('digest-of-null'),
    ]);
    expect(nullDigest(sample)).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it('[N3] of the null request, of an empty batch and of a batch differ', () => {
    const digests = [
      nullDigest(sample),
      digestOfBatch(sample, []),
      digestOfBatch(sample, sampleBatch),
    ];
    expect(new Set(digests).size).toBe(3);
  });

  it.each([
    { why: 'operation', other: { ...body, operation: '{"get":"y"}' } },
    { why: 'timestamp', other: requestFrom(0, 2).body },
    { why: 'client', other: requestFrom(1, 1).body },
  ])('[N3] of a request covers its $why', ({ other }) => {
    expect(digestOfRequest(sample, other)).not.toBe(digestOfRequest(sample, body));
  });

  it('[N3] of a batch covers which requests and in which order', () => {
    const [first, second] = [requestFrom(0, 1), requestFrom(1, 1)];
    const batches = [[first], [second], [first, second], [second, first], [first, first]];
    expect(new Set(batches.map((batch) => digestOfBatch(sample, batch))).size).toBe(5);
  });

  it('[N3] covers bodies, not signatures', () => {
    const resigned = sampleBatch.map((request) => ({ ...request, signature: 'own' }));
    expect(digestOfBatch(sample, resigned)).toBe(digestOfBatch(sample, sampleBatch));
  });

  it('[N3] of one cluster means nothing in another', () => {
    expect(digestOfRequest(elsewhere, body)).not.toBe(digestOfRequest(sample, body));
    expect(digestOfBatch(elsewhere, [])).not.toBe(digestOfBatch(sample, []));
    expect(nullDigest(elsewhere)).not.toBe(nullDigest(sample));
    expect(signingInput(elsewhere, body)).not.toEqual(signingInput(sample, body));
  });
});
