import { defined } from '#core/base/assert.ts';

import { isAmount, parseAmount } from './operation.ts';
import type { Action, Actions } from './service.ts';

const lengthKey = 'length';

/** Gives the position of the text, the first being 1. */
const append: Action = (state, argument) => {
  if (typeof argument !== 'string') return undefined;
  const before = defined(parseAmount(state.get(lengthKey) ?? '0'), 'a length is an integer');
  const position = String(before + 1);
  state.set(position, argument);
  state.set(lengthKey, position);
  return position;
};

const read: Action = (state, argument) => {
  if (!isAmount(argument)) return undefined;
  return state.get(String(argument)) ?? 'error: no such position';
};

/** The list: texts in the order of their execution. `{"append":"text"}`, `{"read":1}`. */
export const listActions: Actions = new Map([
  ['append', { takes: '"text"', apply: append }],
  ['read', { takes: 'a position', apply: read }],
]);
