import { describe, expect, it } from 'vitest';

import { defined } from '#core/base/assert.ts';
import type { BehaviourEntry } from '#core/replica/byzantine/behaviour-entry.ts';
import { newViewFaults, viewChangeFaults } from '#core/replica/byzantine/behaviour-entry.ts';
import { behaviourCatalogue } from '#core/replica/byzantine/catalogue.ts';

import { runScenario } from './cluster.ts';
import { parseScenario } from './parse-scenario.ts';
import { builtInScenarios } from './scenarios/library.ts';

interface Source {
  readonly replicas: number;
  readonly steps: readonly object[];
  readonly until: object;
}

function outcomeOf({ replicas, steps, until }: Source): ReturnType<typeof runScenario> {
  const parsed = parseScenario({
    format: 'pbft-lab/scenario@1',
    seed: 11,
    replicas,
    clients: 2,
    protocol: { checkpointInterval: 2, logSize: 4 },
    steps,
    until,
  });
  if (!parsed.ok) throw new Error(parsed.problem);
  return runScenario(parsed.scenario);
}

const operations = Array.from({ length: 6 }, (_, i) => ({
  do: 'submit',
  client: i % 2,
  operation: { put: [`k${i}`, String(i)] },
}));

/** A cluster of which f replicas have a behaviour, in a run with a view change and a straggler. */
function corrupted(entry: BehaviourEntry, replicas: number, options: object = {}): Source {
  const f = (replicas - 1) / 3;
  // The primaries of the first views; of liars about the state, those whom the straggler asks first.
  const first = { 'bad-new-view': 1, 'lie-state': replicas === 4 ? 0 : 2 }[entry.name] ?? 0;
  const traitors = Array.from({ length: f }, (_, i) => first + i);
  const straggler = replicas - 1;
  return {
    replicas,
    steps: [
      ...traitors.map((replica) => ({
        do: 'byzantine',
        replica,
        behaviour: entry.name,
        ...(entry.name === 'silent-to' && { targets: [straggler] }),
        ...options,
      })),
      ...operations,
      { do: 'crash', replica: straggler, at: 5 },
      ...operations.map((step) => ({ ...step, at: 900 })),
      ...Array.from({ length: replicas - 1 }, (_, replica) => ({
        do: 'timeout',
        replica,
        at: 60,
      })),
      { do: 'restart', replica: straggler, at: 6000 },
      { do: 'submit', operation: { get: 'k5' }, at: 9000 },
    ],
    until: { executed: 13, atMs: 90_000 },
  };
}

const ofReplicas = behaviourCatalogue.filter(
  ({ of, name }) => of === 'replica' && name !== 'collude',
);
const ofClients = behaviourCatalogue.filter(({ of }) => of === 'client');

describe.each([4, 7])('f of %i replicas that behave as one likes', (replicas) => {
  it.each(ofReplicas)('do no harm: $name', (entry) => {
    const { verdict, trace } = outcomeOf(corrupted(entry, replicas));

    expect(verdict.violations).toEqual([]);
    expect(verdict.live).toBe(true);
    expect(verdict.counts.byzantineActions).toBeGreaterThan(0);
    expect(convicted(trace).filter((id) => verdict.replicas[id]?.byzantine === null)).toEqual([]);
  });
});

describe('a faulty new primary', () => {
  it.each(newViewFaults)('[A-V7, A-V8, A-V17] begins no view with %s', (how) => {
    const entry = defined(
      behaviourCatalogue.find(({ name }) => name === 'bad-new-view'),
      'it is a behaviour',
    );
    const { verdict } = outcomeOf(corrupted(entry, 4, { how }));

    expect(verdict.violations).toEqual([]);
    expect(verdict.live).toBe(true);
  });
});

describe('a faulty VIEW-CHANGE', () => {
  it.each(viewChangeFaults)('[A-V3, A-V5] does no harm: %s', (how) => {
    const entry = defined(
      behaviourCatalogue.find(({ name }) => name === 'bad-view-change'),
      'it is a behaviour',
    );
    const { verdict } = outcomeOf(corrupted(entry, 4, { how }));

    expect(verdict.violations).toEqual([]);
    expect(verdict.live).toBe(true);
    expect(verdict.counts.byzantineActions).toBeGreaterThan(0);
  });
});

describe.each([4, 7])('a Byzantine client of %i replicas', (replicas) => {
  it.each(ofClients)('[A-C1 to A-C8] harms nobody but itself: $name', ({ name }) => {
    const { verdict, trace } = outcomeOf({
      replicas,
      steps: [
        { do: 'byzantine', client: 0, behaviour: name },
        ...operations,
        { do: 'crash', client: 0, at: 4000 },
      ],
      until: { atMs: 8000 },
    });

    expect(verdict.violations).toEqual([]);
    expect(verdict.live).toBe(true);
    expect(verdict.clients[1]?.answered).toBe(3);
    expect(verdict.counts.byzantineActions).toBeGreaterThan(0);
    expect(verdict.counts.viewChanges).toBeLessThanOrEqual(2 * replicas);
    expect(convicted(trace)).toEqual([]);
  });

  it('[A-C8] that floods does not keep another one waiting', () => {
    const delays = [[], [{ do: 'byzantine', client: 0, behaviour: 'flood' }]].map((steps) => {
      const { trace } = outcomeOf({
        replicas,
        steps: [...steps, ...operations],
        until: { atMs: 3000 },
      });
      return trace.findLast((event) => event.type === 'answered' && event.client === 1)?.atMs ?? 0;
    });

    const [alone = 0, beside = 0] = delays;
    expect(beside).toBeLessThan(2 * alone);
  });
});

describe('forensics', () => {
  it('[A-X1] names both of a pair that breaks agreement, and nobody else', () => {
    const { scenario } = defined(
      builtInScenarios.find(({ name }) => name === 'colluding-pair'),
      'it comes with the lab',
    );
    const { verdict } = runScenario(scenario);

    const agreement = verdict.violations.find(({ invariant }) => invariant === 'agreement');
    expect(agreement?.culprits).toEqual([0, 3]);
  });

  it('a pair within f, of seven, splits nobody', () => {
    const { verdict } = outcomeOf({
      replicas: 7,
      steps: [
        { do: 'byzantine', replica: 0, behaviour: 'equivocate' },
        { do: 'byzantine', replica: 1, behaviour: 'collude', with: 0 },
        ...operations,
      ],
      until: { executed: 6, atMs: 30_000 },
    });

    expect(verdict.violations).toEqual([]);
    expect(verdict.live).toBe(true);
    expect(verdict.counts.byzantineActions).toBeGreaterThan(0);
  });
});

/** Against whom correct replicas have filed evidence. */
function convicted(trace: ReturnType<typeof runScenario>['trace']): readonly number[] {
  return trace.flatMap((event) => (event.type === 'evidence' ? [event.culprit] : []));
}
