import { describe, expect, it } from 'vitest';

import type { Configuration } from './configuration.ts';
import {
  configurationDigest,
  configurationProblem,
  defaults,
  isAblated,
  quorumsIn,
} from './configuration.ts';

describe('configuration', () => {
  it('is sound by default', () => {
    expect(configurationProblem(defaults)).toBeUndefined();
  });

  it.each<{ field: keyof Configuration; value: unknown }>([
    { field: 'n', value: 0 },
    { field: 'n', value: 3 },
    { field: 'n', value: 4.5 },
    { field: 'f', value: -1 },
    { field: 'f', value: 2 },
    { field: 'clients', value: 0 },
    { field: 'seed', value: 0.5 },
    { field: 'checkpointInterval', value: 0 },
    { field: 'checkpointInterval', value: 9 },
    { field: 'logSize', value: 15 },
    { field: 'requestTimeoutMs', value: 0 },
    { field: 'viewChangeTimeoutMs', value: Number.NaN },
    { field: 'resendMs', value: -1 },
    { field: 'clientTimeoutMs', value: 0.1 },
    { field: 'batchMax', value: 0 },
    { field: 'batchMax', value: 129 },
    { field: 'pipeline', value: 0 },
  ])('is refused with $field = $value', ({ field, value }) => {
    const problem = configurationProblem({ ...defaults, [field]: value });
    expect(problem?.says).toEqual(expect.any(String));
  });

  it('[N3] has a digest that tells clusters apart', () => {
    const others: Partial<Configuration>[] = [
      { n: 5 },
      { f: 0 },
      { clients: 2 },
      { seed: 2 },
      { service: 'bank' },
      { checkpointInterval: 4 },
      { logSize: 32 },
      { batchMax: 2 },
    ];
    const digests = [{}, ...others].map((other) => configurationDigest({ ...defaults, ...other }));
    expect(new Set(digests).size).toBe(digests.length);
  });

  it('[N3] has a digest that ablations and timeouts leave alone', () => {
    const other = { ...defaults, ablation: ['no-commit-phase'], resendMs: 1, pipeline: 1 };
    expect(configurationDigest(other)).toBe(configurationDigest(defaults));
  });
});

describe('ablation', () => {
  it('[N28] is off unless named', () => {
    expect(isAblated(defaults, 'no-commit-phase')).toBe(false);
    expect(isAblated({ ...defaults, ablation: ['no-commit-phase'] }, 'no-commit-phase')).toBe(true);
  });

  it.each([
    { ablation: [], n: 5, quorum: 4 },
    { ablation: ['quorum-f+1'], n: 5, quorum: 2 },
    { ablation: ['naive-quorum-2f+1'], n: 5, quorum: 3 },
    { ablation: ['naive-quorum-2f+1'], n: 4, quorum: 3 },
  ])('[N28] $ablation makes $quorum a quorum of $n', ({ ablation, n, quorum }) => {
    expect(quorumsIn({ ...defaults, n, ablation })).toEqual({ n, f: 1, quorum, weak: 2 });
  });
});
