import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';

import { indexedDbEngine } from './indexed-db-specimen.ts';
import { MemoryFolder } from './memory-file.ts';
import { memoryEngine } from './memory-specimen.ts';
import { opfsEngine } from './opfs-specimen.ts';
import { promisesOf } from './storage-contract.ts';
import { TabLocks } from './tab-locks.ts';

const folder = new MemoryFolder();
const root = (): Promise<MemoryFolder> => Promise.resolve(folder);

const engines = [
  memoryEngine,
  indexedDbEngine('relaxed', new TabLocks()),
  indexedDbEngine('strict', new TabLocks()),
  opfsEngine('relaxed', root),
  opfsEngine('strict', root),
];

describe.each(engines)('a storage', (engine) => {
  const promises = promisesOf(engine).map(({ name, check }) => [engine.name, name, check] as const);

  it.each(promises)(
    'on %s: %s',
    async (_engine, _name, check) => {
      await expect(check(engine)).resolves.toBeUndefined();
    },
    20_000,
  );
});
