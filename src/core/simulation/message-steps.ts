import type { FaultRule } from '#core/network/fault-rules.ts';
import type { NetworkSettings } from '#core/network/network-settings.ts';

import { usOf } from './agenda.ts';
import type { DeedOf } from './scenario.ts';
import type { Stage } from './stage.ts';

type RuleDeed = DeedOf<'drop' | 'duplicate' | 'hold' | 'delay'>;

/** The steps about messages and links. */
export type MessageDeed = RuleDeed | DeedOf<'network' | 'release' | 'message'>;

/** Does what a step says to messages, now or from now on. */
export function applyToMessages(stage: Stage, nowUs: number, step: MessageDeed): void {
  switch (step.do) {
    case 'network':
      stage.bus.change(settingsOf(step));
      return;
    case 'drop':
    case 'duplicate':
    case 'hold':
    case 'delay':
      stage.bus.addRule(ruleOf(step));
      return;
    case 'release':
      stage.bus.release(nowUs, step.match ?? {});
      return;
    case 'message':
      handle(stage, nowUs, step);
  }
}

function settingsOf({ latencyMs, loss, duplicate, links }: DeedOf<'network'>): NetworkSettings {
  return {
    ...(latencyMs !== undefined && { latencyMs }),
    ...(loss !== undefined && { loss }),
    ...(duplicate !== undefined && { duplicate }),
    ...(links !== undefined && { links }),
  };
}

function ruleOf(step: RuleDeed): FaultRule {
  const { match, count } = step;
  return {
    do: step.do,
    match,
    ...(count !== undefined && { count }),
    ...(step.do === 'delay' && { delayUs: usOf(step.ms) }),
  };
}

function handle(stage: Stage, nowUs: number, { message, deed, ms }: DeedOf<'message'>): void {
  const order = deed === 'delay' ? { deed, delayUs: usOf(ms ?? 0) } : { deed };
  if (stage.bus.handle(nowUs, message, order)) return;
  stage.tell(nowUs, { type: 'unmet', says: `message ${message} is not in flight` });
}
