import { expose } from 'comlink';

import { defined } from '#core/base/assert.ts';
import type { Configuration } from '#core/pbft/configuration.ts';
import type { Inspection } from '#core/replica/inspection.ts';
import type { Behaviour } from '#core/replica/process.ts';
import { holdProcess } from '#host/locks.ts';
import { storageName } from '#host/process-order.ts';
import type { StorageChoice } from '#host/storage/disk.ts';
import { openDrive } from '#host/storage/open-drive.ts';

import { depart, type ToBus } from './live-bus.ts';
import { LiveClock } from './live-clock.ts';
import { LiveKeys } from './live-keys.ts';
import { LiveLog } from './live-log.ts';
import { type LiveParts, LiveProcess } from './live-process.ts';

/** What a replica needs to come to life. */
export interface LiveOrder {
  readonly cluster: string;
  readonly replica: number;
  /** 0: a new identity with an empty disk. */
  readonly incarnation: number;
  readonly configuration: Configuration;
  readonly storage: StorageChoice;
  /** The public halves of all keys. */
  readonly halves: Uint8Array;
  /** What time it is, in microseconds since the session began. */
  readonly startUs: number;
  readonly behaviour: Behaviour | null;
  readonly bus: MessagePort;
  /** The disk in the page, where nothing else keeps it. */
  readonly memory?: MessagePort;
}

/** The page's view of a replica. */
class LiveProcessControl {
  private process: LiveProcess | undefined;

  /** Answers when everything that a replica needs is loaded: a spare worker waits for its identity. */
  load(): void {
    return undefined;
  }

  async start(order: LiveOrder): Promise<void> {
    const { cluster, replica, configuration, halves, startUs, bus, storage, memory } = order;
    const clock = new LiveClock(startUs);
    await holdProcess(cluster, replica);
    const { log } = await openDrive(storage, storageName(cluster, replica), memory);
    const parts: LiveParts = {
      replica,
      configuration,
      keys: new LiveKeys(configuration, halves, [replica]),
      log: new LiveLog(log),
      clock,
      depart: (departure) => {
        depart(bus, departure);
      },
      failed: (failure) => {
        bus.postMessage({ type: 'failed', failure } satisfies ToBus);
      },
    };
    const process = await (order.incarnation === 0
      ? LiveProcess.start(parts)
      : LiveProcess.restart(parts, order.incarnation));
    process.behave(order.behaviour);
    this.process = process;
    bus.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) => {
      process.receive(data);
    });
    bus.start();
  }

  pause(): void {
    this.started().pause();
  }

  resume(): void {
    this.started().resume();
  }

  behave(behaviour: Behaviour | null): void {
    this.started().behave(behaviour);
  }

  look(): Inspection | undefined {
    return this.started().look();
  }

  private started(): LiveProcess {
    return defined(this.process, 'a replica is started first');
  }
}

/** What this worker answers on its control port. */
export type { LiveProcessControl };

expose(new LiveProcessControl());
