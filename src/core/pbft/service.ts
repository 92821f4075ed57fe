import { bankActions } from './bank.ts';
import type { ServiceName } from './configuration.ts';
import { keyValueActions } from './key-value.ts';
import { listActions } from './list.ts';
import type { Argument } from './operation.ts';
import { parseOperation } from './operation.ts';
import { bounds, isTextWithin } from './reading.ts';

/** The state that a service works on: its caller keeps it, checkpoints it and restores it. */
export interface KeyValueState {
  get(key: string): string | undefined;
  set(key: string, value: string): unknown;
  delete(key: string): unknown;
  entries(): Iterable<readonly [string, string]>;
}

/**
 * What a service does for one action: the result, or undefined if the argument is not what it takes.
 * A deterministic function of state and argument that either fails or has its whole effect.
 */
export type Action = (state: KeyValueState, argument: Argument) => string | undefined;

/** The actions of a service by name, with what each takes, for the error message. */
export type Actions = ReadonlyMap<string, { readonly takes: string; readonly apply: Action }>;

const services: Readonly<Record<ServiceName, Actions>> = {
  'key-value': keyValueActions,
  bank: bankActions,
  list: listActions,
};

/**
 * Applies an operation to the state and gives its result. Never fails: what the service does not
 * understand, or refuses, is a result that begins with `error:` and leaves the state alone, the same everywhere.
 */
export function applyOperation(service: ServiceName, state: KeyValueState, text: string): string {
  const operation = parseOperation(text);
  if (!operation) return 'error: malformed operation';
  const action = services[service].get(operation.action);
  if (!action) return 'error: unknown operation';
  const result = action.apply(state, operation.argument);
  if (result === undefined) return `error: ${operation.action} takes ${action.takes}`;
  return isTextWithin(result, bounds.resultBytes) ? result : 'error: the result is too long';
}
