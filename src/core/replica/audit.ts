import {
  commitCertificateRejection,
  type CommitCertificate,
  type PreparedCertificate,
  preparedCertificateRejection,
} from '#core/pbft/certificate.ts';
import { concealment } from '#core/pbft/concealment.ts';
import { type Configuration, isAblated } from '#core/pbft/configuration.ts';
import { contradiction, viewContradiction } from '#core/pbft/evidence.ts';
import type { Batch, Message, Signed } from '#core/pbft/message.ts';
import { newViewRejection } from '#core/pbft/new-view.ts';
import { rejectionOfBatch } from '#core/pbft/pre-prepare-acceptance.ts';
import { signaturesOf } from '#core/pbft/signing.ts';
import { stableCheckpointRejection } from '#core/pbft/stable-checkpoint.ts';
import { viewChangeRejection } from '#core/pbft/view-change.ts';

import type { Proof } from './evidence-file.ts';
import type { Replica } from './replica.ts';
import type { Slot } from './slot.ts';

/** A stored certificate, laid open for anyone to verify from scratch (I14). Plain data. */
export interface AuditItem {
  readonly what: string;
  /** Everything signed in it. Each signature must verify; `'own'` ones are still to be made by this process. */
  readonly messages: readonly Signed<Message>[];
  /** Why it proves nothing, its signatures apart; absent if it does. */
  readonly problem?: string;
}

/** Every certificate and every proof that a replica stores. */
export function auditReplica(replica: Replica): readonly AuditItem[] {
  const { configuration: c, checkpoints, archive, evidence, newView } = replica;
  const { stable } = checkpoints;
  return [
    ...(stable === undefined
      ? []
      : [
          item(
            `stable checkpoint ${stable.sequence}`,
            stable.checkpoints,
            stableCheckpointRejection(c, stable),
          ),
        ]),
    ...[...replica.slots.values()].flatMap((slot) => auditSlot(replica, slot)),
    ...[...archive.decisions.values()].flatMap(({ certificate, batch }) => [
      decisionItem(c, certificate),
      batchItem(c, certificate, batch),
    ]),
    ...[...replica.prepared.values()].map((prepared) => preparedItem(c, prepared)),
    ...[...replica.viewChanges.values()].map((viewChange) =>
      item(
        `VIEW-CHANGE of ${viewChange.body.replica} for view ${viewChange.body.nextView}`,
        signaturesOf({ signed: viewChange }),
        viewChangeRejection(c, viewChange.body),
      ),
    ),
    ...(newView === undefined
      ? []
      : [
          item(
            `NEW-VIEW of view ${newView.body.view}`,
            signaturesOf({ signed: newView }),
            newViewRejection(c, newView.body),
          ),
        ]),
    ...[...evidence.proofs.values()].map((proof) =>
      item(
        `evidence against ${proof.culprit} in ${proof.kind}`,
        proof.messages.flatMap((signed) => signaturesOf({ signed })),
        contradicts(c, proof) ? undefined : 'no contradiction',
      ),
    ),
  ];
}

function auditSlot({ configuration: c, bodies }: Replica, slot: Slot): readonly AuditItem[] {
  const items: AuditItem[] = [];
  const accepted = slot.proposal.value;
  const prepared = slot.prepared.value;
  const decision = slot.decision.value;
  if (accepted !== undefined)
    items.push(batchItem(c, accepted.body, bodies.get(accepted.body.digest)));
  if (prepared !== undefined) {
    items.push(preparedItem(c, prepared));
  }
  if (decision !== undefined) items.push(decisionItem(c, decision));
  return items;
}

function preparedItem(c: Configuration, prepared: PreparedCertificate): AuditItem {
  const { view, sequence } = prepared.prePrepare.body;
  return item(
    `prepared certificate ${view}/${sequence}`,
    [prepared.prePrepare, ...prepared.prepares],
    preparedCertificateRejection(c, prepared),
  );
}

function contradicts(c: Configuration, proof: Proof): boolean {
  if (proof.kind === 'concealment') return concealment(c, ...proof.messages) !== undefined;
  const again =
    'sequence' in proof
      ? contradiction(c, ...proof.messages)
      : viewContradiction(c, ...proof.messages);
  return again !== undefined;
}

function decisionItem(c: Configuration, certificate: CommitCertificate): AuditItem {
  const rejection = isAblated(c, 'no-commit-phase')
    ? undefined
    : commitCertificateRejection(c, certificate);
  return item(
    `commit certificate ${certificate.view}/${certificate.sequence}`,
    certificate.commits,
    rejection,
  );
}

function batchItem(
  c: Configuration,
  { sequence, digest }: Pick<CommitCertificate, 'sequence' | 'digest'>,
  batch: Batch | undefined,
): AuditItem {
  const what = `batch of ${sequence}`;
  if (batch === undefined) return item(what, [], 'missing-body');
  return item(what, batch, rejectionOfBatch(c, digest, batch));
}

function item(
  what: string,
  messages: readonly Signed<Message>[],
  problem: string | undefined,
): AuditItem {
  return problem === undefined ? { what, messages } : { what, messages, problem };
}
