import { describe, expect, it } from 'vitest';

import { runtimeBytes } from './runtime-size.ts';

describe('the runtime in a bundle, minified and gzipped', () => {
  it.each([
    ['a workflow, run turn by turn', 12_400],
    ['the same as an application', 15_050],
    ['ping-pong, with streams and outbox', 18_650],
    ['everything', 21_300],
  ] as const)('%s is at most %i bytes', async (program, bytesMax) => {
    expect(await runtimeBytes(program)).toBeLessThanOrEqual(bytesMax);
  });
});
