import type { Cbor } from '#core/base/cbor.ts';

import { readCheckpoint, readPrepare, readPrePrepare } from './agreement-reading.ts';
import type { Configuration } from './configuration.ts';
import type { NewView, PreparedProof, ViewChange } from './message.ts';
import { field, fieldsOf, list, malformed, signedOf } from './reading.ts';
import { isReplicaId, isSequenceNumber, isView } from './terms.ts';

/** ⟨VIEW-CHANGE, v+1, n, C, P, i⟩: at most one proof for each place of a window. */
export function readViewChange(value: Cbor, c: Configuration): ViewChange {
  const [type, nextView, stable, checkpoints, prepared, replica] = fieldsOf(
    'view-change',
    value,
    6,
  );
  if (type !== 'view-change') throw malformed('a new-view holds view-changes');
  return {
    type,
    nextView: field('nextView', nextView, isView),
    stable: field('stable', stable, isSequenceNumber),
    checkpoints: list('checkpoints', checkpoints, c.n).map((checkpoint) =>
      signedOf(checkpoint, readCheckpoint),
    ),
    prepared: list('prepared', prepared, c.logSize).map((proof) => readProof(proof, c)),
    replica: field('replica', replica, isReplicaId),
  };
}

/** ⟨NEW-VIEW, v+1, V, O⟩ */
export function readNewView(value: Cbor, c: Configuration): NewView {
  const [, view, viewChanges, prePrepares] = fieldsOf('new-view', value, 4);
  return {
    type: 'new-view',
    view: field('view', view, isView),
    viewChanges: list('viewChanges', viewChanges, c.n).map((viewChange) =>
      signedOf(viewChange, (body) => readViewChange(body, c)),
    ),
    prePrepares: list('prePrepares', prePrepares, c.logSize).map((prePrepare) =>
      signedOf(prePrepare, readPrePrepare),
    ),
  };
}

function readProof(value: Cbor, c: Configuration): PreparedProof {
  const [prePrepare, prepares] = fieldsOf('prepared certificate', value, 2);
  return {
    prePrepare: signedOf(prePrepare, readPrePrepare),
    prepares: list('prepares', prepares, c.n).map((prepare) => signedOf(prepare, readPrepare)),
  };
}
