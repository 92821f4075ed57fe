'use persistent';

import { partsOf } from '#core/pbft/execution.ts';
import type {
  ChunkData,
  Fetch,
  NodeData,
  RootData,
  Signed,
  StatePlace,
} from '#core/pbft/message.ts';
import { nextSequenceIn } from '#core/pbft/new-view-entry.ts';
import { own } from '#core/pbft/signed.ts';
import {
  fetchedContent,
  nodeKey,
  piecesToFetch,
  rejectionOfChunk,
  rejectionOfNode,
  rejectionOfRoot,
} from '#core/pbft/state-fetch.ts';
import { mayInstall, type TransferTarget, transferTarget } from '#core/pbft/state-transfer.ts';
import type { StateContent } from '#core/pbft/state-tree.ts';
import type { ReplicaId } from '#core/pbft/terms.ts';
import { any, sleep } from '#core/persistent/index.ts';

import { checkpoint } from './checkpointing.ts';
import { missingBodies } from './fetching.ts';
import { report, send } from './outbox.ts';
import type { Replica } from './replica.ts';
import { Fetched, placeKey, Transfer } from './transfer.ts';

/** How many pieces are asked for at once. */
const piecesMax = 16;

/**
 * Fetches the state when others are at a stable checkpoint that this replica does not reach by executing
 * (pbft.md 1.9): when a round of STATUS has brought it no further.
 */
export async function keepUp(replica: Replica): Promise<void> {
  for (;;) {
    const before = replica.lastExecuted;
    if (targetOf(replica) === undefined) {
      await replica.checkpoints.claimed.changed();
      continue;
    }
    await sleep(2 * replica.configuration.resendMs);
    const target = targetOf(replica);
    if (target !== undefined && replica.lastExecuted === before) await fetchState(replica, target);
  }
}

/** A root of the wanted state: with it the number of pieces is known. */
export function receiveRoot(
  replica: Replica,
  data: Signed<RootData>,
  verdicts: readonly boolean[],
): void {
  const { transfer } = replica;
  const target = transfer?.fetched === undefined ? transfer?.target : undefined;
  const reason = rejectionOfRoot(replica, data, verdicts, target);
  if (reason !== undefined || transfer === undefined) return refuse(reason);
  transfer.fetched = new Fetched(data.body);
  transfer.settle({ kind: 'root' });
}

/** A node of the wanted state. */
export function receiveNode(
  replica: Replica,
  data: Signed<NodeData>,
  verdicts: readonly boolean[],
): void {
  const { transfer } = replica;
  const reason = rejectionOfNode(replica, data, verdicts, transfer?.fetched);
  if (reason !== undefined || transfer?.fetched === undefined) return refuse(reason);
  transfer.fetched.nodes.set(nodeKey(data.body), data.body.children);
  transfer.settle(data.body);
}

/** A chunk of the wanted state. */
export function receiveChunk(
  replica: Replica,
  data: Signed<ChunkData>,
  verdicts: readonly boolean[],
): void {
  const { transfer } = replica;
  const reason = rejectionOfChunk(replica, data, verdicts, transfer?.fetched);
  if (reason !== undefined || transfer?.fetched === undefined) return refuse(reason);
  transfer.fetched.chunks.set(data.body.index, data.body.items);
  transfer.settle(data.body);
}

/** One state, piece by piece, each checked when it comes; who does not answer is not asked again. */
async function fetchState(replica: Replica, target: TransferTarget): Promise<void> {
  const { sequence, digest } = target;
  const transfer = new Transfer(target);
  replica.transfer = transfer;
  replica.concern.notify();
  report({ type: 'state-transfer', deed: 'started', sequence, digest });

  const sources = target.checkpoints.map(({ body }) => body.replica);
  let attempt: number = replica.id;
  while (isWanted(replica, target)) {
    const content = transfer.fetched && fetchedContent(replica.configuration, transfer.fetched);
    if (content !== undefined) {
      install(replica, target, content);
      break;
    }
    ask(replica, transfer, sources[attempt % sources.length] ?? replica.primary());
    const outcome = await any({
      answered: transfer.answered.changed(),
      late: sleep(replica.configuration.resendMs),
      recovered: replica.recovered.changed(),
    });
    if (outcome.tag === 'late') attempt += 1;
  }
  replica.transfer = undefined;
  replica.concern.notify();
}

/** What is claimed by Q replicas and not reached here. */
function targetOf({
  configuration,
  lastExecuted,
  checkpoints,
}: Replica): TransferTarget | undefined {
  const target = transferTarget(configuration, lastExecuted, checkpoints.allClaims());
  return target?.stable === true ? target : undefined;
}

/** Not if it was reached by executing, nor if others have let go of it for a later one. */
function isWanted(replica: Replica, target: TransferTarget): boolean {
  if (!mayInstall(replica, target, false)) return false;
  const latest = targetOf(replica);
  return latest === undefined || latest.sequence <= target.sequence;
}

function ask(replica: Replica, transfer: Transfer, source: ReplicaId): void {
  const { sequence, digest } = transfer.target;
  const root: StatePlace = { kind: 'root', sequence, digest };
  const places = transfer.fetched ? piecesToFetch(transfer.fetched, piecesMax) : [root];
  transfer.asked.clear();
  for (const place of places) {
    transfer.asked.add(placeKey(place));
    const fetch: Fetch = { type: 'fetch', ...place, replica: replica.id };
    send(source, own(fetch, replica.id));
  }
}

/** The fetched state takes the place of the own one, in one turn; then this replica vouches for it too. */
function install(replica: Replica, target: TransferTarget, content: StateContent): void {
  const { ledger, queue, checkpoints } = replica;
  const { sequence, digest } = target;
  const { entries, clients } = partsOf(content);
  ledger.install(entries, clients, content);
  for (const [client, { timestamp }] of clients) queue.settle(client, timestamp);
  report({ type: 'state-transfer', deed: 'installed', sequence, digest });

  const claims = checkpoints.at(sequence);
  for (const message of target.checkpoints) claims.bySigner.set(message.body.replica, message);
  void checkpoint(replica, sequence);
  replica.bodies.forsake(missingBodies(replica));
  if (nextSequenceIn(replica) > replica.nextSequence)
    replica.nextSequence = nextSequenceIn(replica);
  replica.progress.notify();
  replica.opportunity.notify();
}

function refuse(reason: ReturnType<typeof rejectionOfRoot>): void {
  report({ type: 'rejected', reason: reason ?? 'unwanted' });
}
