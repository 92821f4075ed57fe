import { expose } from 'comlink';

import { defined } from '#core/base/assert.ts';
import type { Configuration } from '#core/pbft/configuration.ts';
import { membersOf } from '#host/process-order.ts';

import { depart } from './live-bus.ts';
import { LiveClock } from './live-clock.ts';
import { LiveKeys } from './live-keys.ts';
import { LiveLoad, type LoadReport } from './live-load.ts';
import type { LiveLoad as LoadOptions, LiveMix } from './live-report.ts';

/** What the clients need to come to life. */
export interface LoadOrder {
  readonly configuration: Configuration;
  readonly halves: Uint8Array;
  readonly load: LoadOptions;
  readonly mix: LiveMix;
  readonly operations?: number;
  readonly startUs: number;
  readonly bus: MessagePort;
}

/** The page's view of the clients. */
class LiveLoadControl {
  private load: LiveLoad | undefined;

  start({ bus, halves, startUs, ...order }: LoadOrder): void {
    const clients = membersOf(order.configuration).filter((process) => typeof process === 'string');
    const load = new LiveLoad({
      ...order,
      keys: new LiveKeys(order.configuration, halves, clients),
      clock: new LiveClock(startUs),
      depart: (departure) => {
        depart(bus, departure);
      },
      failed: reportError,
    });
    this.load = load;
    bus.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) => {
      load.receive(data);
    });
    bus.start();
    load.start();
  }

  stop(): void {
    this.started().stop();
  }

  report(): LoadReport {
    return this.started().report();
  }

  acknowledgements(): Float64Array<ArrayBuffer> {
    return this.started().acknowledgements();
  }

  private started(): LiveLoad {
    return defined(this.load, 'the clients are started first');
  }
}

/** What this worker answers on its control port. */
export type { LiveLoadControl };

expose(new LiveLoadControl());
