import { describe, expect, it } from 'vitest';

import { Journal } from '#core/persistent/defects-fixture.ts';
import { Application } from '#core/persistent/engine/application.ts';
import { VirtualClock } from '#core/persistent/engine/clock.ts';

import { MemoryStorage } from './memory-storage.ts';
import type { StorageEngine } from './storage.ts';

describe('the storage log of an application', () => {
  it('begins anew with a snapshot when it has grown too long, and loses nothing', async () => {
    const storage = new MemoryStorage();
    let resets = 0;
    const counting: StorageEngine = {
      load: () => storage.load(),
      commit: (record) => storage.commit(record),
      async reset(snapshot) {
        resets++;
        await storage.reset(snapshot);
      },
      close: () => Promise.resolve(),
    };
    const options = { seed: 's', storage: counting, clock: new VirtualClock() };
    const first = await Application.start(options, (engine) => {
      engine.attach('journal', new Journal());
    });
    const journal = first.engine.resolve<Journal>('journal');
    for (let i = 0; i < 1100; i++) await first.schedule(() => journal.add(`entry ${i}`));
    await first.dispose();

    const second = await Application.continue(options);

    expect(resets).toBeGreaterThan(1);
    expect((await storage.load()).length).toBeLessThan(500);
    expect(second.engine.resolve<Journal>('journal').entries.length).toBe(1100);
    expect(second.engine.resolve<Journal>('journal').entries.get(1099)).toBe('entry 1099');
  });
});
