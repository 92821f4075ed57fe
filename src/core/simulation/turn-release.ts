import { assert, defined } from '#core/base/assert.ts';
import { naming } from '#core/network/process-order.ts';
import { isAblated } from '#core/pbft/configuration.ts';
import type { ProcessId } from '#core/pbft/message.ts';

import type { Life, RunningTurn } from './life.ts';
import type { Released } from './round.ts';
import type { Step } from './scenario.ts';
import type { Stage } from './stage.ts';
import { canonicalJson } from './trace.ts';

/** Writes a turn into the trace as far as it went, hands its outputs to the bus, and ends its process where it crashed. */
export function releaseTurn(
  stage: Stage,
  nowUs: number,
  process: ProcessId,
  result: Released | undefined,
): void {
  const life = stage.life(process);
  const turn = defined(life.running, `process ${process} has a turn to release`);
  life.running = undefined;
  const bytes = file(turn, result);
  tellTurn(stage, nowUs, life, turn);
  if (turn.failure !== undefined) {
    stage.fail(nowUs, life, turn.failure.problem, turn.failure.storage === true);
    return;
  }
  const isEarly = isAblated(stage.configuration, 'send-before-commit');
  if (isEarly) sendAll(stage, nowUs, life, turn, bytes);
  if (isWritten(turn)) persist(stage, nowUs, life, turn);
  if (!isEarly) sendAll(stage, nowUs, life, turn, bytes);
  if (turn.fate !== 'commit') crash(stage, nowUs, life, turn);
}

/** Files what became of a turn after its decision: the bytes of what it sends. */
function file(turn: RunningTurn, result: Released | undefined): readonly Uint8Array[] {
  if (result !== undefined && 'problem' in result) {
    turn.fate = 'failed';
    turn.failure = { problem: result.problem, storage: true };
  }
  if (result !== undefined && 'lost' in result) {
    turn.fate = 'after-commit';
    turn.isLossUnasked = true;
  }
  const { fate, report } = turn;
  if (fate === 'before-commit' || fate === 'after-commit' || fate === 'failed') return [];
  const bytes = result !== undefined && 'bytes' in result ? result.bytes : [];
  assert(
    bytes.length === (report?.outgoing.length ?? 0),
    'a turn that sends sends all of its outputs',
  );
  return bytes;
}

function isWritten({ fate }: RunningTurn): boolean {
  return fate === 'commit' || fate === 'after-commit' || fate === 'after-send';
}

/** The input, then what the turn reports; of an unwritten turn all of it is lost. */
function tellTurn(stage: Stage, nowUs: number, life: Life, turn: RunningTurn): void {
  const { process } = life;
  const lost = !isWritten(turn);
  const { input } = turn.request;
  switch (input.type) {
    case 'start':
      stage.tell(nowUs, { type: 'started' }, { process, lost });
      break;
    case 'restart': {
      const { incarnation } = input;
      stage.tell(nowUs, { type: 'restarted', incarnation, disk: life.disk }, { process, lost });
      break;
    }
    case 'timer':
    case 'expire':
      stage.tell(nowUs, { type: 'timer' }, { process, lost });
      break;
    case 'deliver': {
      const { id, parcel } = defined(turn.flight, 'a delivery takes a message');
      const { from, header } = parcel;
      stage.tell(nowUs, { type: 'delivered', message: id, from, header }, { process, lost });
      break;
    }
    case 'submit':
      break;
  }
  for (const report of turn.report?.reports ?? []) {
    stage.operations.learn(report);
    stage.tell(nowUs, report, { process, lost });
  }
}

function persist(stage: Stage, nowUs: number, life: Life, turn: RunningTurn): void {
  life.persisted(turn);
  life.timerUs = turn.report?.nextTimerUs ?? null;
  life.timers = turn.report?.timers ?? [];
  stage.tell(nowUs, { type: 'persisted', turn: turn.turn }, { process: life.process });
}

function sendAll(
  stage: Stage,
  nowUs: number,
  life: Life,
  turn: RunningTurn,
  bytes: readonly Uint8Array[],
): void {
  for (const [i, encoded] of bytes.entries()) {
    const outgoing = defined(turn.report?.outgoing[i], 'there are bytes for outputs only');
    stage.send(nowUs, life.process, outgoing, encoded);
  }
}

function crash(stage: Stage, nowUs: number, life: Life, turn: RunningTurn): void {
  assert(turn.fate !== 'commit' && turn.fate !== 'failed', 'the turn was cut short');
  const point = turn.fate === 'send-only' ? 'before-commit' : turn.fate;
  if (turn.isLossUnasked) stage.agenda.record(lossOf(life.process, turn.turn, point), nowUs);
  if (turn.crashedBy !== undefined) {
    stage.tell(nowUs, { type: 'command', step: canonicalJson(turn.crashedBy) });
  }
  stage.crash(nowUs, life, point);
}

/** A process that died unasked, as the step that lets it die again. */
function lossOf(
  process: ProcessId,
  turn: number,
  point: 'before-commit' | 'after-commit' | 'after-send',
): Step {
  const who = naming(process);
  return { do: 'crash', ...who, point, when: { ...who, turn } };
}
