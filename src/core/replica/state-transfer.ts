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
import type { Rejection } from '#core/pbft/rejection.ts';
import { own } from '#core/pbft/signed.ts';
import {
  fetchedContent,
  nodeKey,
  piecesToFetch,
  rejectionOfChunk,
  rejectionOfNode,
  rejectionOfRoot,
} from '#core/pbft/state-fetch.ts';
import {
  knownChunks,
  mayInstall,
  stableFrom,
  type TransferTarget,
  transferTarget,
} from '#core/pbft/state-transfer.ts';
import type { StateContent } from '#core/pbft/state-tree.ts';
import { type ReplicaId, sequenceNumber } from '#core/pbft/terms.ts';
import { any, sleep } from '#core/persistent/index.ts';

import { checkpoint } from './checkpointing.ts';
import { executeInTurn } from './execution.ts';
import { missingBodies } from './fetching.ts';
import { report, send } from './outbox.ts';
import type { Replica } from './replica.ts';
import { Fetched, placeKey, Transfer } from './transfer.ts';

/** How many pieces are asked for at once. */
const piecesMax = 16;

/**
 * Fetches the state when others have one that this replica does not reach by executing (pbft.md 1.9): when a round
 * of STATUS has brought it no further, or when its own state is contradicted.
 */
export async function keepUp(replica: Replica): Promise<void> {
  for (;;) {
    const before = replica.lastExecuted;
    if (targetOf(replica) === undefined) {
      await replica.checkpoints.claimed.changed();
      continue;
    }
    if (!replica.quarantined) await sleep(2 * replica.configuration.resendMs);
    if (!replica.quarantined && replica.lastExecuted !== before) continue;
    await catchUp(replica);
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
  if (reason !== undefined || transfer === undefined) return refuse(transfer, data, reason);
  transfer.fetched = new Fetched(data.body);
  keepKnown(replica, transfer, transfer.fetched);
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
  if (reason !== undefined || transfer?.fetched === undefined) {
    return refuse(transfer, data, reason);
  }
  transfer.fetched.nodes.set(nodeKey(data.body), data.body.children);
  keepKnown(replica, transfer, transfer.fetched);
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
  if (reason !== undefined || transfer?.fetched === undefined) {
    return refuse(transfer, data, reason);
  }
  transfer.fetched.chunks.set(data.body.index, data.body.items);
  transfer.settle(data.body);
}

/** State after state, until one is installed or none is wanted: others move on while it is fetched. */
async function catchUp(replica: Replica): Promise<void> {
  for (let target = targetOf(replica); target !== undefined; target = targetOf(replica)) {
    const transfer = new Transfer(target, replica.transfer);
    replica.transfer = transfer;
    replica.concern.notify();
    const { sequence, digest } = target;
    report({ type: 'state-transfer', deed: 'started', sequence, digest });
    if (await fetchState(replica, transfer)) break;
  }
  replica.transfer = undefined;
  replica.concern.notify();
}

/** One state, piece by piece, each checked when it comes. Who does not answer is passed over, who lies is asked no more. */
async function fetchState(replica: Replica, transfer: Transfer): Promise<boolean> {
  let attempt: number = replica.id;
  while (isWanted(replica, transfer.target)) {
    const content = transfer.fetched && fetchedContent(replica.configuration, transfer.fetched);
    if (content !== undefined) {
      install(replica, transfer, content);
      return true;
    }
    const sources = sourcesOf(replica, transfer);
    ask(replica, transfer, sources[attempt % sources.length] ?? replica.primary());
    const outcome = await any({
      answered: transfer.answered.changed(),
      late: sleep(replica.configuration.resendMs),
      recovered: replica.recovered.changed(),
    });
    if (outcome.tag === 'late') attempt += 1;
  }
  return false;
}

/** The state to fetch: above the executed one or, if that one is contradicted, the best that Q replicas vouch for. */
function targetOf(replica: Replica): TransferTarget | undefined {
  const { configuration, lastExecuted, lowWatermark, checkpoints, quarantined } = replica;
  const claims = checkpoints.allClaims();
  if (!quarantined) return transferTarget(configuration, lastExecuted, claims);
  const above = sequenceNumber(Math.max(0, lowWatermark - 1));
  const proof = checkpoints.stable?.checkpoints ?? [];
  const target = transferTarget(configuration, above, [...proof, ...claims]);
  return target?.stable === true ? target : undefined;
}

/** Not if it was reached by executing, nor if others have let go of it for a later one. */
function isWanted(replica: Replica, target: TransferTarget): boolean {
  if (!mayInstall(replica, target, replica.quarantined)) return false;
  const latest = targetOf(replica);
  return latest === undefined || latest.sequence <= target.sequence;
}

/** Who is asked, one after the other: those who claim to have the state, then the others. */
function sourcesOf(replica: Replica, { target, liars }: Transfer): readonly ReplicaId[] {
  const claimants = target.checkpoints.map(({ body }) => body.replica);
  const others = replica.others().filter((i) => !claimants.includes(i));
  return [...claimants, ...others].filter((i) => i !== replica.id && !liars.has(i));
}

/** Chunks that are here already, in a checkpoint of this replica or from the last transfer, need not come again. */
function keepKnown(replica: Replica, transfer: Transfer, fetched: Fetched): void {
  const { configuration, checkpoints } = replica;
  for (const [index, chunk] of knownChunks(
    configuration,
    fetched,
    checkpoints.contents(),
    transfer.spare,
  )) {
    fetched.chunks.set(index, chunk);
    transfer.kept += 1;
  }
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
function install(replica: Replica, { target, kept }: Transfer, content: StateContent): void {
  const { ledger, queue, checkpoints } = replica;
  const { sequence, digest } = target;
  const { entries, clients } = partsOf(content);
  const before = replica.lastExecuted;
  ledger.install(entries, clients, content);
  replica.quarantined = false;
  for (const [client, { timestamp }] of clients) queue.settle(client, timestamp);
  const { executed } = ledger;
  report({ type: 'state-transfer', deed: 'installed', sequence, digest, kept, executed });

  vouch(replica, target, content);
  for (const { sequence: n, decision } of replica.slots.values()) {
    if (n > sequence && n <= before && decision.value) void executeInTurn(replica, decision.value);
  }
  replica.bodies.forsake(missingBodies(replica));
  if (nextSequenceIn(replica) > replica.nextSequence)
    replica.nextSequence = nextSequenceIn(replica);
  replica.progress.notify();
  replica.opportunity.notify();
  checkpoints.claimed.notify();
}

/** Takes the checkpoint of the installed state. What f + 1 have claimed is stable only when Q have (pbft.md 1.15). */
function vouch(replica: Replica, target: TransferTarget, content: StateContent): void {
  const { checkpoints, lowWatermark } = replica;
  const { sequence } = target;
  if (sequence <= lowWatermark) {
    checkpoints.content = content;
    return;
  }
  const claims = checkpoints.at(sequence);
  for (const message of [...target.checkpoints, ...checkpoints.ahead.values()]) {
    if (message.body.sequence !== sequence || claims.bySigner.has(message.body.replica)) continue;
    claims.bySigner.set(message.body.replica, message);
  }
  const stable = stableFrom(target);
  claims.content = content;
  if (stable !== undefined && !claims.stable.settled) claims.stable.complete(stable);
  void checkpoint(replica, sequence);
}

/** A piece that is not what the tree says condemns its sender: its signature is good. */
function refuse(
  transfer: Transfer | undefined,
  { body }: Signed<RootData | NodeData | ChunkData>,
  reason: Rejection | undefined,
): void {
  report({ type: 'rejected', reason: reason ?? 'unwanted' });
  if (reason === 'wrong-state') transfer?.distrust(body.replica);
}
