import type { Argument } from './operation.ts';
import { isAmount, parseAmount } from './operation.ts';
import type { Action, Actions } from './service.ts';

const put: Action = (state, argument) => {
  const pair = pairOf(argument);
  if (!pair || typeof pair[1] !== 'string') return undefined;
  state.set(pair[0], pair[1]);
  return 'ok';
};

const get: Action = (state, argument) => {
  if (typeof argument !== 'string') return undefined;
  return state.get(argument) ?? 'error: no such key';
};

/** A key that is not there counts as 0. */
const add: Action = (state, argument) => {
  const pair = pairOf(argument);
  if (!pair || !isAmount(pair[1])) return undefined;
  const [key, amount] = pair;
  const present = parseAmount(state.get(key) ?? '0');
  if (present === undefined) return 'error: the value is no integer';
  const sum = present + amount;
  if (!isAmount(sum)) return 'error: the sum is too large';
  state.set(key, String(sum));
  return String(sum);
};

/** The key-value service: texts under keys. `{"put":["x","1"]}`, `{"get":"x"}`, `{"add":["x",1]}`. */
export const keyValueActions: Actions = new Map([
  ['put', { takes: '["key","value"]', apply: put }],
  ['get', { takes: '"key"', apply: get }],
  ['add', { takes: '["key",integer]', apply: add }],
]);

type Pair = readonly [key: string, value: string | number];

function pairOf(argument: Argument): Pair | undefined {
  if (typeof argument !== 'object' || argument.length !== 2) return undefined;
  const [key, value] = argument;
  return typeof key === 'string' && value !== undefined ? [key, value] : undefined;
}
