import { clientProcess } from '#core/network/process-order.ts';
import type { Configuration } from '#core/pbft/configuration.ts';
import type { Identity } from '#core/pbft/message.ts';
import { ProcessMachine } from '#core/replica/process-machine.ts';
import type { ProcessInput } from '#core/replica/process.ts';

import type { Sending } from './live-outbox.ts';

/**
 * One client of the load: the client of the lab, turn by turn. It is never restarted, so nothing of it is stored; an
 * operation is given to it only when the one before is answered.
 */
export class LiveClient {
  readonly process: Identity;
  /** The timestamp of the request that waits for its answer. */
  outstanding: number | undefined;
  /** That of the last one that was answered; 0: none was. */
  acknowledged = 0;
  nextTimerUs: number | null = null;
  /** When its operation was due, in ms. */
  dueMs = 0;
  private readonly machine: ProcessMachine;

  constructor(client: number, configuration: Configuration) {
    this.process = clientProcess(client);
    this.machine = ProcessMachine.start(this.process, configuration);
  }

  /** Takes a turn; says what it sends, and whether its operation was answered in it. */
  turn(
    nowUs: number,
    input: ProcessInput,
  ): { readonly sendings: readonly Sending[]; readonly isAnswered: boolean } {
    const { reports, outgoing, nextTimerUs } = this.machine.turn(nowUs, input, null);
    this.nextTimerUs = nextTimerUs;
    let isAnswered = false;
    for (const report of reports) {
      if (report.type === 'requested') this.outstanding = report.timestamp;
      if (report.type !== 'answered') continue;
      isAnswered = true;
      this.acknowledged = report.timestamp;
      this.outstanding = undefined;
    }
    const sendings = outgoing.map((message) => ({ from: this.process, ...message }));
    return { sendings, isAnswered };
  }
}
