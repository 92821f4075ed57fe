import { defined } from '#core/base/assert.ts';
import { identityOf } from '#core/network/process-order.ts';

import { KeyRing } from './crypto/key-ring.ts';
import { holdProcess } from './locks.ts';
import { ProcessHost, type Look, type ProcessParts } from './process-host.ts';
import { membersOf, storageName, type ProcessOrder } from './process-order.ts';
import { openDrive } from './storage/open-drive.ts';
import type { ToProcess } from './turn-port.ts';

/** What a process needs to come to life. */
export interface ProcessStart {
  readonly order: ProcessOrder;
  /** The process's end of its channel to the bus: turns travel here, and nothing else does. */
  readonly bus: MessagePort;
  /** The disks in the page, where nothing else keeps them. */
  readonly memory?: MessagePort;
}

/** What a process's worker answers on its control port: the page brings it to life, and then only reads. */
export class ProcessControl {
  private host: ProcessHost | undefined;

  async start({ order, bus, memory }: ProcessStart): Promise<void> {
    await holdProcess(order.cluster, order.process);
    const { process, configuration } = order;
    const parts: ProcessParts = {
      process,
      configuration,
      keys: await KeyRing.create(configuration.seed, membersOf(configuration), [
        identityOf(process),
      ]),
      openDrive: () => openDrive(order.storage, storageName(order.cluster, process), memory),
      storage: order.storage,
    };
    const { adopted } = order;
    const host =
      adopted === undefined
        ? await ProcessHost.open(parts, order.disk, order.incarnation)
        : await ProcessHost.adopt(parts, adopted.stored, adopted.presence);
    this.host = host;
    bus.addEventListener('message', (event: MessageEvent<ToProcess>) => {
      answer(host, bus, event.data).catch(reportError);
    });
    bus.start();
  }

  look(): Look {
    return defined(this.host, 'a process is started first').look();
  }

  badCertificates(): Promise<readonly string[]> {
    return defined(this.host, 'a process is started first').badCertificates();
  }
}

/** An answer that cannot be made becomes an error of this worker: the page sees it, and the process is lost. */
async function answer(host: ProcessHost, bus: MessagePort, question: ToProcess): Promise<void> {
  bus.postMessage(await host.answer(question));
}
