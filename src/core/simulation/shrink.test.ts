import { describe, expect, it } from 'vitest';

import { Campaign } from './campaign.ts';
import { runScenario } from './cluster.ts';
import { randomScenario } from './random-scenario.ts';
import { shrink } from './shrink.ts';

describe('shrinking', () => {
  it('keeps what the failure needs, and little else', () => {
    const scenario = randomScenario(7);
    const crash = { do: 'crash', replica: 2, at: 77 } as const;
    const restart = { do: 'restart', replica: 2, at: 99 } as const;
    const small = shrink(
      { ...scenario, steps: [...scenario.steps, crash, restart] },
      ({ steps }) => steps.some((step) => step.do === 'crash' && step.at === 77),
      400,
    );
    const kept = small.steps.filter(({ do: deed }) => deed !== 'heal' && deed !== 'network');

    expect(kept).toHaveLength(3);
    expect(kept).toEqual([expect.objectContaining({ do: 'submit' }), crash, restart]);
    expect(small.until.executed).toBe(1);
    expect(small.network).toMatchObject({ loss: 0, duplicate: 0 });
  });

  it('runs no more than it may', () => {
    let runs = 0;
    shrink(randomScenario(7), () => runs++ >= 0, 5);

    expect(runs).toBe(5);
  });

  it('is what a campaign does to a scenario that breaks an invariant', () => {
    const broken = {
      name: 'broken',
      draw: (seed: number) =>
        randomScenario(seed, { ablation: ['no-execution-order'], replicas: 4 }),
      faults: [],
    };
    const campaign = new Campaign([broken], { firstSeed: 1 });
    while (campaign.summary.violations.length === 0) campaign.step();
    const [failure] = campaign.summary.violations;
    const steps = failure?.scenario.steps ?? [];

    expect(failure?.invariants).toContain('contiguous-execution');
    expect(steps.length).toBeLessThan(randomScenario(failure?.seed ?? 0).steps.length);
    expect(failure && runScenario(failure.scenario).verdict.safe).toBe(false);
  }, 60_000);
});
