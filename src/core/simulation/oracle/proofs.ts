import type { Settings } from './step-replica.ts';
import {
  nullSymbol,
  type SymbolicNewView,
  type SymbolicPrePrepare,
  type SymbolicProof,
  type SymbolicViewChange,
} from './symbols.ts';

/** p = v mod n */
export function primaryIn(view: number, { n }: Settings): number {
  return view % n;
}

/** Whether a VIEW-CHANGE proves all that it says (pbft.md 1.5). */
export function isSoundViewChange(
  settings: Settings,
  { view, stable, checkpoints, prepared }: SymbolicViewChange,
): boolean {
  const { quorum, interval, logSize } = settings;
  if (stable === 0 ? checkpoints.length > 0 : stable % interval !== 0) return false;
  if (stable > 0) {
    const same = checkpoints.every(
      ({ sequence, digest }) => sequence === stable && digest === checkpoints[0]?.digest,
    );
    if (!same || checkpoints.length < quorum || !areDistinct(checkpoints)) return false;
  }
  let last = stable;
  for (const proof of prepared) {
    const { header } = proof;
    if (header.sequence <= last || header.sequence > stable + logSize) return false;
    if (header.view >= view || !isSoundProof(settings, proof)) return false;
    last = header.sequence;
  }
  return true;
}

function isSoundProof(settings: Settings, { header, prepares }: SymbolicProof): boolean {
  const primary = primaryIn(header.view, settings);
  const mayCount = settings.leftOut === 'count-primary-prepare';
  return (
    header.by === primary &&
    prepares.length === settings.quorum - 1 &&
    areDistinct(prepares) &&
    prepares.every(
      ({ view, sequence, digest, by }) =>
        view === header.view &&
        sequence === header.sequence &&
        digest === header.digest &&
        (by !== primary || mayCount),
    )
  );
}

/** min-s: the highest stable checkpoint in V. */
export function minSequenceOf(viewChanges: readonly SymbolicViewChange[]): number {
  return Math.max(0, ...viewChanges.map(({ stable }) => stable));
}

/** O as it follows from V (pbft.md 1.10). */
export function orderFrom(
  settings: Settings,
  view: number,
  viewChanges: readonly SymbolicViewChange[],
): readonly SymbolicPrePrepare[] {
  const min = minSequenceOf(viewChanges);
  const best = new Map<number, SymbolicPrePrepare>();
  const proofs = settings.leftOut === 'ignore-prepared-in-view-change' ? [] : viewChanges;
  for (const { header } of proofs.flatMap(({ prepared }) => prepared)) {
    const known = best.get(header.sequence);
    if (header.sequence > min && (known === undefined || beats(settings, header, known))) {
      best.set(header.sequence, header);
    }
  }
  const max = Math.max(min, ...best.keys());
  const by = primaryIn(view, settings);
  return Array.from({ length: max - min }, (_, i) => {
    const sequence = min + 1 + i;
    const digest = best.get(sequence)?.digest ?? nullSymbol;
    return { type: 'pre-prepare', view, sequence, digest, by };
  });
}

function beats(settings: Settings, header: SymbolicPrePrepare, known: SymbolicPrePrepare): boolean {
  if (header.view === known.view) return header.digest < known.digest;
  return settings.leftOut === 'lowest-view-in-order'
    ? header.view < known.view
    : header.view > known.view;
}

/** Whether a NEW-VIEW begins its view: V is Q sound VIEW-CHANGEs for it, of different replicas, and O what follows. */
export function isSoundNewView(
  settings: Settings,
  { view, viewChanges, order, by }: SymbolicNewView,
): boolean {
  const { leftOut, quorum } = settings;
  if (viewChanges.length < quorum) return false;
  if (leftOut !== 'repeated-view-changes' && !areDistinct(viewChanges)) return false;
  const isVote = (viewChange: SymbolicViewChange): boolean =>
    (viewChange.view === view || leftOut === 'any-view-in-new-view') &&
    isSoundViewChange(settings, viewChange);
  if (!viewChanges.every(isVote)) return false;
  const due = orderFrom(settings, view, viewChanges);
  if (leftOut === 'unchecked-order') return true;
  return (
    order.length === due.length &&
    order.every(
      (header, i) =>
        header.by === by &&
        header.view === view &&
        header.sequence === due[i]?.sequence &&
        header.digest === due[i].digest,
    )
  );
}

/** Whether nobody signed twice. */
function areDistinct(signed: readonly { readonly by: number }[]): boolean {
  return new Set(signed.map(({ by }) => by)).size === signed.length;
}
