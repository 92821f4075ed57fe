import { assert } from '#core/base/assert.ts';
import type { Configuration } from '#core/pbft/configuration.ts';
import { nullDigest } from '#core/pbft/digest.ts';
import type {
  Batch,
  Checkpoint,
  Commit,
  Message,
  Packet,
  Prepare,
  PrePrepare,
  Request,
  Signed,
  ViewChange,
} from '#core/pbft/message.ts';
import { isDataOf, isSignedAs } from '#core/pbft/signed.ts';

import {
  nullSymbol,
  type SymbolicBatch,
  type SymbolicCheckpoint,
  type SymbolicMessage,
  type SymbolicPrePrepare,
  type SymbolicRequest,
  type SymbolicViewChange,
  type SymbolicVote,
  symbolOf,
} from './symbols.ts';

/** What a packet says, in the words of the step machine: digests become symbols, signatures names. */
export class Projector {
  private readonly symbols = new Map<string, string>();
  private readonly digests = new Map<string, string>();

  constructor(c: Configuration) {
    this.bind(nullDigest(c), nullSymbol);
  }

  /** Two names of one thing: from now on each stands for the other, and for nothing else. */
  bind(digest: string, symbol: string): void {
    const known = this.symbols.get(digest) ?? symbol;
    const other = this.digests.get(symbol) ?? digest;
    assert(
      known === symbol && other === digest,
      `${digest} is ${known}, and ${symbol} is ${other}`,
    );
    this.symbols.set(digest, symbol);
    this.digests.set(symbol, digest);
  }

  /** The message of a packet; undefined for what the step machine does not know. */
  project({ signed, batch }: Packet): SymbolicMessage | undefined {
    if (isSignedAs(signed, 'pre-prepare')) {
      const header = this.header(signed);
      if (batch === undefined) return header;
      const requests = this.batch(batch);
      this.bind(signed.body.digest, symbolOf(requests));
      return { ...header, digest: this.symbol(signed.body.digest), batch: requests };
    }
    if (isSignedAs(signed, 'request')) return request(signed);
    if (isSignedAs(signed, 'prepare') || isSignedAs(signed, 'commit')) return this.vote(signed);
    if (isSignedAs(signed, 'checkpoint')) return this.checkpoint(signed);
    if (isSignedAs(signed, 'view-change')) return this.viewChange(signed);
    if (isSignedAs(signed, 'new-view')) {
      const { view, viewChanges, prePrepares } = signed.body;
      return {
        type: 'new-view',
        view,
        viewChanges: viewChanges.map((viewChange) => this.viewChange(viewChange)),
        order: prePrepares.map((header) => this.header(header)),
        by: signerOf(signed),
      };
    }
    return this.projectRest(signed);
  }

  private projectRest(signed: Signed<Message>): SymbolicMessage | undefined {
    if (isSignedAs(signed, 'reply')) {
      const { view, timestamp, client } = signed.body;
      return { type: 'reply', view, timestamp, client, by: signerOf(signed) };
    }
    if (isSignedAs(signed, 'fetch') && signed.body.kind === 'body') {
      return { type: 'fetch', digest: this.symbol(signed.body.digest), by: signerOf(signed) };
    }
    if (isDataOf(signed, 'body')) {
      const { digest, batch } = signed.body;
      const body = { digest: this.symbol(digest), batch: this.batch(batch) };
      return { type: 'body', ...body, by: signerOf(signed) };
    }
    if (isDataOf(signed, 'slot')) {
      const { sequence, digest, batch, commits } = signed.body;
      return {
        type: 'decision',
        sequence,
        digest: this.symbol(digest),
        batch: this.batch(batch),
        commits: commits.map((commit) => this.vote(commit)),
        by: signerOf(signed),
      };
    }
    return undefined;
  }

  private symbol(digest: string): string {
    return this.symbols.get(digest) ?? `unknown ${digest}`;
  }

  private batch(batch: Batch): SymbolicBatch {
    return batch.map(request);
  }

  private header(signed: Signed<PrePrepare>): SymbolicPrePrepare {
    const { type, view, sequence, digest } = signed.body;
    return { type, view, sequence, digest: this.symbol(digest), by: signerOf(signed) };
  }

  private vote(signed: Signed<Prepare> | Signed<Commit>): SymbolicVote {
    const { type, view, sequence, digest } = signed.body;
    return { type, view, sequence, digest: this.symbol(digest), by: signerOf(signed) };
  }

  private checkpoint(signed: Signed<Checkpoint>): SymbolicCheckpoint {
    const { type, sequence, digest } = signed.body;
    return { type, sequence, digest: this.symbol(digest), by: signerOf(signed) };
  }

  private viewChange(signed: Signed<ViewChange>): SymbolicViewChange {
    const { type, nextView, stable, checkpoints, prepared } = signed.body;
    return {
      type,
      view: nextView,
      stable,
      checkpoints: checkpoints.map((checkpoint) => this.checkpoint(checkpoint)),
      prepared: prepared.map(({ prePrepare, prepares }) => ({
        header: this.header(prePrepare),
        prepares: prepares.map((prepare) => this.vote(prepare)),
      })),
      by: signerOf(signed),
    };
  }
}

function request({ body }: Signed<Request>): SymbolicRequest {
  const { type, operation, timestamp, client } = body;
  return { type, operation, timestamp, client };
}

function signerOf({ signer }: Signed<Message>): number {
  assert(typeof signer === 'number', 'a replica signs it');
  return signer;
}
