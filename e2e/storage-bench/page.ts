import { proxy, wrap, type Remote } from 'comlink';

import type { Bench, Choice } from './bench.worker.ts';

function worker(): { readonly bench: Remote<Bench>; readonly terminate: () => void } {
  const made = new Worker(new URL('./bench.worker.ts', import.meta.url), { type: 'module' });
  return { bench: wrap<Bench>(made), terminate: () => made.terminate() };
}

/** What the tests call: storage engines in workers, as the lab's processes have them. */
const storageBench = {
  ...callsTo(worker().bench),

  /** A writer lives for so long and is terminated: the last commit of which this page heard. */
  async kill(choice: Choice, lifeMs: number): Promise<number> {
    const { bench, terminate } = worker();
    let last = 0;
    const heard = new Promise<void>((resolve) => {
      void bench.write(
        choice,
        proxy((number: number) => {
          last = number;
          resolve();
          return Promise.resolve();
        }),
      );
    });
    await heard;
    await new Promise((resolve) => setTimeout(resolve, lifeMs));
    terminate();
    return last;
  },
};

function callsTo(bench: Remote<Bench>): Bench {
  return {
    contract: (choice) => bench.contract(choice),
    write: (choice, acknowledged) => bench.write(choice, proxy(acknowledged)),
    survivor: (choice) => bench.survivor(choice),
    fill: (choice, name, enough) => bench.fill(choice, name, enough),
    count: (choice, name) => bench.count(choice, name),
  };
}

declare global {
  interface Window {
    storageBench: typeof storageBench;
  }
}

window.storageBench = storageBench;
