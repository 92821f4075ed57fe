import { describe, expect, it } from 'vitest';

import { runScenario } from '#core/simulation/cluster.ts';
import { builtInScenarios } from '#core/simulation/scenarios/library.ts';

import { pathTo } from './causal-path.ts';

describe('the path to a violation', () => {
  it('goes from two proposals of the liar over both certificates to two executions', () => {
    const known = builtInScenarios.find(({ name }) => name === 'more-than-f');
    if (known === undefined) throw new Error('two liars of four are a built-in scenario');
    const { verdict, trace } = runScenario(known.scenario);
    const violation = verdict.violations.find(({ invariant }) => invariant === 'agreement');
    const path = pathTo(trace, violation?.evidence ?? [], violation?.culprits ?? []);
    const who = (type: string): readonly unknown[] =>
      path.filter((event) => event.type === type).map(({ process }) => process);

    expect(violation?.culprits).toEqual([0, 3]);
    expect(new Set(who('executed'))).toEqual(new Set([1, 2]));
    expect(new Set(who('pre-prepared'))).toEqual(new Set([1, 2]));
    expect(new Set(who('sent'))).toEqual(new Set([0, 3]));
    expect(path.length).toBeLessThan(40);
    expect(path.map(({ id }) => id)).toEqual(path.map(({ id }) => id).toSorted((a, b) => a - b));
  });

  it('is empty without evidence', () => {
    expect(pathTo([], [3], [])).toEqual([]);
  });
});
