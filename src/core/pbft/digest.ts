import { encode } from '#core/base/cbor-encoding.ts';
import type { Cbor } from '#core/base/cbor.ts';
import { digestHex } from '#core/base/digest.ts';
import { bytesOfHex } from '#core/base/hex.ts';

import type { Configuration } from './configuration.ts';
import { configurationBytes, protocolId } from './configuration.ts';
import type { Batch, NewView, Request, ViewChange } from './message.ts';
import type { Digest } from './terms.ts';
import { digest } from './terms.ts';
import { unsignedWireOf, wireOf } from './wire.ts';

/** What is digested; no two share a digest, and none shares its input with a signature. */
type Domain =
  | 'digest-of-request'
  | 'digest-of-batch'
  | 'digest-of-null'
  | 'digest-of-view-change'
  | 'digest-of-new-view'
  | 'digest-of-state'
  | 'digest-of-node'
  | 'digest-of-chunk';

/** SHA-256 of protocol, cluster, domain and parts (pbft.md 1.3). */
export function digestIn(c: Configuration, domain: Domain, ...parts: readonly Cbor[]): Digest {
  return digest(digestHex(encode([protocolId, configurationBytes(c), domain, ...parts])));
}

/** D(m) of a request: its body, not its signature. */
export function digestOfRequest(c: Configuration, request: Request): Digest {
  return digestIn(c, 'digest-of-request', wireOf(request));
}

/** d of a PRE-PREPARE: the digests of its requests, in order. An empty batch has one too. */
export function digestOfBatch(c: Configuration, batch: Batch): Digest {
  const known = batches.get(batch);
  if (known?.c === c) return known.digest;
  const requests = batch.map(({ body }) => bytesOfHex(digestOfRequest(c, body)));
  const digest = digestIn(c, 'digest-of-batch', requests);
  batches.set(batch, { c, digest });
  return digest;
}

/** Batches never change, and replicas of one thread share them. */
const batches = new WeakMap<Batch, { readonly c: Configuration; readonly digest: Digest }>();

/** d of the null request, which fills a gap in a new view; no batch has it. */
export function nullDigest(c: Configuration): Digest {
  const known = nulls.get(c) ?? digestIn(c, 'digest-of-null');
  nulls.set(c, known);
  return known;
}

const nulls = new WeakMap<Configuration, Digest>();

/** Whether `batch` is what `digest` names; the null request has no requests. */
export function isBodyOf(c: Configuration, digest: Digest, batch: Batch): boolean {
  if (digest === nullDigest(c)) return batch.length === 0;
  return digestOfBatch(c, batch) === digest;
}

/** D(m) of a VIEW-CHANGE: all bodies in it, no signature. */
export function digestOfViewChange(c: Configuration, viewChange: ViewChange): Digest {
  return digestIn(c, 'digest-of-view-change', unsignedWireOf(viewChange));
}

/** D(m) of a NEW-VIEW: all bodies in it, no signature. */
export function digestOfNewView(c: Configuration, newView: NewView): Digest {
  return digestIn(c, 'digest-of-new-view', unsignedWireOf(newView));
}
