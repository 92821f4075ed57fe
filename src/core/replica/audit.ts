import {
  commitCertificateRejection,
  type CommitCertificate,
  preparedCertificateRejection,
} from '#core/pbft/certificate.ts';
import { type Configuration, isAblated } from '#core/pbft/configuration.ts';
import { contradiction } from '#core/pbft/evidence.ts';
import type { Batch, Message, Signed } from '#core/pbft/message.ts';
import { rejectionOfBatch } from '#core/pbft/pre-prepare-acceptance.ts';
import { stableCheckpointRejection } from '#core/pbft/stable-checkpoint.ts';

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
  const { configuration: c, checkpoints, archive, evidence } = replica;
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
    ...[...evidence.proofs.values()].map(({ culprit, kind, sequence, messages }) =>
      item(
        `evidence against ${culprit} in ${kind} ${sequence}`,
        messages,
        contradiction(c, ...messages) === undefined ? 'no contradiction' : undefined,
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
    items.push(
      item(
        `prepared certificate ${prepared.prePrepare.body.view}/${slot.sequence}`,
        [prepared.prePrepare, ...prepared.prepares],
        preparedCertificateRejection(c, prepared),
      ),
    );
  }
  if (decision !== undefined) items.push(decisionItem(c, decision));
  return items;
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
