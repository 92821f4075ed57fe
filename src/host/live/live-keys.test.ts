import { describe, expect, it } from 'vitest';

import { type Configuration, defaults } from '#core/pbft/configuration.ts';
import type { Message, ProcessId, Signed } from '#core/pbft/message.ts';
import { own } from '#core/pbft/signed.ts';
import { clientId, digest, replicaId, sequenceNumber, timestamp, view } from '#core/pbft/terms.ts';

import { LiveKeys, publicHalvesOf } from './live-keys.ts';

const request = {
  type: 'request',
  operation: '{"get":"x"}',
  timestamp: timestamp(5),
  client: clientId(0),
} as const;
const prepare = {
  type: 'prepare',
  view: view(0),
  sequence: sequenceNumber(1),
  digest: digest('ab'.repeat(32)),
  replica: replicaId(1),
} as const;

async function signedBy(process: ProcessId, body: Message): Promise<Signed<Message>> {
  const keys = await keysOf(process);
  return (await keys.signed({ signed: own(body, process) })).signed;
}

async function keysOf(process: ProcessId, c: Configuration = defaults): Promise<LiveKeys> {
  return new LiveKeys(c, await publicHalvesOf(c), [process]);
}

describe('the keys of a live thread', () => {
  it('check a request once, whatever it comes in', async () => {
    const keys = await keysOf(2);
    const signed = await signedBy('c0', request);

    expect(await keys.verdict(signed)).toBe(true);
    expect(keys.verdict({ ...signed, body: { ...request } })).toBe(true);
    expect(keys.counts.verifications).toBe(1);
  });

  it('check once what comes several times at once', async () => {
    const keys = await keysOf(2);
    const signed = await signedBy(1, prepare);
    const verdicts = [signed, { ...signed }, { ...signed, body: { ...prepare } }];

    const checked = verdicts.map(async (one) => keys.verdict(one));
    expect(await Promise.all(checked)).toEqual([true, true, true]);
    expect(keys.counts.verifications).toBe(1);
  });

  it('know their own words when they come back', async () => {
    const keys = await keysOf(1);
    const { signed } = await keys.signed({ signed: own(prepare, 1) });

    expect(keys.verdict(signed)).toBe(true);
    expect(keys.counts).toEqual({ signatures: 1, verifications: 0 });
  });

  it.each([
    { field: 'operation', body: { ...request, operation: '{"get":"y"}' } },
    { field: 'timestamp', body: { ...request, timestamp: timestamp(6) } },
    { field: 'client', body: { ...request, client: clientId(1) } },
  ])('do not take a known signature for one over another $field', async ({ body }) => {
    const keys = await keysOf(2);
    const signed = await signedBy('c0', request);
    await keys.verdict(signed);

    expect(await keys.verdict({ ...signed, body })).toBe(false);
  });

  it.each([
    { field: 'view', body: { ...prepare, view: view(1) } },
    { field: 'sequence number', body: { ...prepare, sequence: sequenceNumber(2) } },
    { field: 'digest', body: { ...prepare, digest: digest('cd'.repeat(32)) } },
    { field: 'replica', body: { ...prepare, replica: replicaId(2) } },
    { field: 'type', body: { ...prepare, type: 'commit' } },
  ] as const)('do not take a known vote for one of another $field', async ({ body }) => {
    const keys = await keysOf(2);
    const signed = await signedBy(1, prepare);
    await keys.verdict(signed);

    expect(await keys.verdict({ ...signed, body })).toBe(false);
  });

  it('do not take a known signature for that of another signer', async () => {
    const keys = await keysOf(2);
    const signed = await signedBy(1, prepare);
    await keys.verdict(signed);

    expect(await keys.verdict({ ...signed, signer: 3 })).toBe(false);
    expect(keys.verdict({ ...signed, signer: 9 })).toBe(false);
    expect(keys.verdict({ ...signed, signature: 'own' })).toBe(false);
  });

  it('sign for nobody else', async () => {
    const keys = await keysOf(1);

    await expect(keys.signed({ signed: own(prepare, 2) })).rejects.toThrow('the key of 2');
  });
});
