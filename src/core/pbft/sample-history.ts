import { digestHex } from '#core/base/digest.ts';
import type { Random } from '#core/base/random.ts';
import { utf8 } from '#core/base/utf8.ts';

import type { PreparedCertificate } from './certificate.ts';
import { preparedCertificate } from './certificate.ts';
import type { Configuration } from './configuration.ts';
import { quorumsIn } from './configuration.ts';
import type { Prepare, Signed, ViewChange } from './message.ts';
import type { NewViewOrder } from './new-view.ts';
import { newViewOrder } from './new-view.ts';
import { primaryOf } from './quorum.ts';
import { prePrepareFrom, prepareFrom, sample, signedBy } from './sample-messages.ts';
import type { Digest, ReplicaId } from './terms.ts';
import { digest, replicaId, view } from './terms.ts';
import { viewChangeOf } from './view-change.ts';

// A tiny model of PBFT, for properties of the change of views: what may prepare where, if correct replicas keep
// the rules, faulty ones say whatever they can sign, and the network decides who hears what.

/** A digest that Q - f correct replicas have prepared: it may have been executed anywhere. */
export interface Committed {
  readonly view: number;
  readonly sequence: number;
  readonly digest: Digest;
}

/** A random run: the votes of each view, then views changed on the word of random quorums. */
export class History {
  readonly configuration: Configuration;
  readonly committed: Committed[] = [];
  /** The last f replicas are faulty. */
  private readonly faulty: ReadonlySet<ReplicaId>;
  private readonly random: Random;
  private readonly known = new Map<ReplicaId, PreparedCertificate[]>();
  /** Everything that prepared at anyone: faulty replicas may show any of it, or hide it. */
  private readonly everything: PreparedCertificate[] = [];
  private readonly places: number;

  constructor(random: Random, n: number, places: number) {
    const f = Math.floor((n - 1) / 3);
    this.configuration = { ...sample, n, f };
    this.random = random;
    this.places = places;
    const shift = random.integer(0, n - 1);
    this.faulty = new Set(this.replicas().filter((i) => (i + shift) % n < f));
    for (const i of this.replicas()) this.known.set(i, []);
  }

  replicas(): readonly ReplicaId[] {
    return Array.from({ length: this.configuration.n }, (_, i) => replicaId(i));
  }

  /** VIEW-CHANGEs of all: those of faulty replicas show what they like of what has prepared. */
  viewChanges(nextView: number): readonly Signed<ViewChange>[] {
    return this.replicas().map((replica) => {
      const shown = this.faulty.has(replica)
        ? this.everything.filter(() => this.random.next() < 0.4)
        : (this.known.get(replica) ?? []);
      const baggage = { replica, stable: undefined, prepared: shown };
      return signedBy(replica, viewChangeOf(this.configuration, view(nextView), baggage));
    });
  }

  /** One view: O binds the places that it names; the primary proposes the others, a faulty one two digests. */
  run(current: number, order: NewViewOrder | undefined): void {
    const fixed = new Map(order?.entries.map(({ sequence, digest }) => [Number(sequence), digest]));
    const primary = primaryOf(view(current), this.configuration.n);
    for (let sequence = 1; sequence <= this.places; sequence++) {
      const bound = fixed.get(sequence);
      const fresh = ['first', 'second'].map((half) =>
        inventedDigest(`${half} ${current}/${sequence}`),
      );
      const free = this.faulty.has(primary) ? fresh : fresh.slice(0, 1);
      this.vote(current, sequence, bound === undefined ? free : [bound]);
    }
  }

  private vote(current: number, sequence: number, digests: readonly Digest[]): void {
    const primary = primaryOf(view(current), this.configuration.n);
    const heard = 0.5 + this.random.next() / 2;
    const choice = new Map(this.replicas().map((i) => [i, this.random.pick(digests)]));
    const prepares = (digest: Digest): readonly Signed<Prepare>[] =>
      this.replicas()
        .filter((i) => i !== primary)
        .filter(
          (i) => this.faulty.has(i) || (choice.get(i) === digest && this.random.next() < heard),
        )
        .map((i) => prepareFrom(i, { view: current, sequence, digest }));
    for (const digest of digests) {
      const prePrepare = prePrepareFrom(primary, { view: current, sequence, digest });
      const certificate = preparedCertificate(this.configuration, prePrepare, prepares(digest));
      if (certificate) this.prepare(current, sequence, digest, certificate);
    }
  }

  private prepare(
    current: number,
    sequence: number,
    digest: Digest,
    certificate: PreparedCertificate,
  ): void {
    this.everything.push(certificate);
    const reach = this.random.next();
    const prepared = this.replicas().filter(
      (i) => !this.faulty.has(i) && this.random.next() < reach,
    );
    for (const i of prepared) this.known.get(i)?.push(certificate);
    const { quorum, f } = quorumsIn(this.configuration);
    if (prepared.length >= quorum - f) {
      this.committed.push({ view: current, sequence, digest });
    }
  }
}

function inventedDigest(text: string): Digest {
  return digest(digestHex(utf8(text)));
}

/** Every set of `size` of these. */
function setsOf<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  if (size === 0) return [[]];
  return items.flatMap((item, i) =>
    setsOf(items.slice(i + 1), size - 1).map((set) => [item, ...set]),
  );
}

/** O of each possible quorum among the VIEW-CHANGEs. */
export function possibleOrders(
  c: Configuration,
  viewChanges: readonly Signed<ViewChange>[],
): readonly NewViewOrder[] {
  return setsOf(viewChanges, quorumsIn(c).quorum).map((set) => newViewOrder(c, set));
}
