import type { ProcessId } from '#core/pbft/message.ts';

/** How far a slot has come at one replica. */
export type SlotState = 'waiting' | 'pre-prepared' | 'prepared' | 'committed' | 'executed';

/** A signed vote that counts. */
export interface Vote {
  readonly signer: ProcessId;
  readonly digest: string;
}

/** One sequence number at one replica. */
export interface SlotPicture {
  readonly sequence: number;
  readonly view: number;
  readonly digest?: string;
  readonly state: SlotState;
  readonly prepares: readonly Vote[];
  readonly commits: readonly Vote[];
}

/** The operation that a client waits for. */
interface OutstandingPicture {
  readonly index: number;
  readonly timestamp?: number;
  readonly operation: string;
  readonly replies: readonly ProcessId[];
}

/** What the trace tells of one process. */
export interface ProcessPicture {
  readonly process: ProcessId;
  readonly life: 'up' | 'crashed' | 'failed' | 'paused';
  readonly byzantine?: string;
  readonly incarnation: number;
  readonly view: number;
  readonly commits: number;
  readonly persistedAtMs?: number;
  readonly executed: number;
  readonly stable: number;
  readonly slots: ReadonlyMap<number, SlotPicture>;
  /** Clients: what is asked, and how many answers were accepted. */
  readonly outstanding?: OutstandingPicture;
  readonly answered: number;
  readonly lastResult?: string;
}

/** A process nothing is known of. */
export function blankProcess(process: ProcessId): ProcessPicture {
  return {
    process,
    life: 'up',
    incarnation: 0,
    view: 0,
    commits: 0,
    executed: 0,
    stable: 0,
    slots: new Map(),
    answered: 0,
  };
}

/** A slot nothing is known of. */
export function blankSlot(sequence: number, view: number): SlotPicture {
  return { sequence, view, state: 'waiting', prepares: [], commits: [] };
}

const order: readonly SlotState[] = [
  'waiting',
  'pre-prepared',
  'prepared',
  'committed',
  'executed',
];

/** The further of two states: a slot never falls back. */
export function furtherState(a: SlotState, b: SlotState): SlotState {
  return order.indexOf(a) >= order.indexOf(b) ? a : b;
}

/** The votes for the digest that the slot holds; all of them while it holds none. */
export function countingVotes(votes: readonly Vote[], digest: string | undefined): readonly Vote[] {
  return digest === undefined ? votes : votes.filter((vote) => vote.digest === digest);
}

/** The slot a replica works on: the lowest that it knows and has not executed. */
export function workingSlot(process: ProcessPicture): SlotPicture | undefined {
  let best: SlotPicture | undefined;
  for (const slot of process.slots.values()) {
    if (slot.state === 'executed' || slot.sequence <= process.executed) continue;
    if (best === undefined || slot.sequence < best.sequence) best = slot;
  }
  return best;
}

/** The slot to draw votes of: the one in work, else the last one touched. */
export function shownSlot(process: ProcessPicture): SlotPicture | undefined {
  const working = workingSlot(process);
  if (working !== undefined) return working;
  let last: SlotPicture | undefined;
  for (const slot of process.slots.values()) {
    if (last === undefined || slot.sequence > last.sequence) last = slot;
  }
  return last;
}
