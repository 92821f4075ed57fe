import type { Deed, Scenario, Step } from './scenario.ts';

/**
 * Whether a class of fault can come about in a scenario, as far as its steps tell: somebody has to be Byzantine to
 * misbehave, a disk to be wiped for a learner. Of what comes about by itself, as a change of views does, they tell nothing.
 */
export function allows(scenario: Scenario, fault: string): boolean {
  const [kind = '', what = ''] = fault.split(': ');
  return ingredients[kind]?.(scenario, what) ?? true;
}

type Ingredient = (scenario: Scenario, what: string) => boolean;

const ingredients: Readonly<Record<string, Ingredient>> = {
  byzantine: (scenario, what) => has(scenario, isTreason(what, 'replica')),
  'byzantine client': (scenario, what) => has(scenario, isTreason(what, 'client')),
  crash: (scenario, what) =>
    has(scenario, (step) => step.do === 'crash' && (step.point ?? 'now') === what),
  disk: (scenario, what) => has(scenario, isRestart(what)),
  learner: (scenario, what) => has(scenario, isRestart(what === 'empty-store' ? 'wiped' : 'older')),
  quarantined: (scenario) => has(scenario, isRestart('rotten')),
  dropped: isLossy,
  duplicated: (scenario) => scenario.network.duplicate > 0 || has(scenario, is('duplicate')),
  delayed: (scenario) => has(scenario, is('delay')),
  held: (scenario) => has(scenario, is('hold')),
  paused: (scenario) => has(scenario, is('pause')),
  partition: (scenario, what) =>
    has(
      scenario,
      (step) => step.do === 'partition' && (step.groups !== undefined) === (what === 'groups'),
    ),
  'view change': (scenario, what) =>
    what !== 'invalid-new-view' || has(scenario, isTreason('bad-new-view', 'replica')),
};

function isLossy(scenario: Scenario, reason: string): boolean {
  if (reason === 'loss') return scenario.network.loss > 0;
  const deed = ({ crashed: 'crash', partition: 'partition', rule: 'drop' } as const)[reason];
  return deed === undefined || has(scenario, is(deed));
}

function has({ steps }: Scenario, isIt: (step: Step) => boolean): boolean {
  return steps.some(isIt);
}

function is(deed: Deed['do']): (step: Step) => boolean {
  return (step) => step.do === deed;
}

/** Somebody of this kind takes to the behaviour. */
function isTreason(behaviour: string, kind: 'replica' | 'client'): (step: Step) => boolean {
  return (step) =>
    step.do === 'byzantine' &&
    step.behaviour === behaviour &&
    (step.replica === undefined ? 'client' : 'replica') === kind;
}

function isRestart(disk: string): (step: Step) => boolean {
  return (step) => step.do === 'restart' && (step.disk ?? 'kept') === disk;
}
