import type { Batch, Commit, Prepare, Signed } from '#core/pbft/message.ts';
import { highWatermark } from '#core/pbft/standing.ts';
import type { Digest } from '#core/pbft/terms.ts';
import type { WorkflowView } from '#core/persistent/index.ts';

import { evidenceReport } from './evidence-file.ts';
import { inspectMemory } from './inspect-memory.ts';
import type {
  OperationInspection,
  ReplicaInspection,
  SlotInspection,
  VoteInspection,
} from './inspection.ts';
import type { Replica } from './replica.ts';
import type { Slot } from './slot.ts';
import { digestOfLedger } from './state-digest.ts';
import type { RunningTimer } from './timing.ts';
import { waitingIn } from './waiting.ts';

/** The most entries of the state that an inspection shows. */
const stateShown = 200;

/** A replica as plain data. */
export function inspectReplica(
  replica: Replica,
  workflows: readonly WorkflowView[],
): ReplicaInspection {
  const { ledger, lastExecuted } = replica;
  const { executed } = ledger;
  return {
    kind: 'replica',
    id: replica.id,
    status: replica.phase,
    ...(replica.quarantined && { quarantined: true }),
    view: replica.view,
    primary: replica.primary(),
    lowWatermark: replica.lowWatermark,
    highWatermark: highWatermark(replica),
    lastExecuted,
    executed,
    stateDigest: digestOfLedger(replica),
    incarnation: replica.incarnation,
    state: [...ledger.state.entries()].slice(0, stateShown),
    clientTable: [...ledger.clientTable.entries()].map(([client, { timestamp, result }]) => ({
      client,
      timestamp,
      result,
    })),
    pending: operationsOf([...replica.queue.waiting.values()]),
    slots: [...replica.slots.values()]
      .sort((a, b) => a.sequence - b.sequence)
      .map((slot) => inspectSlot(replica, slot)),
    checkpoints: inspectCheckpoints(replica),
    evidence: [...replica.evidence.proofs.values()].map(evidenceReport),
    viewChanges: [...replica.viewChanges.values()].map(({ body }) => ({
      replica: body.replica,
      view: body.nextView,
    })),
    ...(replica.timer && { timer: timerOf(replica.timer) }),
    memory: inspectMemory(replica),
    workflows,
    waiting: waitingIn(replica),
  };
}

function timerOf({ timer, ms, dueMs }: RunningTimer): NonNullable<ReplicaInspection['timer']> {
  return { timer, ms, dueMs };
}

function inspectSlot(replica: Replica, slot: Slot): SlotInspection {
  const accepted = slot.proposal.value;
  const prepared = slot.prepared.value;
  const decision = slot.decision.value;
  const digest = decision?.digest ?? accepted?.body.digest;
  return {
    view: slot.view,
    sequence: slot.sequence,
    ...(digest !== undefined && { digest }),
    operations: operationsOf((digest && replica.bodies.get(digest)) ?? []),
    state: stateOf(replica, slot),
    ...(typeof accepted?.signer === 'number' && {
      prePrepare: { signer: accepted.signer, digest: accepted.body.digest },
    }),
    prepares: votesOf(slot.prepares.values(), digest),
    commits: votesOf(slot.commits.values(), digest),
    ...(prepared && { preparedBy: prepared.prepares.map(({ body }) => body.replica) }),
    ...(decision && { committedBy: decision.commits.map(({ body }) => body.replica) }),
  };
}

function stateOf(replica: Replica, slot: Slot): SlotInspection['state'] {
  if (slot.sequence <= replica.lastExecuted) return 'executed';
  if (slot.decision.settled) return 'committed';
  if (slot.prepared.settled) return 'prepared';
  return slot.proposal.settled ? 'pre-prepared' : 'waiting';
}

function votesOf(
  votes: Iterable<Signed<Prepare> | Signed<Commit>>,
  digest: Digest | undefined,
): readonly VoteInspection[] {
  return [...votes].map(({ body }) => ({
    signer: body.replica,
    digest: body.digest,
    counts: body.digest === digest,
  }));
}

function operationsOf(batch: Batch): readonly OperationInspection[] {
  return batch.map(({ body: { client, timestamp, operation } }) => ({
    client,
    timestamp,
    operation,
  }));
}

function inspectCheckpoints({ checkpoints }: Replica): ReplicaInspection['checkpoints'] {
  const { stable } = checkpoints;
  const claims = [...checkpoints.claims.values()].flatMap(({ bySigner }) => [...bySigner.values()]);
  const claimed = new Map<string, { sequence: number; digest: string; signers: number[] }>();
  for (const { body } of claims) {
    const { sequence, digest, replica } = body;
    const key = `${sequence} ${digest}`;
    const known = claimed.get(key) ?? { sequence, digest, signers: [] };
    claimed.set(key, { sequence, digest, signers: [...known.signers, replica] });
  }
  return [
    ...(stable === undefined
      ? []
      : [
          {
            sequence: stable.sequence,
            digest: stable.digest,
            signers: stable.checkpoints.map(({ body }) => body.replica),
            stable: true,
          },
        ]),
    ...[...claimed.values()].map((claim) => ({ ...claim, stable: false })),
  ];
}
