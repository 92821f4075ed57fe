import { expose, wrap } from 'comlink';

import { defined } from '#core/base/assert.ts';
import { holdSample } from '#host/locks.ts';
import type { Disk } from '#host/storage/disk.ts';
import { IndexedDbStorage } from '#host/storage/indexed-db-storage.ts';

import { SampleHost } from './sample-host.ts';
import type { SampleAnswer, SampleOrder, SampleStep } from './sample-port.ts';

/** What the page asks of the worker of a sample. */
class SampleControl {
  private host: SampleHost | undefined;

  /** `memory` is the disk in the page, where there is no IndexedDB. */
  async open({ sample, disk, erase }: SampleOrder, memory?: MessagePort): Promise<SampleAnswer> {
    await holdSample(disk);
    const storage: Disk =
      memory === undefined ? await IndexedDbStorage.open(disk) : wrap<Disk>(memory);
    if (erase) await storage.clear();
    this.host = await SampleHost.open(sample, storage);
    return this.host.opened();
  }

  step(step: SampleStep): Promise<SampleAnswer> {
    return defined(this.host, 'a sample is opened first').step(step);
  }
}

export type { SampleControl };

expose(new SampleControl());
