import type { Remote } from 'comlink';

import type { Scenario } from '#core/simulation/scenario.ts';

import type { Historian, States } from './historian.ts';
import { startWorker } from './start-worker.ts';

/** The page's end of the worker that knows the past. It is made when the past is first asked for. */
export class History {
  private historian: Remote<Historian> | undefined;
  private failed: Promise<never> | undefined;

  /** What every process was at the end of the instant `atUs`. Rejects when the past cannot be executed. */
  statesAt(scenario: Scenario, atUs: number): Promise<States> {
    if (this.historian === undefined || this.failed === undefined) {
      const { worker, control } = startWorker<Historian>('history', 'history');
      this.historian = control;
      this.failed = new Promise((_, reject) => {
        worker.addEventListener('error', (event) => {
          reject(new Error(`The past cannot be told: ${event.message}`));
        });
      });
      // Whoever waits for an answer learns it; nobody may be waiting.
      this.failed.catch(() => undefined);
    }
    return Promise.race([this.historian.statesAt(scenario, atUs), this.failed]);
  }
}
