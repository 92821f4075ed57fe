import type { BehaviourEntry, BehaviourOption } from '#core/replica/byzantine/behaviour-entry.ts';
import { behaviourEntry } from '#core/replica/byzantine/catalogue.ts';

import type { DeedOf } from './scenario.ts';

type Problem = { readonly field: string; readonly says: string };

const optionNames = ['targets', 'split', 'ms', 'with', 'count', 'how'] as const;

/** What is wrong with a step that makes a process Byzantine: who may behave so, and what that behaviour may be told. */
export function problemInBehaviour(step: DeedOf<'byzantine'>): Problem | undefined {
  const { replica, client, behaviour } = step;
  if (replica === undefined && client === undefined) {
    return { field: 'replica', says: 'byzantine names one replica or one client' };
  }
  if (behaviour === 'correct') return undefined;
  const of = replica === undefined ? 'client' : 'replica';
  const entry = behaviourEntry(of, behaviour);
  if (entry === undefined) return { field: 'behaviour', says: `${behaviour} is none of a ${of}` };
  return problemInOptions(step, entry);
}

function problemInOptions(
  step: DeedOf<'byzantine'>,
  { name: behaviour, options }: BehaviourEntry,
): Problem | undefined {
  const given = optionsIn(step);
  const foreign = given.find((name) => options.every((option) => option.name !== name));
  if (foreign !== undefined) return { field: foreign, says: `${behaviour} has no such option` };
  const missing = options.find(({ name, required }) => required && !given.includes(name));
  if (missing !== undefined) return { field: missing.name, says: 'missing' };

  const choices = options.find(({ name }) => name === 'how')?.choices ?? [];
  if (step.how !== undefined && !choices.includes(step.how)) {
    return { field: 'how', says: `expected ${choices.join(' | ')}, not ${step.how}` };
  }
  const isAlone = step.with !== undefined && step.with === step.replica;
  return isAlone ? { field: 'with', says: 'a partner is another replica' } : undefined;
}

/** Of a replica's behaviour `client` is an option; of a client's it is who. */
function optionsIn(step: DeedOf<'byzantine'>): readonly BehaviourOption['name'][] {
  const given = optionNames.filter((name) => step[name] !== undefined);
  return step.replica !== undefined && step.client !== undefined ? [...given, 'client'] : given;
}
