import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { isCbor } from '#core/base/cbor.ts';

import type { ServiceName } from './configuration.ts';
import { bounds } from './reading.ts';
import { applyOperation } from './service.ts';

/** Applies operations to an empty state; gives the results, and the state at the end. */
function run(
  service: ServiceName,
  ...operations: readonly unknown[]
): { results: string[]; state: Record<string, string> } {
  const state = new Map<string, string>();
  const results = operations.map((operation) =>
    applyOperation(
      service,
      state,
      typeof operation === 'string' ? operation : JSON.stringify(operation),
    ),
  );
  return { results, state: Object.fromEntries(state) };
}

const services: readonly ServiceName[] = ['key-value', 'bank', 'list'];

describe('key-value service', () => {
  it('[N21] puts, gets and adds', () => {
    expect(
      run(
        'key-value',
        { put: ['x', '1'] },
        { get: 'x' },
        { add: ['x', 2] },
        { add: ['y', -3] },
        { put: ['x', ''] },
        { get: 'x' },
      ),
    ).toEqual({ results: ['ok', '1', '3', '-3', 'ok', ''], state: { x: '', y: '-3' } });
  });

  it.each([
    {
      why: 'a key that is not there',
      before: [],
      operation: { get: 'x' },
      error: 'error: no such key',
    },
    {
      why: 'a value that is no integer',
      before: [{ put: ['x', 'one'] }],
      operation: { add: ['x', 1] },
      error: 'error: the value is no integer',
    },
    {
      why: 'a value written in another way',
      before: [{ put: ['x', '01'] }],
      operation: { add: ['x', 1] },
      error: 'error: the value is no integer',
    },
    {
      why: 'a sum beyond 2^53',
      before: [{ put: ['x', String(Number.MAX_SAFE_INTEGER)] }],
      operation: { add: ['x', 1] },
      error: 'error: the sum is too large',
    },
    {
      why: 'a fraction',
      before: [],
      operation: { add: ['x', 0.5] },
      error: 'error: add takes ["key",integer]',
    },
    {
      why: 'an amount in text',
      before: [],
      operation: { add: ['x', '1'] },
      error: 'error: add takes ["key",integer]',
    },
    {
      why: 'a number to put',
      before: [],
      operation: { put: ['x', 1] },
      error: 'error: put takes ["key","value"]',
    },
    {
      why: 'one part too many',
      before: [],
      operation: { put: ['x', '1', '2'] },
      error: 'error: put takes ["key","value"]',
    },
    {
      why: 'a key that is a number',
      before: [],
      operation: { put: [1, '1'] },
      error: 'error: put takes ["key","value"]',
    },
    {
      why: 'a list to get',
      before: [],
      operation: { get: ['x'] },
      error: 'error: get takes "key"',
    },
  ])('[N21] answers $why with an error, and changes nothing', ({ before, operation, error }) => {
    const { results, state } = run('key-value', ...before, operation);
    expect(results.at(-1)).toBe(error);
    expect(state).toEqual(run('key-value', ...before).state);
  });
});

describe('bank', () => {
  it('[N21] deposits, transfers and tells balances', () => {
    expect(
      run(
        'bank',
        { deposit: ['a', 10] },
        { transfer: ['a', 'b', 4] },
        { balance: 'a' },
        { balance: 'b' },
        { balance: 'c' },
      ),
    ).toEqual({ results: ['10', '6', '6', '4', '0'], state: { a: '6', b: '4' } });
  });

  it.each([
    {
      why: 'more than there is',
      operation: { transfer: ['a', 'b', 11] },
      error: 'error: insufficient funds',
    },
    {
      why: 'from an account without money',
      operation: { transfer: ['c', 'a', 1] },
      error: 'error: insufficient funds',
    },
    {
      why: 'to itself',
      operation: { transfer: ['a', 'a', 1] },
      error: 'error: the accounts are the same',
    },
    {
      why: 'nothing',
      operation: { transfer: ['a', 'b', 0] },
      error: 'error: transfer takes ["from","to",positive integer]',
    },
    {
      why: 'less than nothing',
      operation: { transfer: ['a', 'b', -1] },
      error: 'error: transfer takes ["from","to",positive integer]',
    },
    {
      why: 'a fraction',
      operation: { transfer: ['a', 'b', 0.5] },
      error: 'error: transfer takes ["from","to",positive integer]',
    },
    {
      why: 'without a target',
      operation: { transfer: ['a', 1] },
      error: 'error: transfer takes ["from","to",positive integer]',
    },
    {
      why: 'beyond 2^53 to an account',
      operation: { deposit: ['a', Number.MAX_SAFE_INTEGER] },
      error: 'error: the balance is too large',
    },
    {
      why: 'a debt',
      operation: { deposit: ['a', -1] },
      error: 'error: deposit takes ["account",positive integer]',
    },
    {
      why: 'the balance of a list',
      operation: { balance: ['a'] },
      error: 'error: balance takes "account"',
    },
  ])('[N21] refuses to move $why, and moves nothing', ({ operation, error }) => {
    expect(run('bank', { deposit: ['a', 10] }, operation)).toEqual({
      results: ['10', error],
      state: { a: '10' },
    });
  });

  it('[N21] neither makes nor loses money in transfers', () => {
    const account = fc.constantFrom('a', 'b', 'c');
    const transfers = fc.array(fc.tuple(account, account, fc.integer({ min: -2, max: 12 })));
    fc.assert(
      fc.property(transfers, (transfers) => {
        const { state } = run(
          'bank',
          { deposit: ['a', 10] },
          ...transfers.map((transfer) => ({ transfer })),
        );
        const balances = Object.values(state).map(Number);
        expect(balances.reduce((sum, balance) => sum + balance, 0)).toBe(10);
        expect(Math.min(...balances)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('list', () => {
  it('[N21] appends in the order of execution and reads back', () => {
    expect(run('list', { append: 'one' }, { append: 'two' }, { read: 2 }, { read: 1 })).toEqual({
      results: ['1', '2', 'two', 'one'],
      state: { '1': 'one', '2': 'two', length: '2' },
    });
  });

  it.each([
    { operation: { read: 3 }, error: 'error: no such position' },
    { operation: { read: 0 }, error: 'error: no such position' },
    { operation: { read: 'length' }, error: 'error: read takes a position' },
    { operation: { append: 1 }, error: 'error: append takes "text"' },
  ])('[N21] answers $operation with an error', ({ operation, error }) => {
    expect(run('list', { append: 'one' }, operation).results[1]).toBe(error);
  });
});

describe.each(services)('the %s service', (service) => {
  it.each([
    { text: '', error: 'error: malformed operation' },
    { text: 'put x 1', error: 'error: malformed operation' },
    { text: 'null', error: 'error: malformed operation' },
    { text: '1', error: 'error: malformed operation' },
    { text: '["append","x"]', error: 'error: malformed operation' },
    { text: '{}', error: 'error: malformed operation' },
    { text: '{"get":"x","put":["x","1"]}', error: 'error: malformed operation' },
    { text: '{"append":null}', error: 'error: malformed operation' },
    { text: '{"append":{"a":1}}', error: 'error: malformed operation' },
    { text: '{"append":"\\ud800"}', error: 'error: malformed operation' },
    { text: '{"put":["\\udc00","1"]}', error: 'error: malformed operation' },
    { text: '{"fly":"x"}', error: 'error: unknown operation' },
    { text: '{"__proto__":"x"}', error: 'error: unknown operation' },
    { text: '{"constructor":"x"}', error: 'error: unknown operation' },
  ])('[N21] answers $text with $error', ({ text, error }) => {
    expect(run(service, text)).toEqual({ results: [error], state: {} });
  });

  it('[N21] gives a result of bounded size and a state that can be digested, whatever it is told', () => {
    const name = fc.constantFrom(
      'put',
      'get',
      'add',
      'deposit',
      'transfer',
      'balance',
      'append',
      'read',
    );
    const operation = fc
      .tuple(name, fc.jsonValue())
      .map(([name, argument]) => JSON.stringify({ [name]: argument }));
    fc.assert(
      fc.property(fc.array(fc.oneof(operation, fc.json(), fc.string())), (operations) => {
        const { results, state } = run(service, ...operations);
        expect(isCbor([...results, ...Object.entries(state)])).toBe(true);
        expect(Math.max(0, ...results.map((result) => result.length))).toBeLessThanOrEqual(
          bounds.resultBytes,
        );
      }),
    );
  });
});
