import type { LiveOptions, LiveSample, LiveSession } from '#host/live/live-report.ts';
import { startLive } from '#host/live/live-session.ts';

/** What the tests hold of a run: the engine without the dashboard. */
class LiveEngine {
  readonly samples: LiveSample[] = [];
  private session: LiveSession | undefined;

  async start(options: LiveOptions): Promise<void> {
    this.session = await startLive(options);
    this.session.subscribe((sample) => this.samples.push(sample));
  }

  /** Waits in the page's time: a test that asks over and over would be part of the load. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      setTimeout(resolve, ms);
    });
  }

  get running(): LiveSession {
    if (this.session === undefined) throw new Error('nothing was started');
    return this.session;
  }

  get last(): LiveSample | undefined {
    return this.samples.at(-1);
  }
}

declare global {
  interface Window {
    liveEngine: LiveEngine;
  }
}

window.liveEngine = new LiveEngine();
