import { describe, expect, it } from 'vitest';

import { liveConfiguration, LiveOptionsError } from './live-options.ts';
import type { LiveOptions } from './live-report.ts';

const sound: LiveOptions = {
  n: 4,
  seed: 1,
  batchMax: 100,
  pipeline: 8,
  load: { kind: 'closed', clients: 200 },
  storage: { kind: 'memory' },
};

describe('the options of a run in real time', () => {
  it('make a cluster that tolerates as many faults as its size allows', () => {
    const ten = liveConfiguration({ ...sound, n: 10, checkpointInterval: 10 });

    expect(ten).toMatchObject({ n: 10, f: 3, clients: 200, logSize: 20, service: 'key-value' });
  });

  it.each([
    { why: 'no replicas', options: { ...sound, n: 0 }, says: /replicas .* from 4 to 16, not 0/ },
    { why: 'half a replica', options: { ...sound, n: 4.5 }, says: /replicas .* not 4\.5/ },
    { why: 'a batch of -1', options: { ...sound, batchMax: -1 }, says: /in a batch .* not -1/ },
    { why: 'no pipeline', options: { ...sound, pipeline: 0 }, says: /pipeline .* not 0/ },
    {
      why: 'a seed that is no number',
      options: { ...sound, seed: Number.NaN },
      says: /seed .* NaN/,
    },
    {
      why: 'no clients',
      options: { ...sound, load: { kind: 'closed', clients: 0 } },
      says: /clients .* not 0/,
    },
    {
      why: 'a rate of 0',
      options: { ...sound, load: { kind: 'open', clients: 1, rate: 0 } },
      says: /operations a second .* not 0/,
    },
    {
      why: 'ten million operations',
      options: { ...sound, operations: 10_000_000 },
      says: /operations .* from 1 to 2000000, not 10000000/,
    },
    {
      why: 'nothing to do',
      options: { ...sound, mix: { put: 0, get: 0, add: 0 } },
      says: /no operation/,
    },
    {
      why: 'a share below nothing',
      options: { ...sound, mix: { put: 1, get: -1, add: 0 } },
      says: /mix .* not -1/,
    },
    { why: 'no checkpoints', options: { ...sound, checkpointInterval: 0 }, says: /checkpoints/ },
  ] as const)('are refused in words: $why', ({ options, says }) => {
    expect(() => liveConfiguration(options)).toThrow(LiveOptionsError);
    expect(() => liveConfiguration(options)).toThrow(says);
  });
});
