'use persistent';

import { concealment } from '#core/pbft/concealment.ts';
import type { Commit, Signed, ViewChange } from '#core/pbft/message.ts';
import type { ReplicaId } from '#core/pbft/terms.ts';

import type { Replica } from './replica.ts';

/** A-V4: whether a VIEW-CHANGE hides what its signer has committed, as far as this replica holds its COMMITs. */
export function compareWithCommits(replica: Replica, viewChange: Signed<ViewChange>): void {
  for (const commit of commitsOf(replica, viewChange.body.replica)) {
    replica.evidence.keep(concealment(replica.configuration, commit, viewChange));
  }
}

/** The same, if the COMMIT comes after the VIEW-CHANGE. */
export function compareWithViewChange(replica: Replica, commit: Signed<Commit>): void {
  const viewChange = replica.viewChanges.get(commit.body.replica);
  if (viewChange === undefined) return;
  replica.evidence.keep(concealment(replica.configuration, commit, viewChange));
}

/** The COMMITs of one replica that this one holds: in the log, and in the decisions of the archive. */
function commitsOf({ slots, archive }: Replica, signer: ReplicaId): readonly Signed<Commit>[] {
  const filed = [...slots.values()].flatMap(({ commits, olderCommits }) =>
    [commits.get(signer), olderCommits.get(signer)].filter((commit) => commit !== undefined),
  );
  const certificates = [
    ...[...slots.values()].map(({ decision }) => decision.value),
    ...[...archive.decisions.values()].map(({ certificate }) => certificate),
  ];
  const decisive = certificates.flatMap(
    (certificate) => certificate?.commits.filter(({ body }) => body.replica === signer) ?? [],
  );
  return [...filed, ...decisive];
}
