import type { Behaviour } from '#core/replica/process.ts';

import type { Life } from './life.ts';
import type { Disk } from './round.ts';
import type { DeedOf } from './scenario.ts';
import type { Stage } from './stage.ts';
import { subjectOf } from './step-subject.ts';

/** The steps about one process as such. */
export type ProcessDeed = DeedOf<'crash' | 'restart' | 'pause' | 'resume' | 'byzantine'>;

/** Does what a step says to a process, now. */
export function applyToProcess(stage: Stage, nowUs: number, step: ProcessDeed): void {
  const life = stage.life(subjectOf(step));
  const { process } = life;
  switch (step.do) {
    case 'crash':
      return crash(stage, nowUs, life, step);
    case 'restart':
      if (life.status === 'running') stage.crash(nowUs, life, 'now');
      return stage.spawn(life, diskOf(step));
    case 'pause':
    case 'resume':
      return setPaused(stage, nowUs, life, step.do === 'pause');
    case 'byzantine':
      if (life.behaviour === null && step.behaviour === 'correct') return;
      life.behaviour = behaviourOf(step);
      stage.tell(nowUs, { type: 'byzantine', behaviour: step.behaviour }, { process });
  }
}

/** At a crash point the process dies in its next turn. */
function crash(stage: Stage, nowUs: number, life: Life, { point = 'now' }: DeedOf<'crash'>): void {
  if (life.status !== 'running') return;
  if (point === 'now') stage.crash(nowUs, life, 'now');
  else life.armed = point;
}

function setPaused(stage: Stage, nowUs: number, life: Life, paused: boolean): void {
  if (life.status !== 'running' || life.paused === paused) return;
  life.paused = paused;
  stage.tell(nowUs, { type: paused ? 'paused' : 'resumed' }, { process: life.process });
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
