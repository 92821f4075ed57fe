import type { Configuration } from '#core/pbft/configuration.ts';
import { digestOfNewView, digestOfViewChange } from '#core/pbft/digest.ts';
import type { Message, Packet } from '#core/pbft/message.ts';
import type { Phase } from '#core/pbft/standing.ts';
import type { Behaviour, TurnReport } from '#core/replica/process.ts';
import type { Report } from '#core/replica/report.ts';

/** What a replica binds itself to by its signature; a vote's number is its place here. */
export const voteKinds = [
  'pre-prepare',
  'prepare',
  'commit',
  'checkpoint',
  'view-change',
  'new-view',
] as const;

/** The numbers of a vote: kind, view, sequence number, digest. */
export const VOTE_NUMBERS = 4;
/** The numbers of an execution before its operations: sequence number, digest, how many operations. */
export const EXECUTION_NUMBERS = 3;
/** The numbers of an executed operation: client, timestamp, whether it was a duplicate. */
export const OPERATION_NUMBERS = 3;

/** What a replica tells of itself while it runs. */
export interface LiveStatus {
  readonly phase: Phase;
  readonly view: number;
  readonly lastExecuted: number;
  readonly executed: number;
  readonly stable: number;
  readonly turns: number;
  readonly commits: number;
  readonly commitBytes: number;
  readonly storageBytes: number;
  readonly signatures: number;
  readonly verifications: number;
  /** How long its thread was busy with it, in all, in ms. */
  readonly busyMs: number;
}

/**
 * What is worth checking of the turns of one commit. It is told before anything of that commit leaves, on the same
 * port: whatever another replica has heard, the monitor knows.
 */
export interface LiveFacts {
  readonly replica: number;
  readonly votes: Float64Array<ArrayBuffer>;
  readonly executions: Float64Array<ArrayBuffer>;
  /** It went on from its disk, which had executed so far. */
  readonly resumedAt?: number;
  /** It has lost its records, and begins anew as a learner. */
  readonly startedOver?: true;
  /** It took over the state after this sequence number. */
  readonly installed?: number;
  /** By `performance.timeOrigin`: when the first vote after a restart was ready to leave. */
  readonly votingAgainMs?: number;
  readonly status: LiveStatus;
}

/** The facts of turns, as numbers: they are told for every commit, so they must cost little. */
export class FactsGatherer {
  private readonly replica: number;
  private readonly configuration: Configuration;
  private votes: number[] = [];
  private executions: number[] = [];
  private resumedAt: number | undefined;
  private installed: number | undefined;
  private startedOver = false;
  private isSilentSinceRestart = false;
  private hasVotedAgain = false;

  constructor(replica: number, configuration: Configuration) {
    this.replica = replica;
    this.configuration = configuration;
  }

  /** What a turn did. Votes of a liar are not told: they bind nobody. */
  add({ reports, outgoing }: TurnReport, behaviour: Behaviour | null): void {
    for (const report of reports) this.addReport(report);
    let last: Packet | undefined;
    for (const { packet } of outgoing) {
      // A multicast is one packet for many, one after the other.
      if (packet !== last && behaviour === null) this.addVote(packet.signed.body, packet);
      last = packet;
    }
  }

  /** The facts since they were last taken. */
  take(status: LiveStatus): LiveFacts {
    const { replica, votes, executions, resumedAt, installed, startedOver, hasVotedAgain } = this;
    this.votes = [];
    this.executions = [];
    this.resumedAt = undefined;
    this.installed = undefined;
    this.startedOver = false;
    this.hasVotedAgain = false;
    return {
      replica,
      votes: Float64Array.from(votes),
      executions: Float64Array.from(executions),
      ...(resumedAt !== undefined && { resumedAt }),
      ...(startedOver && { startedOver }),
      ...(installed !== undefined && { installed }),
      ...(hasVotedAgain && { votingAgainMs: performance.timeOrigin + performance.now() }),
      status,
    };
  }

  private addReport(report: Report): void {
    if (report.type === 'executed') this.addExecution(report);
    else if (report.type === 'recovered') {
      this.resumedAt = report.lastExecuted ?? 0;
      this.isSilentSinceRestart = true;
    } else if (report.type === 'learner') {
      if (report.why !== 'older-store') this.startedOver = true;
    } else if (report.type === 'state-transfer') {
      if (report.deed === 'installed') this.installed = report.sequence;
    }
  }

  private addExecution(report: Extract<Report, { readonly type: 'executed' }>): void {
    const { sequence, digest, operations } = report;
    this.executions.push(sequence, prefixOf(digest), operations.length);
    for (const { client, timestamp, duplicate } of operations) {
      this.executions.push(client, timestamp, duplicate ? 1 : 0);
    }
  }

  private addVote(body: Message, { signed }: Packet): void {
    if (signed.signer !== this.replica) return;
    const vote = this.voteOf(body);
    if (vote === undefined) return;
    this.votes.push(...vote);
    if (!this.isSilentSinceRestart) return;
    this.isSilentSinceRestart = false;
    this.hasVotedAgain = true;
  }

  private voteOf(body: Message): VoteNumbers | undefined {
    const { configuration } = this;
    switch (body.type) {
      case 'pre-prepare':
      case 'prepare':
      case 'commit':
        return numbersOf(body.type, body.view, body.sequence, body.digest);
      case 'checkpoint':
        return numbersOf(body.type, 0, body.sequence, body.digest);
      case 'view-change':
        return numbersOf(body.type, body.nextView, 0, digestOfViewChange(configuration, body));
      case 'new-view':
        return numbersOf(body.type, body.view, 0, digestOfNewView(configuration, body));
      case 'request':
      case 'reply':
      case 'status':
      case 'fetch':
      case 'data':
        return undefined;
    }
  }
}

type VoteNumbers = readonly [kind: number, view: number, sequence: number, digest: number];

function numbersOf(
  kind: (typeof voteKinds)[number],
  view: number,
  sequence: number,
  digest: string,
): VoteNumbers {
  return [voteKinds.indexOf(kind), view, sequence, prefixOf(digest)];
}

/** The first 48 bits of a digest: enough to tell two apart that should be one. */
function prefixOf(digest: string): number {
  return Number.parseInt(digest.slice(0, 12), 16);
}
