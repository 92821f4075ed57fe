import type { LiveOptions } from '#host/live/live-report.ts';
import type { LabCommands } from '#lab/commands.ts';
import type { LabStore } from '#lab/lab-store.ts';
import { showProblem } from '#lab/problems.ts';
import type { UrlParameters } from '#lab/url-parameters.ts';

import type { LiveOnPage } from './open-live.ts';

/** Opens live mode when it is first asked for: nothing of it is loaded before. */
export class LiveDoor {
  private readonly store: LabStore;
  private readonly setMode: LabCommands['setMode'];
  private opened: Promise<LiveOnPage> | undefined;

  constructor(store: LabStore, setMode: LabCommands['setMode']) {
    this.store = store;
    this.setMode = setMode;
  }

  open(): Promise<LiveOnPage> {
    return (this.opened ??= this.load());
  }

  /** Begins a run and shows the dashboard. */
  async start(options?: Partial<LiveOptions>): Promise<void> {
    const { live } = await this.open();
    this.setMode('live');
    await live.start(options);
  }

  /** What the address asks for. */
  async openAs({ replicas, seed, batch, clients, run = false }: UrlParameters): Promise<void> {
    const { commands } = await this.open();
    commands.change({
      ...(replicas !== undefined && { n: String(replicas) }),
      ...(seed !== undefined && { seed: String(seed) }),
      ...(batch !== undefined && { batch: String(batch) }),
      ...(clients !== undefined && { clients: String(clients) }),
    });
    if (run) await commands.start();
  }

  private async load(): Promise<LiveOnPage> {
    const { openLive } = await import('./open-live.ts');
    return openLive({
      refused: (why) => {
        showProblem(this.store, 'error', 'That could not be done', why);
      },
      left: () => {
        this.setMode('lab');
      },
    });
  }
}
