import { clientProcess } from '#core/network/process-order.ts';
import type { Behaviour } from '#core/replica/process.ts';

import { usOf } from './agenda.ts';
import { unmetHere } from './expectation.ts';
import { writeLiterals } from './literal.ts';
import type { Disk } from './round.ts';
import type { Deed, Step } from './scenario.ts';
import type { Stage } from './stage.ts';
import { subjectOf } from './step-subject.ts';
import { canonicalJson } from './trace.ts';

/** Does what a step says, now. */
export function applyStep(stage: Stage, nowUs: number, step: Step): void {
  stage.setNow(nowUs);
  stage.tell(nowUs, { type: 'command', step: canonicalJson(step) });
  switch (step.do) {
    case 'submit':
      submit(stage, step);
      return;
    case 'crash':
    case 'restart':
    case 'pause':
    case 'resume':
    case 'byzantine':
      applyToProcess(stage, nowUs, step);
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
    case 'network':
    case 'drop':
    case 'duplicate':
    case 'hold':
    case 'delay':
    case 'release':
    case 'message':
      applyToMessages(stage, nowUs, step);
      return;
    case 'send':
      for (const says of writeLiterals(stage, step)) stage.tell(nowUs, { type: 'unmet', says });
      return;
    case 'expectHere':
      for (const says of unmetHere(stage, step)) stage.tell(nowUs, { type: 'unmet', says });
      return;
    case 'say': {
      const { title, text, question } = step;
      stage.tell(nowUs, { type: 'said', title, text, ...(question !== undefined && { question }) });
      return;
    }
  }
}

type DeedOf<T extends Deed['do']> = Extract<Deed, { readonly do: T }>;

function submit(stage: Stage, { client = 0, operation }: DeedOf<'submit'>): void {
  stage.life(clientProcess(client)).submissions.push(canonicalJson(operation));
  stage.progress.give(client);
}

function applyToProcess(
  stage: Stage,
  nowUs: number,
  step: DeedOf<'crash' | 'restart' | 'pause' | 'resume' | 'byzantine'>,
): void {
  const life = stage.life(subjectOf(step));
  const { process } = life;
  switch (step.do) {
    case 'crash':
      if (life.status !== 'running') return;
      if ((step.point ?? 'now') === 'now') stage.crash(nowUs, life, 'now');
      else life.armed = step.point;
      return;
    case 'restart':
      if (life.status === 'running') stage.crash(nowUs, life, 'now');
      stage.spawn(life, diskOf(step));
      return;
    case 'pause':
    case 'resume': {
      const paused = step.do === 'pause';
      if (life.status !== 'running' || life.paused === paused) return;
      life.paused = paused;
      stage.tell(nowUs, { type: paused ? 'paused' : 'resumed' }, { process });
      return;
    }
    case 'byzantine':
      life.behaviour = behaviourOf(step);
      stage.tell(nowUs, { type: 'byzantine', behaviour: step.behaviour }, { process });
      return;
  }
}

function diskOf({ disk, record }: DeedOf<'restart'>): Disk {
  return disk === 'corrupt' ? { kind: 'corrupt', record: record ?? 1 } : { kind: 'kept' };
}

function behaviourOf({ behaviour, targets, split }: DeedOf<'byzantine'>): Behaviour | null {
  if (behaviour === 'correct') return null;
  return {
    behaviour,
    ...(targets !== undefined && { targets }),
    ...(split !== undefined && { split }),
  };
}

function applyToMessages(
  stage: Stage,
  nowUs: number,
  step: DeedOf<'network' | 'drop' | 'duplicate' | 'hold' | 'delay' | 'release' | 'message'>,
): void {
  const { bus } = stage;
  switch (step.do) {
    case 'network': {
      const { latencyMs, loss, duplicate, links } = step;
      bus.change({
        ...(latencyMs !== undefined && { latencyMs }),
        ...(loss !== undefined && { loss }),
        ...(duplicate !== undefined && { duplicate }),
        ...(links !== undefined && { links }),
      });
      return;
    }
    case 'drop':
    case 'duplicate':
    case 'hold':
    case 'delay': {
      const delayUs = step.do === 'delay' ? usOf(step.ms) : undefined;
      const { match, count } = step;
      bus.addRule({
        do: step.do,
        match,
        ...(count !== undefined && { count }),
        ...(delayUs !== undefined && { delayUs }),
      });
      return;
    }
    case 'release':
      bus.release(nowUs, step.match ?? {});
      return;
    case 'message': {
      const { message, deed } = step;
      const isThere = bus.handle(
        nowUs,
        message,
        deed === 'delay' ? { deed, delayUs: usOf(step.ms ?? 0) } : { deed },
      );
      const says = `message ${message} is not in flight`;
      if (!isThere) stage.tell(nowUs, { type: 'unmet', says });
      return;
    }
  }
}
