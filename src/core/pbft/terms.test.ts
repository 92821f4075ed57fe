import { describe, expect, it } from 'vitest';

import {
  clientId,
  digest,
  isNatural,
  replicaId,
  sequenceNumber,
  timestamp,
  view,
} from './terms.ts';

describe('terms', () => {
  it.each([0, 1, Number.MAX_SAFE_INTEGER])('[N2] %d is a natural number', (value) => {
    expect(isNatural(value)).toBe(true);
    for (const term of [view, sequenceNumber, replicaId, clientId, timestamp]) {
      expect(term(value)).toBe(value);
    }
  });

  it.each([-1, -0, 0.5, 2 ** 53, Number.NaN, Infinity])('[N2] %d is none', (value) => {
    expect(isNatural(value)).toBe(false);
    for (const term of [view, sequenceNumber, replicaId, clientId, timestamp]) {
      expect(() => term(value)).toThrow('natural number, not');
    }
  });

  it.each(['1', 1n, null, undefined, [1], {}])('[N2] %o is none either', (value) => {
    expect(isNatural(value)).toBe(false);
  });

  it.each([
    '',
    'a'.repeat(63),
    'a'.repeat(65),
    'A'.repeat(64),
    `${'a'.repeat(63)}g`,
    `${'a'.repeat(64)}\n`,
  ])('[N2] %j is no digest', (value) => {
    expect(() => digest(value)).toThrow('64 lower-case hexadecimal digits');
  });
});
