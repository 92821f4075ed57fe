'use persistent';

import { outbox, PersistentMap, sleep } from '#core/persistent/index.ts';

/** Calls functions at their time, though the process was dead in between. */
export class Alarms {
  readonly pending = new PersistentMap<string, () => void>();

  set(name: string, ms: number, ring: () => void): void {
    this.pending.set(name, ring);
    void this.wait(name, ms);
  }

  cancel(name: string): boolean {
    return this.pending.delete(name);
  }

  async wait(name: string, ms: number): Promise<void> {
    await sleep(ms);
    const ring = this.pending.get(name);
    if (ring === undefined) return;
    this.pending.delete(name);
    ring();
  }
}

/** Three alarms that share a counter, and one that is cancelled. */
export async function morning(alarms: Alarms): Promise<void> {
  let rung = 0;
  const ring = (name: string) => () => {
    rung++;
    outbox.send('console', `${name} rings as number ${rung}`);
  };
  alarms.set('egg', 240_000, ring('egg'));
  alarms.set('tea', 180_000, ring('tea'));
  alarms.set('door', 200_000, ring('door'));
  alarms.set('bus', 300_000, ring('bus'));
  await sleep(190_000);
  alarms.cancel('door');
}
