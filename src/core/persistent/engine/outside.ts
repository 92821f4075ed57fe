import { written } from '#core/persistent/store/barrier.ts';
import { persistable } from '#core/persistent/store/class-kind.ts';
import { PersistentMap } from '#core/persistent/store/persistent-map.ts';

import { type Ambient, ambient } from './ambient.ts';
import { Awaitable } from './awaitable.ts';
import { WorkflowError } from './workflow-error.ts';

/** A message that is sent, after every restart again, until somebody acknowledges it. */
export class Letter {
  /** The same whenever it is sent: the addressee ignores what it had already. */
  readonly number: number;
  readonly to: string;
  readonly message: unknown;

  constructor(number: number, to: string, message: unknown) {
    this.number = number;
    this.to = to;
    this.message = message;
  }
}

/** Something that the host is asked to do. Its outcome arrives in a turn of its own. */
export class Effect extends Awaitable<unknown> {
  /** The same when it is asked for again after a restart: the world outside does it only once. */
  readonly id: string;
  readonly name: string;
  readonly parameters: readonly unknown[];

  constructor(id: string, name: string, parameters: readonly unknown[]) {
    super();
    this.id = id;
    this.name = name;
    this.parameters = parameters;
  }
}

/** The root under which that is stored, once there is any. */
const OUTSIDE = '$outside';

/** What an engine has begun outside and does not know the end of. One of its roots. */
export class Outside {
  readonly letters = new PersistentMap<number, Letter>();
  readonly effects = new PersistentMap<string, Effect>();
  readonly $numbers = { letter: 0, effect: 0 };

  static of(engine: Roots): Outside {
    const known = engine.find(OUTSIDE);
    if (known instanceof Outside) return known;
    const outside = new Outside();
    engine.attach(OUTSIDE, outside);
    return outside;
  }
}

type Roots = Pick<Ambient, 'find' | 'attach'>;

persistable(Letter, { id: 'runtime#Letter' });
persistable(Effect, { id: 'runtime#Effect' });
persistable(Outside, { id: 'runtime#Outside' });

/** Messages that must arrive. */
export const outbox = {
  /** Sends a message once this turn is durable, and again after each restart, until `ack`. */
  send(to: string, message: unknown): number {
    const engine = ambient('outbox.send()');
    const { letters, $numbers } = Outside.of(engine);
    const letter = new Letter(written($numbers).letter++, to, message);
    letters.set(letter.number, letter);
    engine.post(letter);
    return letter.number;
  },

  /** The addressee has the message. False if it was acknowledged before. */
  ack(number: number): boolean {
    return Outside.of(ambient('outbox.ack()')).letters.delete(number);
  },
};

/**
 * Asks the host for the effect of this name, once this turn is durable, and again after a restart
 * if its outcome is not known by then. What it gives must be storable.
 */
export function external<T>(name: string, ...parameters: readonly unknown[]): Awaitable<T>;
export function external(name: string, ...parameters: readonly unknown[]): Awaitable<unknown> {
  const engine = ambient('external()');
  const { effects, $numbers } = Outside.of(engine);
  const effect = new Effect(`effect-${written($numbers).effect++}`, name, parameters);
  effects.set(effect.id, effect);
  engine.post(effect);
  return effect;
}

/** An effect has failed. Whoever awaits it sees the error; if nobody does, it surfaces as a workflow's does. */
export function failEffect(effect: Effect, error: unknown): void {
  const isAwaited = effect.$isAwaited;
  const place = { function: `effect ${effect.name}`, line: 0 };
  ambient('an effect').failed(effect, new WorkflowError(place, error));
  effect.fail(error);
  if (isAwaited) effect.$take();
}
