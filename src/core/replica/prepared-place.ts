import type { Configuration } from '#core/pbft/configuration.ts';
import { nullDigest } from '#core/pbft/digest.ts';
import type { NewView, ViewChange } from '#core/pbft/message.ts';
import { newViewOrder } from '#core/pbft/new-view.ts';

/** What a prepared certificate of P is about: the digest that prepared at a sequence number, and in which view. */
export interface PreparedPlace {
  readonly sequence: number;
  readonly view: number;
  readonly digest: string;
}

/** P of a VIEW-CHANGE without its signatures: what its sender has prepared, rising. */
export function placesOf({ prepared }: ViewChange): readonly PreparedPlace[] {
  return prepared.map(({ prePrepare: { body } }) => ({
    sequence: body.sequence,
    view: body.view,
    digest: body.digest,
  }));
}

/** Where the O of a refused NEW-VIEW differs from what its V implies, in words; none when it does not. */
export function orderDifference(
  c: Configuration,
  { viewChanges, prePrepares }: NewView,
): string | undefined {
  const computed = newViewOrder(c, viewChanges).entries;
  const none = nullDigest(c);
  const named = (entry: { readonly sequence: number; readonly digest: string } | undefined) => {
    if (entry === undefined) return 'nothing more';
    const what = entry.digest === none ? 'a null request' : entry.digest.slice(0, 4);
    return `${what} at ${entry.sequence}`;
  };
  const count = Math.max(computed.length, prePrepares.length);
  for (let i = 0; i < count; i += 1) {
    const said = prePrepares[i]?.body;
    const follows = computed[i];
    if (said?.sequence === follows?.sequence && said?.digest === follows?.digest) continue;
    return `O says ${named(said)}, V implies ${named(follows)}`;
  }
  return undefined;
}
