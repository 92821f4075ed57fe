import { identityOf } from '#core/network/process-order.ts';
import type { Behaviour } from '#core/replica/process.ts';

import type { Life } from './life.ts';
import type { Disk } from './round.ts';
import type { DeedOf } from './scenario.ts';
import type { Stage } from './stage.ts';
import { subjectOf } from './step-subject.ts';

/** The steps about one process as such. */
export type ProcessDeed = DeedOf<
  'crash' | 'restart' | 'pause' | 'resume' | 'timeout' | 'byzantine'
>;

/** Does what a step says to a process, now. */
export function applyToProcess(stage: Stage, nowUs: number, step: ProcessDeed): void {
  const life = stage.life(subjectOf(step));
  const { process } = life;
  switch (step.do) {
    case 'crash':
      return crash(stage, nowUs, life, step);
    case 'restart':
      if (life.status === 'absent') {
        const says = `replica ${identityOf(process)} has no second instance`;
        stage.tell(nowUs, { type: 'unmet', says });
        return;
      }
      if (life.status === 'running') stage.crash(nowUs, life, 'now');
      return stage.spawn(life, diskOf(stage, life, step));
    case 'pause':
    case 'resume':
      return setPaused(stage, nowUs, life, step.do === 'pause');
    case 'timeout':
      return expire(stage, nowUs, life);
    case 'byzantine':
      if (life.behaviour === null && step.behaviour === 'correct') return;
      life.behaviour = behaviourOf(step);
      stage.tell(nowUs, { type: 'byzantine', behaviour: step.behaviour }, { process });
      if (step.behaviour === 'twin') stage.double(nowUs, life);
      else if (typeof process === 'number') stage.part(nowUs, life);
  }
}

/** At a crash point the process dies in its next turn. */
function crash(stage: Stage, nowUs: number, life: Life, { point = 'now' }: DeedOf<'crash'>): void {
  if (life.status !== 'running') return;
  if (point === 'now') stage.crash(nowUs, life, 'now');
  else life.armed = point;
}

function expire(stage: Stage, nowUs: number, life: Life): void {
  if (life.timers.some((timer) => timer !== 'fetch')) life.isExpired = true;
  else stage.tell(nowUs, { type: 'unmet', says: `replica ${life.process} has no timer running` });
}

function setPaused(stage: Stage, nowUs: number, life: Life, paused: boolean): void {
  if (life.status !== 'running' || life.paused === paused) return;
  life.paused = paused;
  stage.tell(nowUs, { type: paused ? 'paused' : 'resumed' }, { process: life.process });
}

function diskOf(stage: Stage, life: Life, step: DeedOf<'restart'>): Disk {
  switch (step.disk ?? 'kept') {
    case 'kept':
      return { kind: 'kept' };
    case 'wiped':
      return { kind: 'wiped' };
    case 'rotten':
      return { kind: 'rotten' };
    case 'corrupt':
      return { kind: 'corrupt', record: step.record ?? 1 };
    case 'lose-last':
      return rolledBack('lose-last', life, step.commits ?? 1);
    case 'older':
      return rolledBack('older', life, life.turns - turnAt(stage, life, step.from ?? 0));
  }
}

/** A disk without its last commits; one that lost them all is as good as wiped. */
function rolledBack(kind: 'lose-last' | 'older', { turns }: Life, commits: number): Disk {
  return commits >= turns ? { kind: 'wiped' } : { kind, commits: Math.max(0, commits) };
}

/** The last turn of a process that was durable at a time. */
function turnAt(stage: Stage, { process }: Life, atMs: number): number {
  const last = stage.trace.events.findLast(
    (event) => event.type === 'persisted' && event.process === process && event.atMs <= atMs,
  );
  return last?.type === 'persisted' ? last.turn : 0;
}

function behaviourOf(step: DeedOf<'byzantine'>): Behaviour | null {
  const { behaviour, replica, client, targets, split, ms, count, how, with: partner } = step;
  if (behaviour === 'correct') return null;
  return {
    behaviour,
    ...(targets !== undefined && { targets }),
    ...(split !== undefined && { split }),
    ...(replica !== undefined && client !== undefined && { client }),
    ...(ms !== undefined && { ms }),
    ...(partner !== undefined && { with: partner }),
    ...(count !== undefined && { count }),
    ...(how !== undefined && { how }),
  };
}
