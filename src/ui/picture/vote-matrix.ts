import type { TraceEvent } from '#core/network/trace-event.ts';
import type { SlotInspection, VoteInspection } from '#core/replica/inspection.ts';

/** A (view, sequence) at one replica: where it stands, or what it was counted before the replica left the view. */
export interface MatrixSlot {
  readonly view: number;
  readonly sequence: number;
  readonly state: SlotInspection['state'] | 'left behind';
  /** The decided digest, else the accepted one. */
  readonly digest?: string;
  readonly proposal?: { readonly signer: number; readonly digest: string };
  readonly prepares: readonly Pick<VoteInspection, 'signer' | 'digest'>[];
  readonly commits: readonly Pick<VoteInspection, 'signer' | 'digest'>[];
}

/** A digest that somebody voted for, and who did. */
export interface MatrixRow {
  readonly digest: string;
  /** Whether it is the one that the replica has accepted or decided. */
  readonly accepted: boolean;
  readonly proposer?: number;
  readonly prepares: readonly number[];
  readonly commits: readonly number[];
}

/** A row for each digest that the replica holds a vote for, the accepted one first. */
export function matrixRows({
  digest,
  proposal,
  prepares,
  commits,
}: Pick<MatrixSlot, 'digest' | 'proposal' | 'prepares' | 'commits'>): readonly MatrixRow[] {
  const votedFor = [...prepares, ...commits].map((vote) => vote.digest);
  const digests = new Set([...present(digest), ...present(proposal?.digest), ...votedFor]);
  const signersFor = (votes: MatrixSlot['prepares'], of: string): readonly number[] =>
    votes.filter((vote) => vote.digest === of).map(({ signer }) => signer);
  return [...digests].map((each) => ({
    digest: each,
    accepted: each === digest,
    ...(proposal?.digest === each && { proposer: proposal.signer }),
    prepares: signersFor(prepares, each),
    commits: signersFor(commits, each),
  }));
}

/** The places of the window as the replica has them now, then those of views that it has left, by sequence number and view. */
export function matrixSlots(
  slots: readonly SlotInspection[],
  told: readonly TraceEvent[],
  replica: number,
  replicas: number,
): readonly MatrixSlot[] {
  const now = slots.map(({ prePrepare, ...slot }) => ({
    ...slot,
    ...(prePrepare !== undefined && { proposal: prePrepare }),
  }));
  const left = slotsLeft(now, told, replica, replicas);
  return [...now, ...left].sort((a, b) => a.sequence - b.sequence || a.view - b.view);
}

interface Draft {
  proposal?: MatrixSlot['proposal'] & object;
  readonly prepares: Map<number, string>;
  readonly commits: Map<number, string>;
}

/** What the replica had counted in views before, at the sequence numbers that are still in its window. */
function slotsLeft(
  now: readonly MatrixSlot[],
  told: readonly TraceEvent[],
  replica: number,
  replicas: number,
): readonly MatrixSlot[] {
  const viewNow = new Map(now.map(({ sequence, view }) => [sequence, view]));
  const drafts = new Map<string, Draft & { readonly view: number; readonly sequence: number }>();
  const draftAt = (view: number, sequence: number): Draft | undefined => {
    if (view >= (viewNow.get(sequence) ?? 0)) return undefined;
    const key = `${view} ${sequence}`;
    const draft = drafts.get(key) ?? { view, sequence, prepares: new Map(), commits: new Map() };
    drafts.set(key, draft);
    return draft;
  };
  for (const event of told) {
    if (event.process === replica && event.lost !== true) note(event, draftAt, replicas);
  }
  return [...drafts.values()].map(({ view, sequence, proposal, prepares, commits }) => ({
    view,
    sequence,
    state: 'left behind',
    ...(proposal && { digest: proposal.digest, proposal }),
    prepares: votesOf(prepares),
    commits: votesOf(commits),
  }));
}

function note(
  event: TraceEvent,
  draftAt: (view: number, sequence: number) => Draft | undefined,
  replicas: number,
): void {
  if (event.type === 'pre-prepared') {
    const draft = draftAt(event.view, event.sequence);
    if (draft) draft.proposal = { signer: event.view % replicas, digest: event.digest };
  } else if (event.type === 'counted' && (event.kind === 'prepare' || event.kind === 'commit')) {
    const { kind, view, sequence, digest, signer } = event;
    if (view === undefined || sequence === undefined || typeof signer !== 'number') return;
    draftAt(view, sequence)?.[`${kind}s`].set(signer, digest ?? '');
  }
}

function votesOf(votes: ReadonlyMap<number, string>): MatrixSlot['prepares'] {
  return [...votes].map(([signer, digest]) => ({ signer, digest }));
}

function present(digest: string | undefined): readonly string[] {
  return digest === undefined ? [] : [digest];
}
