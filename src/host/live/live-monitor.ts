import {
  EXECUTION_NUMBERS,
  type LiveFacts,
  OPERATION_NUMBERS,
  VOTE_NUMBERS,
  voteKinds,
} from './live-facts.ts';

/** What the checks have found, by kind. */
export interface Findings {
  readonly contradictions: number;
  readonly executedTwice: number;
  readonly disagreements: number;
  readonly unequalStates: number;
  /** In words, the first ones. */
  readonly violations: readonly string[];
}

/** What is remembered of one replica; it outlives its worker, so that a restart is held to what was said before. */
interface Past {
  /** By kind, view and sequence number: the digest voted for. */
  readonly votes: Map<string, Vote>;
  /** By client: the last timestamp executed. */
  readonly served: Map<number, number>;
  lastExecuted: number;
  /** The view below which it has promised to vote no more. */
  promised: number;
  /** After a restart or a transfer of state some executions were never told. */
  mayLeap: boolean;
  isLiar: boolean;
}

interface Vote {
  readonly sequence: number;
  readonly view: number;
  readonly digest: number;
}

/** How many violations are told in words. */
const toldMax = 50;
/** Of how many windows agreement is remembered, at most, while a replica stays behind. */
const windowsKept = 8;

/**
 * Checks, while a cluster runs, that correct replicas agree, execute every operation once and never contradict
 * themselves, across their restarts too.
 *
 * Memory is bounded by the watermarks: a correct replica does not vote at or below its own low watermark, and what all
 * have let go of is executed no more.
 */
export class LiveMonitor {
  private readonly logSize: number;
  private readonly pasts: readonly Past[];
  private readonly stable: number[];
  /** By sequence number: the digest that was executed there first. */
  private readonly decided = new Map<number, number>();
  /** By sequence number: the digest of the first CHECKPOINT. */
  private readonly states = new Map<number, number>();
  private readonly told: string[] = [];
  private readonly counts = {
    contradictions: 0,
    executedTwice: 0,
    disagreements: 0,
    unequalStates: 0,
  };
  private horizon = 0;

  constructor(n: number, logSize: number) {
    this.logSize = logSize;
    this.pasts = Array.from({ length: n }, newPast);
    this.stable = Array.from({ length: n }, () => 0);
  }

  /** From now on nothing binds this replica: it lies, or has lied. */
  distrust(replica: number): void {
    const past = this.pasts[replica];
    if (past !== undefined) past.isLiar = true;
  }

  isTrusted(replica: number): boolean {
    return this.pasts[replica]?.isLiar === false;
  }

  get findings(): Findings {
    return { ...this.counts, violations: [...this.told] };
  }

  /** How much is remembered: votes, agreed places, states. */
  get size(): number {
    const votes = this.pasts.reduce((sum, past) => sum + past.votes.size, 0);
    return votes + this.decided.size + this.states.size;
  }

  take(facts: LiveFacts): void {
    const past = this.pasts[facts.replica];
    if (past === undefined || past.isLiar) return;
    this.checkReturn(facts, past);
    this.checkExecutions(facts, past);
    this.checkVotes(facts, past);
    this.forget(facts.replica, past, facts.status.stable);
  }

  /** What it had told was durable, so a disk that remembers less of it is another disk. */
  private checkReturn({ replica, resumedAt, startedOver, installed }: LiveFacts, past: Past): void {
    if (resumedAt !== undefined || installed !== undefined) past.mayLeap = true;
    if (startedOver === true) {
      past.lastExecuted = 0;
      past.served.clear();
    } else if (resumedAt !== undefined && resumedAt < past.lastExecuted) {
      this.counts.contradictions += 1;
      this.tell(`Replica ${replica} came back at ${resumedAt}, after ${past.lastExecuted}.`);
    }
  }

  private checkVotes({ replica, votes }: LiveFacts, past: Past): void {
    for (let at = 0; at + VOTE_NUMBERS <= votes.length; at += VOTE_NUMBERS) {
      const [kind = 0, view = 0, sequence = 0, digest = 0] = votes.subarray(at, at + VOTE_NUMBERS);
      this.checkVote(replica, past, kind, { view, sequence, digest });
    }
  }

  private checkVote(replica: number, past: Past, kind: number, vote: Vote): void {
    const { view, sequence, digest } = vote;
    const name = voteKinds[kind] ?? 'vote';
    const key = `${kind} ${view} ${sequence}`;
    const said = past.votes.get(key);
    if (said !== undefined && said.digest !== digest) {
      this.counts.contradictions += 1;
      this.tell(`Replica ${replica} signed two different ${name}s at ${view}/${sequence}.`);
      return;
    }
    if (said === undefined && isBoundToView(name) && view < past.promised) {
      this.counts.contradictions += 1;
      this.tell(
        `Replica ${replica} signed a ${name} of view ${view} after its view-change for ${past.promised}.`,
      );
    }
    past.votes.set(key, vote);
    if (name === 'view-change') past.promised = Math.max(past.promised, view);
    if (name === 'checkpoint') this.checkState(replica, sequence, digest);
  }

  private checkState(replica: number, sequence: number, digest: number): void {
    const known = this.states.get(sequence);
    if (known === undefined) {
      if (sequence > this.horizon) this.states.set(sequence, digest);
    } else if (known !== digest) {
      this.counts.unequalStates += 1;
      this.tell(`Replica ${replica} has another state after ${sequence} than others.`);
    }
  }

  private checkExecutions({ replica, executions }: LiveFacts, past: Past): void {
    for (let at = 0; at + EXECUTION_NUMBERS <= executions.length;) {
      const [sequence = 0, digest = 0, count = 0] = executions.subarray(at, at + EXECUTION_NUMBERS);
      at += EXECUTION_NUMBERS;
      const end = at + OPERATION_NUMBERS * count;
      this.checkPlace(replica, past, sequence, digest);
      this.checkOperations(replica, past, executions.subarray(at, end));
      at = end;
    }
  }

  private checkPlace(replica: number, past: Past, sequence: number, digest: number): void {
    if (sequence <= past.lastExecuted) {
      this.counts.executedTwice += 1;
      this.tell(`Replica ${replica} executed ${sequence} after ${past.lastExecuted}.`);
    } else if (sequence > past.lastExecuted + 1 && !past.mayLeap) {
      this.counts.disagreements += 1;
      this.tell(`Replica ${replica} executed ${sequence} right after ${past.lastExecuted}.`);
    }
    past.mayLeap = false;
    past.lastExecuted = Math.max(past.lastExecuted, sequence);
    const known = this.decided.get(sequence);
    if (known === undefined) {
      if (sequence > this.horizon) this.decided.set(sequence, digest);
    } else if (known !== digest) {
      this.counts.disagreements += 1;
      this.tell(`Replica ${replica} executed something else at ${sequence} than others.`);
    }
  }

  private checkOperations(replica: number, { served }: Past, operations: Float64Array): void {
    for (let at = 0; at + OPERATION_NUMBERS <= operations.length; at += OPERATION_NUMBERS) {
      const client = operations[at] ?? 0;
      const timestamp = operations[at + 1] ?? 0;
      if (operations[at + 2] === 1) continue;
      const before = served.get(client) ?? -1;
      if (timestamp <= before) {
        this.counts.executedTwice += 1;
        this.tell(`Replica ${replica} executed request ${timestamp} of client ${client} again.`);
      }
      served.set(client, Math.max(before, timestamp));
    }
  }

  private forget(replica: number, past: Past, stable: number): void {
    if (stable <= (this.stable[replica] ?? 0)) return;
    this.stable[replica] = stable;
    for (const [key, vote] of past.votes) {
      // Those about a view have no place: the last few views are kept.
      const isPast = vote.sequence === 0 ? vote.view < past.promised : vote.sequence <= stable;
      if (isPast) past.votes.delete(key);
    }
    const trusted = this.stable.filter((_, i) => this.isTrusted(i));
    const lowest = Math.min(...trusted);
    const highest = Math.max(...trusted);
    const horizon = Math.max(this.horizon, lowest, highest - windowsKept * this.logSize);
    if (horizon === this.horizon) return;
    this.horizon = horizon;
    for (const agreed of [this.decided, this.states]) {
      for (const sequence of agreed.keys()) if (sequence < horizon) agreed.delete(sequence);
    }
  }

  private tell(violation: string): void {
    if (this.told.length < toldMax) this.told.push(violation);
  }
}

/** Who asks for a view votes in no earlier one; a CHECKPOINT belongs to no view. */
function isBoundToView(name: string): boolean {
  return name === 'pre-prepare' || name === 'prepare' || name === 'commit';
}

function newPast(): Past {
  return {
    votes: new Map(),
    served: new Map(),
    lastExecuted: 0,
    promised: 0,
    mayLeap: false,
    isLiar: false,
  };
}
