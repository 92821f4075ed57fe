import type { Match } from '#core/network/match.ts';
import { twinOf } from '#core/network/process-order.ts';
import type { CrashPoint } from '#core/network/trace-event.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import type { DeedOf, Step } from '#core/simulation/scenario.ts';
import { spokenName } from '#ui/picture/process-name.ts';

import { listed } from './listed.ts';
import { operationText } from './operation-text.ts';

/** What a step of the scenario, or of a person, does, as one sentence. `text` is the step as the trace holds it. */
export function stepSentence(text: string): string {
  // The trace holds what a step was written as that had been parsed before.
  const step: Step = JSON.parse(text);
  return step.do === 'say' ? 'the scenario has something to say.' : `a step ${deedWords(step)}.`;
}

type Told = Exclude<Step, { readonly do: 'say' }>;
type ProcessStep = Extract<
  Told,
  { readonly do: 'submit' | 'crash' | 'restart' | 'pause' | 'resume' | 'byzantine' | 'timeout' }
>;
type NetworkStep = Extract<Told, { readonly do: 'partition' | 'heal' | 'network' | 'release' }>;
type RuleStep = Extract<Told, { readonly do: 'drop' | 'duplicate' | 'hold' | 'delay' }>;

const processDeeds: readonly Told['do'][] = [
  'submit',
  'crash',
  'restart',
  'pause',
  'resume',
  'byzantine',
  'timeout',
];

function isProcessStep(step: Told): step is ProcessStep {
  return processDeeds.includes(step.do);
}

function deedWords(step: Told): string {
  if (isProcessStep(step)) return processWords(step);
  switch (step.do) {
    case 'drop':
    case 'duplicate':
    case 'hold':
    case 'delay':
      return ruleWords(step);
    case 'partition':
    case 'heal':
    case 'network':
    case 'release':
      return networkWords(step);
    case 'message':
      return `${messageDeeds[step.deed]} message ${step.message}${step.ms === undefined ? '' : ` by ${step.ms} ms`}`;
    case 'send':
      return `makes replica ${step.replica} send ${literalWords(step.message)} to ${namesOf([step.to].flat())}`;
    case 'expectHere':
      return 'checks what is expected here';
  }
}

function processWords(step: ProcessStep): string {
  switch (step.do) {
    case 'submit':
      return `gives client c${step.client ?? 0} the operation ${operationText(JSON.stringify(step.operation))}`;
    case 'crash':
      return `crashes ${subjectOf(step)}${crashPoints[step.point ?? 'now']}`;
    case 'restart':
      return `restarts ${subjectOf(step)} ${diskWords(step)}`;
    case 'pause':
      return `pauses ${subjectOf(step)}`;
    case 'resume':
      return `lets ${subjectOf(step)} go on`;
    case 'byzantine':
      return step.behaviour === 'correct'
        ? `makes ${subjectOf(step)} behave correctly again`
        : `makes ${subjectOf(step)} Byzantine: ${step.behaviour.replaceAll('-', ' ')}`;
    case 'timeout':
      return `lets the timer of replica ${step.replica} expire`;
  }
}

function literalWords(message: DeedOf<'send'>['message']): string {
  return 'type' in message ? `a ${message.type.toUpperCase()}` : 'what it has seen before';
}

function networkWords(step: NetworkStep): string {
  switch (step.do) {
    case 'partition': {
      const { groups = [], cut = [] } = step;
      if (groups.length === 0) {
        return `cuts ${listed(cut.map(([from, to]) => `the way from ${spokenName(from)} to ${spokenName(to)}`))}`;
      }
      return `divides the network: ${groups.map(namesOf).join(' | ')}`;
    }
    case 'heal':
      return 'makes the network whole again';
    case 'network':
      return 'changes how fast and how sure the network is';
    case 'release':
      return step.match === undefined
        ? 'releases what is held'
        : `releases every held ${matchWords(step.match)}`;
  }
}

function ruleWords(step: RuleStep): string {
  const which = step.count === undefined ? 'every' : `the next ${step.count}`;
  const by = step.do === 'delay' ? ` by ${step.ms} ms` : '';
  return `${ruleDeeds[step.do]} ${which} ${matchWords(step.match)}${by}`;
}

function matchWords({ type, from, to, signer, view, sequence }: Match): string {
  const parts = [
    type?.toUpperCase() ?? 'message',
    from === undefined ? undefined : `from ${spokenName(from)}`,
    to === undefined ? undefined : `to ${spokenName(to)}`,
    signer === undefined ? undefined : `signed by ${spokenName(signer)}`,
    view === undefined ? undefined : `of view ${view}`,
    sequence === undefined ? undefined : `for sequence ${sequence}`,
  ];
  return parts.filter((part) => part !== undefined).join(' ');
}

interface Subject {
  readonly replica?: number;
  readonly twin?: number;
  readonly client?: number;
}

function subjectOf({ replica, twin, client }: Subject): string {
  if (twin !== undefined) return spokenName(twinOf(twin));
  return replica === undefined ? `client c${client ?? 0}` : `replica ${replica}`;
}

function namesOf(processes: readonly ProcessId[]): string {
  return listed(processes.map(spokenName));
}

function diskWords({ disk = 'kept', commits = 1, from }: DeedOf<'restart'>): string {
  switch (disk) {
    case 'kept':
      return 'from its disk';
    case 'wiped':
      return 'with an empty disk';
    case 'lose-last':
      return `from a disk that has lost its last ${commits === 1 ? 'commit' : `${commits} commits`}`;
    case 'corrupt':
      return 'from a damaged disk';
    case 'older':
      return `from its disk as it was${from === undefined ? ' before' : ` at ${from} ms`}`;
    case 'rotten':
      return 'from a disk whose state has rotted';
  }
}

const crashPoints: Readonly<Record<CrashPoint, string>> = {
  now: '',
  'before-commit': ' before its next commit',
  'after-commit': ' after its next commit, before it sends',
  'after-send': ' right after it has sent',
};

const ruleDeeds = {
  drop: 'drops',
  duplicate: 'doubles',
  hold: 'holds',
  delay: 'delays',
} as const;

const messageDeeds: Readonly<Record<DeedOf<'message'>['deed'], string>> = {
  ...ruleDeeds,
  release: 'releases',
  deliver: 'delivers at once',
};
