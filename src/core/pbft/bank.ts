import { assert, defined } from '#core/base/assert.ts';

import type { Argument } from './operation.ts';
import { isAmount, parseAmount } from './operation.ts';
import type { Action, Actions, KeyValueState } from './service.ts';

const deposit: Action = (state, argument) => {
  const [account, amount] = fieldsOf(argument, 2);
  if (typeof account !== 'string' || !isPositive(amount)) return undefined;
  const balance = balanceOf(state, account) + amount;
  if (!isAmount(balance)) return 'error: the balance is too large';
  state.set(account, String(balance));
  return String(balance);
};

const balance: Action = (state, argument) => {
  if (typeof argument !== 'string') return undefined;
  return String(balanceOf(state, argument));
};

/** Moves money whole or not at all: the sum over all accounts stays. */
const transfer: Action = (state, argument) => {
  const [from, to, amount] = fieldsOf(argument, 3);
  if (typeof from !== 'string' || typeof to !== 'string' || !isPositive(amount)) return undefined;
  if (from === to) return 'error: the accounts are the same';
  const remaining = balanceOf(state, from) - amount;
  if (remaining < 0) return 'error: insufficient funds';
  const received = balanceOf(state, to) + amount;
  if (!isAmount(received)) return 'error: the balance is too large';
  state.set(from, String(remaining));
  state.set(to, String(received));
  return String(remaining);
};

/** The bank: balances under accounts. `{"deposit":["a",10]}`, `{"transfer":["a","b",5]}`, `{"balance":"a"}`. */
export const bankActions: Actions = new Map([
  ['deposit', { takes: '["account",positive integer]', apply: deposit }],
  ['transfer', { takes: '["from","to",positive integer]', apply: transfer }],
  ['balance', { takes: '"account"', apply: balance }],
]);

function balanceOf(state: KeyValueState, account: string): number {
  const balance = defined(parseAmount(state.get(account) ?? '0'), 'a balance is an integer');
  assert(balance >= 0, 'no account is overdrawn');
  return balance;
}

function fieldsOf(argument: Argument, count: number): readonly (string | number)[] {
  return typeof argument === 'object' && argument.length === count ? argument : [];
}

function isPositive(value: unknown): value is number {
  return isAmount(value) && value > 0;
}
