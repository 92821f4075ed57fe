import { describe, expect, it } from 'vitest';

import { digestHex } from '#core/base/digest.ts';
import { hex } from '#core/base/hex.ts';

import { keySeed } from './key-seed.ts';
import type { Message, Packet, ProcessId, Signed } from './message.ts';
import {
  commitFrom,
  dataFrom,
  prePrepareFrom,
  prepareFrom,
  sample,
  sampleBatch,
} from './sample-messages.ts';
import { samplePackets } from './sample-packets.ts';
import { newViewFrom, proofOf, viewChangeFrom } from './sample-view-change.ts';
import { signaturesOf, signing, signingInput, spoil } from './signing.ts';

/** A signature that only the test's own signer makes. */
function sign(signer: ProcessId, bytes: Uint8Array): string {
  return digestHex(Uint8Array.from([...keySeed(1, signer), ...bytes])).repeat(2);
}

/** Drives the generator as a synchronous host does, and tells what it was asked to sign. */
function signed(packet: Packet): { packet: Packet; asked: { signer: ProcessId; bytes: string }[] } {
  const asked: { signer: ProcessId; bytes: string }[] = [];
  const work = signing(packet, sample);
  let step = work.next();
  while (step.done !== true) {
    const { signer, bytes } = step.value;
    asked.push({ signer, bytes: hex(bytes) });
    step = work.next(sign(signer, bytes));
  }
  return { packet: step.value, asked };
}

function unsigned<M extends Message>(message: Signed<M>): Signed<M> {
  return { ...message, signature: 'own' };
}

const bodies: readonly Message[] = Object.values(samplePackets).map(({ signed }) => signed.body);

describe('signing input', () => {
  it('[N3] of one type is never that of another, with the same fields', () => {
    const inputs = bodies.map((body) => hex(signingInput(sample, body)));
    expect(new Set(inputs).size).toBe(bodies.length);
    expect(signingInput(sample, prepareFrom(1).body)).not.toEqual(
      signingInput(sample, commitFrom(1).body),
    );
  });

  it('[N3] of one cluster is never that of another', () => {
    for (const body of bodies) {
      expect(signingInput(sample, body)).not.toEqual(signingInput({ ...sample, n: 5 }, body));
    }
  });

  it('[N3] of a PRE-PREPARE is its header, so that it can stand alone in a certificate', () => {
    const alone = signed({ signed: { ...prePrepareFrom(0), signature: 'own' } });
    const whole = signed({
      signed: { ...prePrepareFrom(0), signature: 'own' },
      batch: sampleBatch,
    });
    expect(whole.asked).toEqual(alone.asked);
  });
});

describe('signatures of a packet', () => {
  it('[N3] are its own, then those of its batch', () => {
    const packet = { signed: prePrepareFrom(0), batch: sampleBatch };
    expect(signaturesOf(packet)).toEqual([packet.signed, ...sampleBatch]);
  });

  it('[N3] are its own, then those of the requests and commits inside', () => {
    const data = dataFrom(1);
    expect(signaturesOf({ signed: data })).toEqual([data, ...sampleBatch, ...data.body.commits]);
  });

  it('[N3] are, of a NEW-VIEW, all at every depth, each before what it contains', () => {
    const viewChange = viewChangeFrom(2, { stable: 8, prepared: [proofOf({ sequence: 9 })] });
    const header = prePrepareFrom(1, { view: 1, sequence: 9 });
    const signed = newViewFrom(1, { viewChanges: [viewChange], prePrepares: [header] });
    const { checkpoints, prepared } = viewChange.body;
    expect(signaturesOf({ signed })).toEqual([
      signed,
      viewChange,
      ...checkpoints,
      ...prepared.flatMap(({ prePrepare, prepares }) => [prePrepare, ...prepares]),
      header,
    ]);
  });

  it('[N3] is one for any other message', () => {
    expect(signaturesOf({ signed: commitFrom(1) })).toEqual([commitFrom(1)]);
  });
});

describe('signing', () => {
  it('[N3] signs what is its own', () => {
    const prepare = { ...prepareFrom(1), signature: 'own' };
    const bytes = signingInput(sample, prepare.body);
    expect(signed({ signed: prepare })).toEqual({
      packet: { signed: { ...prepare, signature: sign(1, bytes) } },
      asked: [{ signer: 1, bytes: hex(bytes) }],
    });
  });

  it('[N3] leaves the signatures of others as they are', () => {
    const packet = { signed: prePrepareFrom(0), batch: sampleBatch };
    expect(signed(packet)).toEqual({ packet, asked: [] });
  });

  it('[N3] signs nested messages first, and the outer one over their signatures', () => {
    const commits = [commitFrom(0), { ...commitFrom(1), signature: 'own' }, commitFrom(2)];
    const inner = sign(1, signingInput(sample, commitFrom(1).body));
    const complete = dataFrom(1, {
      commits: [commitFrom(0), { ...commitFrom(1), signature: inner }, commitFrom(2)],
    });
    const outer = signingInput(sample, complete.body);

    const { packet, asked } = signed({ signed: { ...dataFrom(1, { commits }), signature: 'own' } });

    expect(asked.map(({ bytes }) => bytes)).toEqual([
      hex(signingInput(sample, commitFrom(1).body)),
      hex(outer),
    ]);
    expect(packet).toEqual({ signed: { ...complete, signature: sign(1, outer) } });
  });

  it('[N3] signs a NEW-VIEW from the inside out', () => {
    const proof = proofOf({ sequence: 9 });
    const viewChange = viewChangeFrom(1, {
      prepared: [{ ...proof, prepares: proof.prepares.slice(0, 1).map(unsigned) }],
    });
    const header = prePrepareFrom(1, { view: 1, sequence: 9 });
    const newView = newViewFrom(1, {
      viewChanges: [unsigned(viewChange)],
      prePrepares: [unsigned(header)],
    });
    const { packet, asked } = signed({ signed: unsigned(newView) });
    expect(asked).toHaveLength(4);
    expect(signaturesOf(packet).filter(({ signature }) => signature === 'own')).toEqual([]);
    expect(asked.at(-1)?.bytes).toBe(hex(signingInput(sample, packet.signed.body)));
  });

  it('[N3] spoils a signature that is to be bad, in one bit', () => {
    const prepare = { ...prepareFrom(1), signature: 'bad' };
    const good = sign(1, signingInput(sample, prepare.body));
    const { packet } = signed({ signed: prepare });
    expect(packet.signed.signature).toBe(spoil(good));
    expect(spoil(good)).not.toBe(good);
    expect(spoil(spoil(good))).toBe(good);
  });

  it('[N3] takes nothing but a signature for an answer', () => {
    const work = signing({ signed: { ...prepareFrom(1), signature: 'own' } }, sample);
    work.next();
    expect(() => work.next('own')).toThrow('a host answers with a signature');
  });
});

describe('key seed', () => {
  it('is 32 bytes, the same for the same process and seed, and for no other', () => {
    const seeds = [keySeed(1, 0), keySeed(1, 1), keySeed(1, 'c0'), keySeed(2, 0)].map(hex);
    expect(new Set(seeds).size).toBe(4);
    expect(hex(keySeed(1, 0))).toBe(seeds[0]);
    expect(keySeed(1, 0)).toHaveLength(32);
  });
});
