import { describe, expect, it } from 'vitest';

import { PROGRAMS } from './named-programs.ts';
import { compiledOf, runNatively, runOnEngine } from './runs.ts';

describe('[C1] a program with', () => {
  it.each(PROGRAMS)('%s', async (_, source) => {
    const native = await runNatively(source);
    const compiled = compiledOf(`'use persistent';\n${source}`);
    expect(native.outcome).toMatch(/^returned/);
    expect(runOnEngine(compiled, 'never')).toEqual(native);
    expect(runOnEngine(compiled, 'deltas')).toEqual(native);
  });
});
