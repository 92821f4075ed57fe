import { wrap, type Remote } from 'comlink';

import type { Scenario } from '#core/simulation/scenario.ts';

import type { Historian, States } from './history.worker.ts';

/** The page's end of the worker that knows the past. It is made when the past is first asked for. */
export class History {
  private historian: Remote<Historian> | undefined;
  private failed: Promise<never> | undefined;

  /** What every process was at the end of the instant `atUs`. Rejects when the past cannot be executed. */
  statesAt(scenario: Scenario, atUs: number): Promise<States> {
    if (this.historian === undefined || this.failed === undefined) {
      const worker = new Worker(new URL('./history.worker.ts', import.meta.url), {
        type: 'module',
      });
      this.historian = wrap<Historian>(worker);
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
