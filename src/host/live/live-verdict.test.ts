import { describe, expect, it } from 'vitest';

import { type Evidence, type FinalState, judge } from './live-verdict.ts';

const state: FinalState = {
  id: 0,
  executed: 3,
  stateDigest: 'aa',
  clientTable: [
    { client: 0, timestamp: 20, result: 'ok' },
    { client: 1, timestamp: 11, result: 'ok' },
  ],
};

const sound: Evidence = {
  issued: 3,
  acknowledged: 3,
  acknowledgements: [20, 11, 0],
  states: [state, { ...state, id: 1 }],
  findings: {
    contradictions: 0,
    executedTwice: 0,
    disagreements: 0,
    unequalStates: 0,
    violations: [],
  },
  problems: [],
};

describe('the verdict on a live run', () => {
  it('finds nothing where everything acknowledged is executed once, and the same everywhere', () => {
    expect(judge(sound)).toEqual({
      lost: 0,
      contradictions: 0,
      unequalStates: 0,
      executedTwice: 0,
      stateDigests: { 0: 'aa', 1: 'aa' },
      executed: { 0: 3, 1: 3 },
      violations: [],
    });
  });

  it.each([
    { what: 'an operation of a client', change: { acknowledgements: [20, 12, 0] }, lost: 1 },
    { what: 'a client altogether', change: { acknowledgements: [20, 11, 5] }, lost: 1 },
    {
      what: 'an operation that another one hides',
      change: { acknowledged: 5, issued: 5 },
      lost: 2,
    },
  ])('counts as lost $what', ({ change, lost }) => {
    const verdict = judge({ ...sound, ...change });

    expect(verdict.lost).toBe(lost);
    expect(verdict.violations).toEqual([`${lost} acknowledged operations are not executed.`]);
  });

  it('counts what was executed beyond what was issued', () => {
    expect(judge({ ...sound, issued: 2, acknowledged: 2 }).executedTwice).toBe(1);
  });

  it('counts pairs of different states, and what was found while it ran', () => {
    const states = [state, { ...state, id: 1, stateDigest: 'bb' }, { ...state, id: 2 }];
    const findings = { ...sound.findings, contradictions: 1, disagreements: 1, violations: ['x'] };
    const verdict = judge({ ...sound, states, findings, problems: ['y'] });

    expect(verdict.unequalStates).toBe(2);
    expect(verdict.contradictions).toBe(2);
    expect(verdict.violations).toEqual([
      'x',
      'y',
      '2 pairs of correct replicas have different states.',
    ]);
  });
});
