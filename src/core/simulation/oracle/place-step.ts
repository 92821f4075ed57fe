import { minSequenceOf, primaryIn } from './proofs.ts';
import {
  newPlace,
  type Place,
  type Settings,
  type StepOutput,
  type StepReplica,
} from './step-replica.ts';
import {
  nullSymbol,
  type SymbolicBatch,
  type SymbolicBody,
  type SymbolicCheckpoint,
  type SymbolicDecision,
  type SymbolicMessage,
  type SymbolicPrePrepare,
  type SymbolicRequest,
  type SymbolicVote,
  symbolOf,
} from './symbols.ts';

/** One step of one replica. */
export interface Turn {
  readonly settings: Settings;
  readonly me: StepReplica;
  readonly outputs: StepOutput[];
}

/** A message to all others. */
export function say({ outputs }: Turn, message: SymbolicMessage): void {
  outputs.push({ to: 'others', message });
}

/** Remembers a request that waits: one of a client, the newest. */
export function enqueue(me: StepReplica, request: SymbolicRequest): void {
  const { client, timestamp } = request;
  if (timestamp <= (me.served.get(client) ?? 0)) return;
  if (timestamp <= (me.queue.get(client)?.timestamp ?? 0)) return;
  me.queue.delete(client);
  me.queue.set(client, request);
}

/** REPLY, from the client table. */
export function reply({ me, outputs }: Turn, client: number): void {
  const timestamp = me.served.get(client) ?? 0;
  const message = { type: 'reply', view: me.view, timestamp, client, by: me.id } as const;
  outputs.push({ to: `c${client}`, message });
}

// The normal case, 1.5-1.7

/** Agreement of the view that is here, or COMMITs of any view so far. */
export function onAgreement(turn: Turn, message: SymbolicPrePrepare | SymbolicVote): void {
  const { me, settings } = turn;
  if (message.sequence <= me.low || message.sequence > me.low + settings.logSize) return;
  if (message.type === 'commit') return onCommit(turn, message);
  if (me.phase !== 'normal' || message.view !== me.view) return;
  const isOfPrimary = message.by === primaryIn(message.view, settings);
  if (message.type === 'pre-prepare') {
    if (isOfPrimary) onPrePrepare(turn, message);
    return;
  }
  if (isOfPrimary && settings.leftOut !== 'count-primary-prepare') return;
  const place = placeAt(me, message.sequence);
  if (place.prepares.some(({ by }) => by === message.by)) return;
  showHeader(turn, place, message);
  place.prepares = [...place.prepares, message];
  weigh(turn, place);
}

function onPrePrepare(turn: Turn, message: SymbolicPrePrepare): void {
  const { me, settings } = turn;
  const { sequence, digest, batch = [] } = message;
  const { accepted } = me.places.get(sequence) ?? {};
  const mayChange = settings.leftOut === 'accept-second-pre-prepare';
  if (accepted?.digest === digest) return;
  if (accepted === undefined && sequence <= me.fixedUpTo) return;
  if (accepted !== undefined && !mayChange) {
    me.isForsaken = true;
    return;
  }
  if (!isWhole(settings, message)) return;
  if (accepted !== undefined) me.places.set(sequence, newPlace(sequence));
  accept(turn, headerOf(message), batch);
}

/** Whether a PRE-PREPARE has the batch that it names; the null request has none. */
export function isWhole({ batchMax }: Settings, { digest, batch }: SymbolicPrePrepare): boolean {
  if (digest === nullSymbol) return (batch ?? []).length === 0;
  return batch !== undefined && symbolOf(batch) === digest && batch.length <= batchMax;
}

/** What this replica agrees to at a place: its batch is here. */
export function accept(turn: Turn, header: SymbolicPrePrepare, batch: SymbolicBatch): void {
  const { me, settings } = turn;
  const { view, sequence, digest } = header;
  const place = placeAt(me, sequence);
  keepBody(me, digest, batch, sequence);
  for (const request of batch) enqueue(me, request);
  const isPrimary = primaryIn(me.view, settings) === me.id;
  if (isPrimary) {
    for (const { client, timestamp } of batch) {
      me.proposed.set(client, Math.max(timestamp, me.proposed.get(client) ?? 0));
    }
  }
  place.accepted = header;
  for (const vote of [...place.prepares, ...place.commits]) showHeader(turn, place, vote);
  if (!isPrimary && me.phase === 'normal') {
    const prepare = { type: 'prepare', view, sequence, digest, by: me.id } as const;
    say(turn, prepare);
    place.prepares = [...place.prepares, prepare];
  }
  weigh(turn, place);
  useBody(turn, digest, batch);
}

function onCommit(turn: Turn, commit: SymbolicVote): void {
  const { me } = turn;
  if (commit.view > me.view) return;
  const place = placeAt(me, commit.sequence);
  const isCurrent = commit.view === me.view;
  const held = (isCurrent ? place.commits : place.older).find(({ by }) => by === commit.by);
  if (held !== undefined && held.view >= commit.view) return;
  showHeader(turn, place, commit);
  if (isCurrent) place.commits = [...place.commits, commit];
  else place.older = [...place.older.filter(({ by }) => by !== commit.by), commit];
  weigh(turn, place);
}

/** What the messages of a place prove by now. */
function weigh(turn: Turn, place: Place): void {
  const { me, settings } = turn;
  const { accepted, sequence } = place;
  if (accepted !== undefined && !place.isPrepared) {
    const { view, digest } = accepted;
    const backing = place.prepares.filter((prepare) => prepare.digest === digest);
    if (backing.length >= settings.quorum - 1) {
      place.isPrepared = true;
      const prepares = backing.slice(0, settings.quorum - 1);
      me.prepared.set(sequence, { header: accepted, prepares });
      const commit = { type: 'commit', view, sequence, digest, by: me.id } as const;
      say(turn, commit);
      place.commits = [...place.commits, commit];
      if (settings.leftOut === 'no-commit-phase') decide(turn, place, commit);
    }
  }
  const votes = [...place.commits, ...place.older];
  const decisive = votes.find(
    ({ view, digest }) =>
      votes.filter((vote) => vote.view === view && vote.digest === digest).length >=
      settings.quorum,
  );
  if (decisive !== undefined) decide(turn, place, decisive);
}

/** Who votes for another digest is shown the accepted header, once. */
function showHeader({ me, outputs }: Turn, place: Place, { view, digest, by }: SymbolicVote): void {
  const { accepted } = place;
  if (accepted === undefined || by === me.id || place.shown.includes(by)) return;
  if (accepted.view !== view || accepted.digest === digest) return;
  place.shown = [...place.shown, by];
  outputs.push({ to: by, message: accepted });
}

// Decisions and execution, 1.5, 1.8

function decide(turn: Turn, place: Place, { view, digest }: SymbolicVote): void {
  if (place.decided !== undefined) return;
  place.decided = { view, digest };
  if (bodyOf(turn.me, digest) === undefined) say(turn, { type: 'fetch', digest, by: turn.me.id });
  executeAll(turn);
}

/** Everything that is decided, without a gap, and whose batch is here. */
function executeAll(turn: Turn): void {
  const { me } = turn;
  for (;;) {
    const { decided } = me.places.get(me.lastExecuted + 1) ?? {};
    const batch = decided && bodyOf(me, decided.digest);
    if (decided === undefined || batch === undefined) return;
    execute(turn, decided, batch);
  }
}

function execute(
  turn: Turn,
  { view, digest }: { readonly view: number; readonly digest: string },
  batch: SymbolicBatch,
): void {
  const { me, settings } = turn;
  const sequence = ++me.lastExecuted;
  me.ledger.push(`${sequence}: ${digest}`);
  const fresh = batch.filter((request) => {
    const isNew = request.timestamp > (me.served.get(request.client) ?? 0);
    if (!isNew) return false;
    me.served.set(request.client, request.timestamp);
    me.history = mixed(me.history, symbolOf([request]));
    return true;
  });
  if (fresh.length > 0) me.active = Math.max(me.active, view);
  for (const request of batch) {
    const { client, timestamp } = request;
    const served = me.served.get(client) ?? 0;
    if ((me.queue.get(client)?.timestamp ?? Infinity) <= served) me.queue.delete(client);
    if (fresh.includes(request) || served === timestamp) reply(turn, client);
  }
  if (sequence % settings.interval !== 0) return;
  const message = {
    type: 'checkpoint',
    sequence,
    digest: `${sequence}#${me.history}`,
    by: me.id,
  } as const;
  say(turn, message);
  fileClaim(turn, message);
}

/** DATA that is a batch. */
export function onBody(turn: Turn, { digest, batch }: SymbolicBody): void {
  const { me } = turn;
  const isAwaited = ({ header, decided }: Place): boolean =>
    header?.digest === digest || decided?.digest === digest;
  const wanting = [...me.places.values()].filter(isAwaited);
  if (wanting.length === 0 || bodyOf(me, digest) !== undefined) return;
  if (symbolOf(batch) !== digest) return;
  keepBody(me, digest, batch, Math.max(...wanting.map(({ sequence }) => sequence)));
  useBody(turn, digest, batch);
}

/** A batch that was missing may be here. */
function useBody(turn: Turn, digest: string, batch: SymbolicBatch): void {
  const { me } = turn;
  if (me.phase === 'normal') {
    for (const { header, accepted } of me.places.values()) {
      if (header?.digest === digest && accepted === undefined) accept(turn, header, batch);
    }
  }
  executeAll(turn);
}

/** DATA that is a decided place: Q equal COMMITs decide, whoever brings them. */
export function onDecision(
  turn: Turn,
  { sequence, digest, batch, commits }: SymbolicDecision,
): void {
  const { me, settings } = turn;
  const [first] = commits;
  if (sequence <= me.lastExecuted || sequence <= me.low) return;
  if (sequence > me.low + settings.logSize || first === undefined) return;
  if (digest === nullSymbol ? batch.length > 0 : symbolOf(batch) !== digest) return;
  const signers = new Set(commits.map(({ by }) => by));
  const areEqual = commits.every(
    (commit) =>
      commit.view === first.view && commit.sequence === sequence && commit.digest === digest,
  );
  if (!areEqual || signers.size !== commits.length || signers.size < settings.quorum) return;
  const place = placeAt(me, sequence);
  place.decided ??= { view: first.view, digest };
  keepBody(me, digest, batch, sequence);
  useBody(turn, digest, batch);
}

// Checkpoints, 1.9

/** A CHECKPOINT; above H only the latest of each signer. */
export function onCheckpoint(turn: Turn, claim: SymbolicCheckpoint): void {
  const { me, settings } = turn;
  if (claim.sequence <= me.low || claim.sequence % settings.interval !== 0) return;
  if (claim.sequence <= me.low + settings.logSize) fileClaim(turn, claim);
  else if ((me.ahead.get(claim.by)?.sequence ?? 0) < claim.sequence) me.ahead.set(claim.by, claim);
}

function fileClaim(turn: Turn, claim: SymbolicCheckpoint): void {
  const { me, settings } = turn;
  const known = me.claims.get(claim.sequence) ?? [];
  if (known.some(({ by }) => by === claim.by)) return;
  const claims = [...known, claim];
  me.claims.set(claim.sequence, claims);
  const mine = claims.find(({ by }) => by === me.id);
  const equal = claims.filter(({ digest }) => digest === mine?.digest);
  if (equal.length >= settings.quorum) stabilise(turn, equal.slice(0, settings.quorum));
}

/** The window moves. */
export function stabilise(turn: Turn, proof: readonly SymbolicCheckpoint[]): void {
  const { me } = turn;
  const low = proof[0]?.sequence ?? 0;
  if (low <= me.low) return;
  me.low = low;
  me.stable = proof;
  for (const map of [me.places, me.prepared, me.claims]) {
    for (const sequence of map.keys()) if (sequence <= low) map.delete(sequence);
  }
  for (const [digest, { sequence }] of me.bodies) if (sequence <= low) me.bodies.delete(digest);
  for (const [by, claim] of me.ahead) {
    me.ahead.delete(by);
    onCheckpoint(turn, claim);
  }
  adoptOrder(turn);
}

// What the view began with, 1.10

/** Takes over from O what this replica may vote for, as far as the batches are here. */
export function adoptOrder(turn: Turn): void {
  const { me, settings } = turn;
  if (me.newView === undefined || me.phase !== 'normal') return;
  const from = Math.max(me.low, minSequenceOf(me.newView.viewChanges));
  for (const header of me.newView.order) {
    const { sequence, digest } = header;
    if (sequence <= from || sequence > me.low + settings.logSize) continue;
    const place = placeAt(me, sequence);
    if (place.header !== undefined) continue;
    place.header = header;
    const batch = bodyOf(me, digest);
    if (batch === undefined) say(turn, { type: 'fetch', digest, by: me.id });
    else accept(turn, header, batch);
  }
}

// Parts of the state

function placeAt(me: StepReplica, sequence: number): Place {
  const known = me.places.get(sequence);
  if (known !== undefined) return known;
  const place = newPlace(sequence);
  me.places.set(sequence, place);
  return place;
}

function keepBody(me: StepReplica, digest: string, batch: SymbolicBatch, sequence: number): void {
  const place = Math.max(sequence, me.bodies.get(digest)?.sequence ?? 0);
  me.bodies.set(digest, { batch, sequence: place });
}

function bodyOf(me: StepReplica, digest: string): SymbolicBatch | undefined {
  return digest === nullSymbol ? [] : me.bodies.get(digest)?.batch;
}

function headerOf({ view, sequence, digest, by }: SymbolicPrePrepare): SymbolicPrePrepare {
  return { type: 'pre-prepare', view, sequence, digest, by };
}

/** FNV-1a, which is enough to tell histories apart. */
function mixed(history: number, text: string): number {
  let hash = history ^ 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
