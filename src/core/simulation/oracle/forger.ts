import type { Random } from '#core/base/random.ts';
import { commitCertificate } from '#core/pbft/certificate.ts';
import type { Configuration } from '#core/pbft/configuration.ts';
import { digestOfBatch, nullDigest } from '#core/pbft/digest.ts';
import type {
  Batch,
  Message,
  MessageOf,
  MessageType,
  Packet,
  PreparedProof,
  Request,
  Signed,
} from '#core/pbft/message.ts';
import { newViewOrder } from '#core/pbft/new-view.ts';
import { primaryOf, quorumsOf } from '#core/pbft/quorum.ts';
import { isSignedAs, own } from '#core/pbft/signed.ts';
import { type Digest, replicaId, sequenceNumber, type View, view } from '#core/pbft/terms.ts';

/** A Byzantine replica without a program: it says, under its own name, whatever it can put together from what it has heard. */
export class Forger {
  readonly id: number;
  private readonly c: Configuration;
  private readonly random: Random;
  /** Everything that anybody has said. */
  private readonly heard: Signed<Message>[] = [];
  private readonly batches = new Map<Digest, Batch>();

  constructor(id: number, c: Configuration, random: Random) {
    this.id = id;
    this.c = c;
    this.random = random;
    this.batches.set(nullDigest(c), []);
  }

  hear({ signed, batch }: Packet): void {
    this.heard.push(signed);
    if (batch !== undefined) this.batches.set(digestOfBatch(this.c, batch), batch);
  }

  /** A lie, or a truth at the wrong time, about one of the places up to `sequence` and a view near `near`. */
  forge(near: number, sequence: number): Packet | undefined {
    const about = sequenceNumber(this.random.integer(1, sequence));
    const inView = view(Math.max(0, near + this.random.integer(-1, 1)));
    const deeds = [
      () => this.prePrepare(inView, about),
      () => this.prePrepare(inView, about),
      () => this.vote('prepare', inView, about),
      () => this.vote('commit', inView, about),
      () => this.vote('commit', inView, about),
      () => this.checkpoint(about),
      () => this.viewChange(view(inView + 1)),
      () => this.newView(view(inView + 1)),
      () => this.slotData(about),
    ];
    return this.random.pick(deeds)();
  }

  /** The batch that somebody fetches. */
  body(digest: Digest): Packet | undefined {
    const batch = this.batches.get(digest);
    if (batch === undefined) return undefined;
    return this.said({ type: 'data', kind: 'body', digest, batch, replica: replicaId(this.id) });
  }

  private prePrepare(inView: View, sequence: MessageOf<'prepare'>['sequence']): Packet {
    const requests = this.of('request').filter(() => this.random.next() < 0.5);
    const batch: Batch = requests.slice(-this.random.integer(0, this.c.batchMax + 1));
    const digest = digestOfBatch(this.c, batch);
    this.batches.set(digest, batch);
    return { ...this.said({ type: 'pre-prepare', view: inView, sequence, digest }), batch };
  }

  private vote(
    type: 'prepare' | 'commit',
    inView: View,
    sequence: MessageOf<'prepare'>['sequence'],
  ): Packet {
    const proposed = this.of('pre-prepare').filter(({ body }) => body.sequence === sequence);
    const digests = proposed.length > 0 ? proposed.map(({ body }) => body.digest) : this.digests();
    const digest = this.random.pick(digests);
    return this.said({ type, view: inView, sequence, digest, replica: replicaId(this.id) });
  }

  private checkpoint(about: number): Packet {
    const { checkpointInterval } = this.c;
    const sequence = sequenceNumber(Math.ceil(about / checkpointInterval) * checkpointInterval);
    const claimed = this.of('checkpoint').map(({ body }) => body.digest);
    const digest = this.random.pick([...claimed, ...this.digests()]);
    return this.said({ type: 'checkpoint', sequence, digest, replica: replicaId(this.id) });
  }

  private viewChange(nextView: View): Packet {
    const known = this.of('view-change').filter(({ body }) => body.stable > 0);
    const model = this.random.next() < 0.5 ? known.at(-1)?.body : undefined;
    const stable = model?.stable ?? sequenceNumber(0);
    const prepared = this.proofs(nextView).filter(
      ({ prePrepare }) => prePrepare.body.sequence > stable && this.random.next() < 0.8,
    );
    return this.said({
      type: 'view-change',
      nextView,
      stable,
      checkpoints: model?.checkpoints ?? [],
      prepared,
      replica: replicaId(this.id),
    });
  }

  /** Of each place a proof that can be made, of any view before; sometimes one PREPARE short. */
  private proofs(before: View): readonly PreparedProof[] {
    const needed = quorumsOf(this.c.n, this.c.f).quorum - 1;
    const bySequence = new Map<number, PreparedProof>();
    for (const prePrepare of this.of('pre-prepare')) {
      const { view: at, sequence, digest } = prePrepare.body;
      const prepares = this.of('prepare').filter(
        ({ body }, i, all) =>
          body.view === at &&
          body.sequence === sequence &&
          body.digest === digest &&
          body.replica !== primaryOf(at, this.c.n) &&
          all.findIndex((one) => one.signer === body.replica && isSame(one.body, body)) === i,
      );
      const enough = needed - (this.random.next() < 0.05 ? 1 : 0);
      if (at >= before || prepares.length < enough) continue;
      bySequence.set(sequence, { prePrepare, prepares: prepares.slice(0, enough) });
    }
    return [...bySequence].toSorted(([a], [b]) => a - b).map(([, proof]) => proof);
  }

  private newView(inView: View): Packet | undefined {
    const asking = this.of('view-change').filter(({ body }) => body.nextView === inView);
    const chosen = asking.filter(() => this.random.next() < 0.8);
    if (chosen.length === 0) return undefined;
    const { entries } = newViewOrder(this.c, chosen);
    const prePrepares = entries
      .filter(() => this.random.next() < 0.95)
      .map(({ sequence, digest }) => {
        const lie = this.random.next() < 0.05 ? this.random.pick(this.digests()) : digest;
        return own({ type: 'pre-prepare', view: inView, sequence, digest: lie } as const, this.id);
      });
    return this.said({ type: 'new-view', view: inView, viewChanges: chosen, prePrepares });
  }

  private slotData(sequence: MessageOf<'commit'>['sequence']): Packet | undefined {
    const commits = this.of('commit').filter(({ body }) => body.sequence === sequence);
    const certificate = commitCertificate(this.c, commits);
    const batch = certificate && this.batches.get(certificate.digest);
    if (certificate === undefined || batch === undefined) return undefined;
    const short = this.random.next() < 0.1 ? certificate.commits.slice(1) : certificate.commits;
    return this.said({
      type: 'data',
      kind: 'slot',
      sequence,
      digest: certificate.digest,
      batch,
      commits: short,
      replica: replicaId(this.id),
    });
  }

  private of<T extends MessageType>(type: T): readonly Signed<MessageOf<T>>[] {
    return this.heard.flatMap((signed) => (isSignedAs(signed, type) ? [signed] : []));
  }

  private digests(): readonly Digest[] {
    return [...this.batches.keys()];
  }

  private said(body: Message): Packet {
    return { signed: own(body, this.id) };
  }
}

/** A client's request, signed by it. */
export function requestOf(body: Request): Signed<Request> {
  return own(body, `c${body.client}`);
}

type Place = Pick<MessageOf<'prepare'>, 'view' | 'sequence' | 'digest'>;

function isSame(a: Place, b: Place): boolean {
  return a.view === b.view && a.sequence === b.sequence && a.digest === b.digest;
}
