import { describe, expect, it } from 'vitest';

import { parseScenario, parseStep } from './parse-scenario.ts';

const smallest = { format: 'pbft-lab/scenario@1' };

function problemOf(fields: object): string {
  const parsed = parseScenario({ ...smallest, ...fields });
  return parsed.ok ? 'none' : parsed.problem;
}

describe('parseScenario', () => {
  it('fills in every default', () => {
    expect(parseScenario(smallest)).toEqual({
      ok: true,
      scenario: {
        format: 'pbft-lab/scenario@1',
        name: '',
        about: '',
        seed: 1,
        replicas: 4,
        f: 1,
        clients: 1,
        service: 'key-value',
        protocol: {
          checkpointInterval: 8,
          logSize: 16,
          requestTimeoutMs: 500,
          viewChangeTimeoutMs: 1000,
          resendMs: 250,
          clientTimeoutMs: 1000,
          batchMax: 1,
          pipeline: 8,
        },
        network: { latencyMs: [10, 30], loss: 0, duplicate: 0, links: [] },
        ablation: [],
        steps: [],
        until: { atMs: 60_000 },
        expect: { safe: true },
      },
    });
  });

  it('takes the time of an older disk for no replica', () => {
    const steps = [{ do: 'restart', replica: 3, disk: 'older', from: 400 }];

    expect(problemOf({ steps })).toBe('none');
  });

  it.each([
    [
      'a replica that does not exist',
      [{ do: 'heal' }, { do: 'heal' }, { do: 'crash', replica: 7 }],
      'steps[2].replica: 7, but there are 4 replicas',
    ],
    [
      'a client that does not exist',
      [{ do: 'submit', client: 1, operation: {} }],
      'steps[0].client: 1, but there is 1 client',
    ],
    [
      'a process in a group',
      [
        {
          do: 'partition',
          groups: [
            [0, 1],
            [2, 'c3'],
          ],
        },
      ],
      'steps[0].groups[1][1]: "c3", but there is 1 client',
    ],
    [
      'a process in a condition',
      [{ do: 'heal', when: { replica: 4, executed: 1 } }],
      'steps[0].when.replica: 4, but there are 4 replicas',
    ],
    [
      'a process in a match',
      [{ do: 'drop', match: { from: 9 } }],
      'steps[0].match.from: 9, but there are 4 replicas',
    ],
    ['an unknown field', [{ do: 'heal', now: true }], 'steps[0].now: unknown field'],
    [
      'an unknown field of a match',
      [{ do: 'hold', match: { kind: 'commit' } }],
      'steps[0].match.kind: unknown field',
    ],
    ['a missing field', [{ do: 'byzantine', replica: 1 }], 'steps[0].behaviour: missing'],
    [
      'two times',
      [{ do: 'heal', at: 1, when: { quiet: true } }],
      'steps[0].when: a step has "at" or "when", not both',
    ],
    [
      'nobody to crash',
      [{ do: 'crash' }],
      'steps[0].replica: crash names one replica or one client',
    ],
    [
      'a latency below 1 ms',
      [{ do: 'network', latencyMs: [0, 5] }],
      'steps[0].latencyMs: expected a range from 1 ms up, not [0,5]',
    ],
  ])('names path and reason of %s', (_, steps, problem) => {
    expect(problemOf({ steps })).toBe(problem);
  });

  it.each([
    ['an unknown field', { step: [] }, 'step: unknown field'],
    [
      'a foreign format',
      { format: 'pbft-lab/scenario@2' },
      'format: expected "pbft-lab/scenario@1", not "pbft-lab/scenario@2"',
    ],
    [
      'more faults than n tolerates',
      { replicas: 4, f: 2 },
      'f: 2 faults are not tolerated by 4 replicas',
    ],
    [
      'a log of less than two intervals',
      { protocol: { logSize: 15 } },
      'protocol.logSize: 15 is less than two checkpoint intervals',
    ],
    [
      'a link to nobody',
      { network: { links: [{ from: 0, to: 4 }] } },
      'network.links[0].to: 4, but there are 4 replicas',
    ],
    [
      'a loss above 1',
      { network: { loss: 2 } },
      'network.loss: expected a probability, from 0 to 1, not 2',
    ],
    [
      'a fraction of a replica',
      { replicas: 4.5 },
      'replicas: expected a positive integer, not 4.5',
    ],
    ['an ablation that only tests have', { ablation: ['no-vote-deduplication'] }, 'ablation[0]'],
  ])('refuses %s', (_, fields, problem) => {
    expect(problemOf(fields)).toContain(problem);
  });

  it.each([null, 7, 'text', []])('refuses %j, which is no object', (input) => {
    expect(parseScenario(input).ok).toBe(false);
  });

  it('takes the time of an older disk for a time, not for a process', () => {
    const step = { do: 'restart', replica: 3, disk: 'older', from: 100 };

    expect(parseScenario({ format: 'pbft-lab/scenario@1', seed: 1, steps: [step] })).toMatchObject({
      ok: true,
    });
  });

  it('names an unknown step with those that exist', () => {
    expect(problemOf({ steps: [{ do: 'explode' }] })).toMatch(
      /^steps\[0\]\.do: expected .*"crash".* not "explode"$/,
    );
  });
});

describe('parseStep', () => {
  it('takes a step of a person', () => {
    const step = { do: 'crash', replica: 1, point: 'before-commit' };

    expect(parseStep(step, { replicas: 4, clients: 1 })).toEqual({ ok: true, step });
  });

  it('names the field alone', () => {
    expect(parseStep({ do: 'crash', replica: 5 }, { replicas: 4, clients: 1 })).toEqual({
      ok: false,
      problem: 'replica: 5, but there are 4 replicas',
    });
  });
});
