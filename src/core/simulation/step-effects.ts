import { unmetHere } from './expectation.ts';
import { writeLiterals } from './literal.ts';
import { applyToMessages, type MessageDeed } from './message-steps.ts';
import { applyToProcess, type ProcessDeed } from './process-steps.ts';
import type { Deed, DeedOf, Step } from './scenario.ts';
import type { Stage } from './stage.ts';
import { canonicalJson } from './trace.ts';

/** Does what a step says, now. */
export function applyStep(stage: Stage, nowUs: number, step: Step): void {
  stage.setNow(nowUs);
  stage.tell(nowUs, { type: 'command', step: canonicalJson(step) });
  if (isOfProcess(step)) applyToProcess(stage, nowUs, step);
  else if (isOfMessages(step)) applyToMessages(stage, nowUs, step);
  else applyToRun(stage, nowUs, step);
}

const processDeeds: ReadonlySet<string> = new Set<ProcessDeed['do']>([
  'crash',
  'restart',
  'pause',
  'resume',
  'timeout',
  'byzantine',
]);

const messageDeeds: ReadonlySet<string> = new Set<MessageDeed['do']>([
  'network',
  'drop',
  'duplicate',
  'hold',
  'delay',
  'release',
  'message',
]);

function isOfProcess(deed: Deed): deed is ProcessDeed {
  return processDeeds.has(deed.do);
}

function isOfMessages(deed: Deed): deed is MessageDeed {
  return messageDeeds.has(deed.do);
}

function applyToRun(
  stage: Stage,
  nowUs: number,
  step: Exclude<Deed, ProcessDeed | MessageDeed>,
): void {
  switch (step.do) {
    case 'submit':
      submit(stage, step);
      return;
    case 'partition': {
      const partition = { groups: step.groups ?? [], cuts: step.cut ?? [] };
      stage.bus.cut(partition);
      stage.tell(nowUs, { type: 'partitioned', ...partition });
      return;
    }
    case 'heal':
      stage.tell(nowUs, { type: 'healed' });
      stage.bus.heal(nowUs);
      return;
    case 'send':
      tellUnmet(stage, nowUs, writeLiterals(stage, step));
      return;
    case 'expectHere':
      tellUnmet(stage, nowUs, unmetHere(stage, step));
      return;
    case 'say': {
      const { title, text, question } = step;
      stage.tell(nowUs, { type: 'said', title, text, ...(question !== undefined && { question }) });
    }
  }
}

function tellUnmet(stage: Stage, nowUs: number, unmet: readonly string[]): void {
  for (const says of unmet) stage.tell(nowUs, { type: 'unmet', says });
}

function submit(stage: Stage, { client = 0, operation }: DeedOf<'submit'>): void {
  stage.give(client, operation);
}
