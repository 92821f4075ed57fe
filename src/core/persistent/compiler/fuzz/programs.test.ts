import { describe, expect, it } from 'vitest';

import { PINNED, PROGRAMS } from './named-programs.ts';
import { compiledOf, type Run, runNatively, runOnEngine } from './runs.ts';

/** How the program runs natively, undisturbed on the engine, and killed at every commit. */
async function runs(source: string): Promise<Record<'native' | 'engine' | 'killed', Run>> {
  const native = await runNatively(source);
  const compiled = compiledOf(`'use persistent';\n${source}`);
  const engine = runOnEngine(compiled, 'never');
  return { native, engine, killed: runOnEngine(compiled, 'deltas') };
}

describe('[C1] a program with', () => {
  it.each(PROGRAMS)('%s', async (_, source) => {
    const { native, engine, killed } = await runs(source);
    expect(native.outcome).toMatch(/^returned/);
    expect([engine, killed]).toEqual([native, native]);
  });
});

describe('[C1] pinned:', () => {
  it.each(PINNED)('%s', async (_, source) => {
    const { native, engine, killed } = await runs(source);
    expect(native.outcome).toMatch(/^returned/);
    expect([engine, killed]).toEqual([native, native]);
  });
});
