import { describe, expect, it } from 'vitest';

import { generators } from './generators.ts';
import { allows } from './ingredient.ts';
import { parseScenario } from './parse-scenario.ts';
import type { Scenario } from './scenario.ts';

function scenarioOf(steps: readonly unknown[], network: object = {}): Scenario {
  const parsed = parseScenario({ format: 'pbft-lab/scenario@1', clients: 2, network, steps });
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.scenario;
}

const empty = scenarioOf([]);

describe('what a scenario must hold for a fault', () => {
  it.each([
    ['byzantine: flood', { do: 'byzantine', replica: 1, behaviour: 'flood' }],
    ['byzantine client: flood', { do: 'byzantine', client: 1, behaviour: 'flood' }],
    ['byzantine: censor', { do: 'byzantine', replica: 0, behaviour: 'censor', client: 1 }],
    ['crash: now', { do: 'crash', replica: 1 }],
    ['crash: after-send', { do: 'crash', replica: 1, point: 'after-send' }],
    ['disk: kept', { do: 'restart', replica: 1 }],
    ['disk: wiped', { do: 'restart', replica: 1, disk: 'wiped' }],
    ['learner: empty-store', { do: 'restart', replica: 1, disk: 'wiped' }],
    ['learner: older-store', { do: 'restart', replica: 1, disk: 'older', from: 1 }],
    ['quarantined', { do: 'restart', replica: 1, disk: 'rotten' }],
    ['dropped: crashed', { do: 'crash', replica: 1 }],
    ['dropped: partition', { do: 'partition', cut: [[0, 1]] }],
    ['dropped: rule', { do: 'drop' }],
    ['duplicated', { do: 'duplicate' }],
    ['delayed', { do: 'delay', ms: 5 }],
    ['held', { do: 'hold' }],
    ['paused', { do: 'pause', replica: 1 }],
    ['partition: groups', { do: 'partition', groups: [[0]] }],
    ['partition: one-way', { do: 'partition', cut: [[0, 1]] }],
    ['view change: invalid-new-view', { do: 'byzantine', replica: 1, behaviour: 'bad-new-view' }],
  ])('%s needs its step', (fault, step) => {
    expect(allows(scenarioOf([step]), fault)).toBe(true);
    expect(allows(empty, fault)).toBe(false);
  });

  it('a behaviour of replicas is none of clients, and the other way about', () => {
    const replica = scenarioOf([{ do: 'byzantine', replica: 1, behaviour: 'flood' }]);
    const client = scenarioOf([{ do: 'byzantine', client: 1, behaviour: 'flood' }]);

    expect(allows(replica, 'byzantine client: flood')).toBe(false);
    expect(allows(client, 'byzantine: flood')).toBe(false);
  });

  it('loss and copies may come from the network alone', () => {
    expect(allows(scenarioOf([], { loss: 0.1 }), 'dropped: loss')).toBe(true);
    expect(allows(scenarioOf([], { duplicate: 0.1 }), 'duplicated')).toBe(true);
    expect(allows(empty, 'dropped: loss')).toBe(false);
  });

  it.each(['new-view', 'view change: timer', 'state transfer: installed'])(
    '%s comes about by itself',
    (fault) => {
      expect(allows(empty, fault)).toBe(true);
    },
  );

  it.each(generators)('$name can aim at each of its faults within 100 seeds', (generator) => {
    const scenarios = Array.from({ length: 100 }, (_, seed) => generator.draw(seed, 7));
    const unreachable = generator.faults.filter(
      (fault) => !scenarios.some((scenario) => allows(scenario, fault)),
    );

    expect(unreachable).toEqual([]);
  });
});
