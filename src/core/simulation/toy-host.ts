import type { Packet, ProcessId } from '#core/pbft/message.ts';
import { clientId, timestamp } from '#core/pbft/terms.ts';
import type { TurnReport } from '#core/replica/process.ts';

import type { Conductor } from './conductor.ts';
import type { Decision, Failure, Released, Round, TurnRequest } from './round.ts';

/** What a toy process does with an input: which reports, which messages, which timer. */
export type Toy = (request: TurnRequest) => Partial<Omit<TurnReport, 'turn'>> | Failure;

/**
 * A host whose processes are functions: no protocol, no storage, no signatures. It counts durable turns as
 * the real ones do, and keeps a diary of what the conductor asked of it.
 */
export class ToyHost {
  readonly diary: string[] = [];
  readonly decisions: Decision[] = [];
  private readonly conductor: Conductor;
  private readonly toy: Toy;
  private readonly turns = new Map<ProcessId, number>();

  constructor(conductor: Conductor, toy: Toy) {
    this.conductor = conductor;
    this.toy = toy;
  }

  /** Plays until the run has ended, or up to an instant. */
  play(untilUs = Infinity): void {
    for (;;) {
      const nextUs = this.conductor.nextInstantUs();
      if (nextUs === undefined || nextUs > untilUs) return;
      const round = this.conductor.round();
      if (round !== undefined) this.playRound(round);
    }
  }

  private playRound(round: Round): void {
    for (const { type, process } of round.actions) this.diary.push(`${type} ${process}`);
    const reports = round.turns.map((request) => {
      const { process, input, nowUs } = request;
      this.diary.push(`${nowUs / 1000} ${process} ${input.type}`);
      return { process, report: this.report(request) };
    });
    const decisions = this.conductor.reported(reports);
    this.decisions.push(...decisions);
    const results = decisions.map(({ process, decision }): Released => {
      const report = reports.find((reported) => reported.process === process)?.report;
      const outgoing = report !== undefined && 'turn' in report ? report.outgoing : [];
      if (decision === 'commit' || decision === 'after-commit' || decision === 'after-send') {
        this.turns.set(process, (this.turns.get(process) ?? 0) + 1);
      }
      const sends = decision !== 'before-commit' && decision !== 'after-commit';
      return { process, bytes: sends ? outgoing.map(() => new Uint8Array()) : [] };
    });
    this.conductor.released(
      results,
      round.literals.map(() => new Uint8Array()),
    );
  }

  private report(request: TurnRequest): TurnReport | Failure {
    const done = this.toy(request);
    if ('problem' in done) return done;
    const turn = (this.turns.get(request.process) ?? 0) + 1;
    return { turn, reports: [], outgoing: [], timers: [], nextTimerUs: null, ...done };
  }
}

/** A message of a client: the only thing that toys say. */
export function note(text: string, at = 1): Packet {
  const body = {
    type: 'request' as const,
    operation: text,
    timestamp: timestamp(at),
    client: clientId(0),
  };
  return { signed: { body, signer: 'c0', signature: 'own' } };
}
