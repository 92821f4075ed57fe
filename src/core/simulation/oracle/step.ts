/**
 * PBFT once more, written by hand from pbft.md 1.4-1.12 and from nothing else: the workflows of core/replica are
 * compared with it, and it carries the exhaustive search, since it is copied in a microsecond. It has no clock: a timer
 * expires when it is told to. It repairs nothing; what others lack is brought by whoever drives it.
 */
import {
  accept,
  enqueue,
  onAgreement,
  onBody,
  onCheckpoint,
  onDecision,
  reply,
  say,
  type Turn,
} from './place-step.ts';
import { primaryIn } from './proofs.ts';
import type { Settings, StepOutput, StepReplica } from './step-replica.ts';
import { type SymbolicMessage, type SymbolicRequest, symbolOf } from './symbols.ts';
import { changeView, isEarly, keepEarly, onNewView, onViewChange } from './view-step.ts';

/** What a replica is given: a message and who brings it, or the expiry of its timer. */
export type StepInput =
  | {
      readonly type: 'deliver';
      readonly from: number | `c${number}`;
      readonly message: SymbolicMessage;
    }
  | { readonly type: 'expire' };

/** Runs one input; `me` changes in place. */
export function step(settings: Settings, me: StepReplica, input: StepInput): readonly StepOutput[] {
  const turn: Turn = { settings, me, outputs: [] };
  if (input.type === 'expire') changeView(turn, me.view + 1);
  else receive(turn, input.from, input.message);
  if (me.isForsaken) changeView(turn, me.view + 1);
  propose(turn);
  return turn.outputs;
}

function receive(turn: Turn, from: number | `c${number}`, message: SymbolicMessage): void {
  if ('by' in message && message.by === turn.me.id) return;
  switch (message.type) {
    case 'request':
      return onRequest(turn, from, message);
    case 'pre-prepare':
    case 'prepare':
    case 'commit':
      return isEarly(turn.me, message) ? keepEarly(turn, message) : onAgreement(turn, message);
    case 'checkpoint':
      return onCheckpoint(turn, message);
    case 'view-change':
      return onViewChange(turn, message);
    case 'new-view':
      return onNewView(turn, message);
    case 'body':
      return onBody(turn, message);
    case 'decision':
      return onDecision(turn, message);
    case 'reply':
    case 'fetch':
  }
}

// Requests, 1.5 and 1.8

function onRequest(turn: Turn, from: number | `c${number}`, request: SymbolicRequest): void {
  const { me, settings, outputs } = turn;
  const { client, timestamp } = request;
  const served = me.served.get(client) ?? 0;
  const waiting = me.queue.get(client);
  if (timestamp < served) return;
  const isRepeated = waiting !== undefined && symbolOf([waiting]) === symbolOf([request]);
  if (waiting !== undefined && timestamp <= waiting.timestamp && !isRepeated) return;
  if (!isRepeated && timestamp === served) return reply(turn, client);
  if (!isRepeated) enqueue(me, request);
  const primary = primaryIn(me.view, settings);
  if (typeof from === 'string' && me.phase === 'normal' && primary !== me.id) {
    outputs.push({ to: primary, message: request });
  }
}

function propose(turn: Turn): void {
  const { me, settings } = turn;
  if (me.phase !== 'normal' || primaryIn(me.view, settings) !== me.id) return;
  while (me.next <= me.low + settings.logSize && me.next - me.lastExecuted <= settings.pipeline) {
    const waiting = [...me.queue.values()].filter(
      ({ client, timestamp }) => timestamp > (me.proposed.get(client) ?? 0),
    );
    if (waiting.length === 0) return;
    const batch = waiting.slice(0, settings.batchMax);
    const { view, next: sequence, id: by } = me;
    me.next++;
    const message = { type: 'pre-prepare', view, sequence, digest: symbolOf(batch), by } as const;
    say(turn, { ...message, batch });
    accept(turn, message, batch);
  }
}
