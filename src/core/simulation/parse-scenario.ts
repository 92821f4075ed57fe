import * as v from 'valibot';

import { configurationProblem, type Configuration } from '#core/pbft/configuration.ts';
import { faultsTolerated } from '#core/pbft/quorum.ts';

import { problemInBehaviour } from './behaviour-problem.ts';
import { configurationOf } from './configuration.ts';
import { strangerIn, type Population } from './population.ts';
import { scenarioSchema } from './scenario-schema.ts';
import type { Scenario, Step } from './scenario.ts';
import { stepSchema } from './step-schema.ts';

/** A scenario with its defaults filled in, or what is wrong with it: the path and the reason. */
export type ParsedScenario =
  | { readonly ok: true; readonly scenario: Scenario }
  | { readonly ok: false; readonly problem: string };

/** A step, or what is wrong with it. */
export type ParsedStep =
  | { readonly ok: true; readonly step: Step }
  | { readonly ok: false; readonly problem: string };

/** Reads pbft-lab/scenario@1: refuses unknown fields, fills in defaults, checks what fields say of each other. */
export function parseScenario(input: unknown): ParsedScenario {
  const parsed = v.safeParse(scenarioSchema, input, { abortEarly: true });
  if (!parsed.success) return { ok: false, problem: problemOf(parsed.issues[0]) };
  const { f, ...rest } = parsed.output;
  const scenario: Scenario = { ...rest, f: f ?? faultsTolerated(rest.replicas) };
  const problem = contradictionIn(scenario);
  return problem === undefined ? { ok: true, scenario } : { ok: false, problem };
}

/** Reads one step for a cluster of this size: what a person does. */
export function parseStep(input: unknown, population: Population): ParsedStep {
  const parsed = v.safeParse(stepSchema, input, { abortEarly: true });
  if (!parsed.success) return { ok: false, problem: problemOf(parsed.issues[0]) };
  const step: Step = parsed.output;
  const problem = problemInStep(step, '', population);
  return problem === undefined ? { ok: true, step } : { ok: false, problem };
}

function contradictionIn(scenario: Scenario): string | undefined {
  const configuration = configurationProblem(configurationOf(scenario));
  if (configuration !== undefined) {
    return `${fieldNames[configuration.field] ?? configuration.field}: ${configuration.says}`;
  }
  for (const [i, step] of scenario.steps.entries()) {
    const problem = problemInStep(step, `steps[${i}]`, scenario);
    if (problem !== undefined) return problem;
  }
  return strangerIn(scenario.network.links, 'network.links', scenario);
}

/** The fields of a configuration as a scenario writes them, where that differs. */
const fieldNames: Partial<Record<keyof Configuration, string>> = {
  n: 'replicas',
  checkpointInterval: 'protocol.checkpointInterval',
  logSize: 'protocol.logSize',
  requestTimeoutMs: 'protocol.requestTimeoutMs',
  viewChangeTimeoutMs: 'protocol.viewChangeTimeoutMs',
  resendMs: 'protocol.resendMs',
  clientTimeoutMs: 'protocol.clientTimeoutMs',
  batchMax: 'protocol.batchMax',
  pipeline: 'protocol.pipeline',
};

function problemInStep(step: Step, path: string, population: Population): string | undefined {
  const problem = contradictionInStep(step);
  if (problem !== undefined) {
    return `${path === '' ? '' : `${path}.`}${problem.field}: ${problem.says}`;
  }
  if (step.do !== 'restart') return strangerIn(step, path, population);
  // Elsewhere `from` is a process; here it is a time.
  const { from: _, ...named } = step;
  return strangerIn(named, path, population);
}

/** What the fields of a step say that cannot be said together. */
function contradictionInStep(
  step: Step,
): { readonly field: string; readonly says: string } | undefined {
  if (step.at !== undefined && step.when !== undefined) {
    return { field: 'when', says: 'a step has "at" or "when", not both' };
  }
  const isOfOne =
    step.do === 'crash' || step.do === 'restart' || step.do === 'pause' || step.do === 'resume';
  if (isOfOne && [step.replica, step.twin, step.client].filter(isGiven).length !== 1) {
    return { field: 'replica', says: `${step.do} names one replica or one client` };
  }
  if (step.do === 'byzantine') return problemInBehaviour(step);
  if (step.do === 'restart' && (step.disk === 'older') !== (step.from !== undefined)) {
    return { field: 'from', says: 'the time of an older disk, and of no other' };
  }
  const isTimeless = step.do === 'message' && step.deed === 'delay' && step.ms === undefined;
  return isTimeless ? { field: 'ms', says: 'missing' } : undefined;
}

function isGiven(value: number | undefined): boolean {
  return value !== undefined;
}

function problemOf(issue: v.BaseIssue<unknown>): string {
  const path = pathOf(issue.path ?? []);
  return path === '' ? reasonOf(issue) : `${path}: ${reasonOf(issue)}`;
}

function reasonOf(issue: v.BaseIssue<unknown>): string {
  if (issue.expected === 'never') return 'unknown field';
  if (issue.received === 'undefined') return 'missing';
  const isOurs = issue.kind === 'validation' || issue.type === 'custom';
  const expected = isOurs ? issue.message : (issue.expected ?? 'something else');
  const received = issue.received === 'Array' ? JSON.stringify(issue.input) : issue.received;
  return `expected ${expected}, not ${received}`;
}

function pathOf(path: readonly { readonly key?: unknown }[]): string {
  return path
    .map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
}
