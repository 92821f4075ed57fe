import { defined } from '#core/base/assert.ts';
import { headerOf } from '#core/network/header.ts';
import { isAblated } from '#core/pbft/configuration.ts';

import type { Waiting } from './agenda.ts';
import { holdsAtStart, isMetBy, processIn, type Act } from './condition.ts';
import type { Life } from './life.ts';
import type { Decision, Reported } from './round.ts';
import type { Stage } from './stage.ts';
import { subjectOf } from './step-subject.ts';

/** Tests every `when` on what the turns of a round did, and says how far each turn goes. */
export function decide(
  stage: Stage,
  nowUs: number,
  reports: readonly Reported[],
): readonly Decision[] {
  const acts: Act[] = [];
  const turning = new Set<Life>();
  for (const reported of reports) {
    const life = stage.life(reported.process);
    take(life, reported);
    turning.add(life);
    acts.push(...actsOf(stage, life));
  }
  fire(stage, nowUs, acts, turning);
  if (isAblated(stage.configuration, 'send-before-commit')) turning.forEach(sendEarly);
  return reports.flatMap(({ process }): readonly Decision[] => {
    const fate = stage.life(process).running?.fate ?? 'failed';
    return fate === 'failed' ? [] : [{ process, decision: fate }];
  });
}

/** Files what a turn says; a crash point that the process is armed with is in this turn. */
function take(life: Life, { report }: Reported): void {
  const turn = defined(life.running, `process ${life.process} has a turn to report`);
  if ('problem' in report) {
    turn.fate = 'failed';
    turn.failure = report;
    return;
  }
  if ('lost' in report) {
    turn.fate = 'before-commit';
    turn.isLossUnasked = true;
    return;
  }
  turn.turn = report.turn;
  turn.report = report;
  if (life.armed !== undefined) {
    turn.fate = life.armed === 'now' ? 'after-send' : life.armed;
    life.armed = undefined;
  }
}

/** Under that ablation outputs leave before the commit: a crash before it loses the record only. */
function sendEarly({ running }: Life): void {
  if (running?.fate === 'before-commit' && running.report !== undefined) running.fate = 'send-only';
}

function actsOf(stage: Stage, { process, running }: Life): readonly Act[] {
  const turn = defined(running, 'a turn that reports is running');
  const { report, flight } = turn;
  if (report === undefined) return [{ kind: 'turn', process, turn: turn.turn }];
  return [
    { kind: 'turn', process, turn: turn.turn },
    ...(flight === undefined
      ? []
      : [{ kind: 'delivered', process, envelope: flight.parcel } as const]),
    ...report.reports.map((said): Act => ({ kind: 'report', process, report: said })),
    ...report.outgoing.flatMap(({ to, packet }): readonly Act[] => {
      const header = headerOf(packet);
      return stage
        .instancesAt(to)
        .map((to) => ({ kind: 'sent', process, envelope: { from: process, to, header } }));
    }),
  ];
}

function fire(stage: Stage, nowUs: number, acts: readonly Act[], turning: ReadonlySet<Life>): void {
  const waiting = stage.agenda.waiting();
  if (waiting.length === 0) return;
  for (const act of acts) if (act.kind === 'report') stage.operations.learn(act.report);
  for (const entry of waiting) {
    const { condition, index } = entry;
    const isMet = acts.some((act) => isMetBy(condition, act, stage.operations.carries));
    if (!isMet && !holdsAtStart(condition)) continue;
    if (!crashesInTurn(stage, entry, turning)) stage.agenda.fire(index, nowUs);
  }
}

/** A crash of the very process whose turn makes the condition true is a crash point of that turn. */
function crashesInTurn(
  stage: Stage,
  { index, step, condition }: Waiting,
  turning: ReadonlySet<Life>,
): boolean {
  if (step.do !== 'crash' || (step.after ?? 0) > 0) return false;
  const subject = processIn(condition);
  if (subject === undefined || subject !== subjectOf(step)) return false;
  const life = stage.life(subject);
  if (!turning.has(life) || life.running === undefined || life.running.fate === 'failed')
    return false;
  const point = step.point ?? 'now';
  life.running.fate = point === 'now' ? 'after-send' : point;
  life.running.crashedBy = step;
  stage.agenda.finish(index);
  return true;
}
