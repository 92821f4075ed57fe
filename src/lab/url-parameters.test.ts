import { describe, expect, it } from 'vitest';

import { addressOf, modeOf, parseUrlParameters } from './url-parameters.ts';

describe('URL parameters', () => {
  it('says nothing when the address says nothing', () => {
    expect(parseUrlParameters('')).toEqual({ parameters: {}, problems: [] });
  });

  it('reads what a link asks for', () => {
    expect(parseUrlParameters('?scenario=normal-case&n=7&seed=3&play=0&rate=0.5')).toEqual({
      parameters: { scenario: 'normal-case', replicas: 7, seed: 3, play: false, rate: 0.5 },
      problems: [],
    });
  });

  it('reads where the disks are', () => {
    expect(parseUrlParameters('?storage=opfs&durability=strict').parameters).toEqual({
      storage: 'opfs',
      durability: 'strict',
    });
  });

  it.each([
    { query: '?n=0', says: 'n=0: expected a number of replicas from 1 to 31' },
    { query: '?n=four', says: 'n=four: expected a number of replicas from 1 to 31' },
    { query: '?seed=-1', says: 'seed=-1: expected a natural number' },
    { query: '?seed=1e3', says: 'seed=1e3: expected a natural number' },
    { query: '?play=yes', says: 'play=yes: expected 0 or 1' },
    { query: '?present=yes', says: 'present=yes: expected 0 or 1' },
    { query: '?embed=', says: 'embed=: expected 0 or 1' },
    { query: '?rate=99', says: 'rate=99: expected virtual seconds per second, from 0.01 to 20' },
    { query: '?rate=', says: 'rate=: expected virtual seconds per second, from 0.01 to 20' },
    { query: '?storage=disk', says: 'storage=disk: expected indexeddb, opfs or memory' },
    { query: '?durability=high', says: 'durability=high: expected relaxed or strict' },
    { query: '?scenario=', says: 'scenario=: expected the name of a scenario' },
  ])('names the parameter it cannot read: $query', ({ query, says }) => {
    expect(parseUrlParameters(query)).toEqual({ parameters: {}, problems: [says] });
  });

  it('keeps the good ones beside a bad one', () => {
    expect(parseUrlParameters('?n=9999&seed=3')).toEqual({
      parameters: { seed: 3 },
      problems: ['n=9999: expected a number of replicas from 1 to 31'],
    });
  });
});

describe('address', () => {
  const scenarios = [{ name: 'normal-case' }];

  it('says which scenario is on show, and keeps what else it says', () => {
    const scenario = { replicas: 7, seed: 3 };

    expect(
      addressOf('https://lab.test/x/?play=0&seed=9', {
        scenarioName: 'normal-case',
        scenarios,
        scenario,
        mode: 'lab',
      }),
    ).toBe('https://lab.test/x/?play=0&scenario=normal-case&n=7&seed=3');
  });

  it('names none that the library does not have', () => {
    const scenario = { replicas: 4, seed: 1 };

    expect(
      addressOf('https://lab.test/?n=7', {
        scenarioName: 'My own',
        scenarios,
        scenario,
        mode: 'lab',
      }),
    ).toBe('https://lab.test/');
  });

  it.each([
    { mode: 'lab', says: 'https://lab.test/' },
    { mode: 'present', says: 'https://lab.test/?present=1' },
    { mode: 'embed', says: 'https://lab.test/?embed=1' },
  ] as const)('says how much is shown: $mode', ({ mode, says }) => {
    expect(
      addressOf('https://lab.test/?present=1', {
        scenarioName: '',
        scenarios,
        scenario: undefined,
        mode,
      }),
    ).toBe(says);
  });
});

describe('mode', () => {
  it.each([
    { query: '', mode: 'lab' },
    { query: '?present=0', mode: 'lab' },
    { query: '?present=1', mode: 'present' },
    { query: '?embed=1', mode: 'embed' },
    { query: '?embed=1&present=1', mode: 'embed' },
  ])('of "$query" is $mode', ({ query, mode }) => {
    expect(modeOf(parseUrlParameters(query).parameters)).toBe(mode);
  });
});
