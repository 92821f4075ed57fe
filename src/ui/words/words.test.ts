import { describe, expect, it } from 'vitest';

import type { TraceEvent } from '#core/network/trace-event.ts';
import { sampleTrace } from '#ui/picture/sample-trace.ts';

import { explanation } from './explanation.ts';
import { operationText, parseTypedOperation } from './operation-text.ts';
import { sentence } from './sentence.ts';
import { spokenSummary } from './spoken-summary.ts';

describe('operation', () => {
  it.each([
    ['{"put":["x","1"]}', 'put x 1'],
    ['{"get":"x"}', 'get x'],
    ['{"add":["x",5]}', 'add x 5'],
    ['no JSON', 'no JSON'],
  ])('reads %s as words', (json, words) => {
    expect(operationText(json)).toBe(words);
  });

  it.each([
    ['put x 1', { put: ['x', '1'] }],
    ['get x', { get: 'x' }],
    ['add x 5', { add: ['x', 5] }],
    ['transfer a b 5', { transfer: ['a', 'b', 5] }],
    ['append two words', { append: 'two words' }],
    ['{"add":["x",-1]}', { add: ['x', -1] }],
  ])('is understood when typed as %s', (text, operation) => {
    expect(parseTypedOperation(text)).toEqual({ ok: true, operation });
  });

  it.each(['', 'put x', 'add x many', 'delete x', 'constructor x', '{', '[]', '{"a":1,"b":2}'])(
    'is refused in words when typed as "%s"',
    (text) => {
      expect(parseTypedOperation(text)).toEqual({
        ok: false,
        problem: expect.stringMatching(/\w{3}/),
      });
    },
  );
});

describe('sentence', () => {
  it('is one for every event of a run, beginning with a capital and ending with a full stop', () => {
    const sentences = sampleTrace({ replicas: 4, requests: 2 }).map(sentence);

    expect(sentences.filter((said) => !/^[A-Z].*\.$/.test(said))).toEqual([]);
  });

  it('says that a crash undid what was never written', () => {
    const event: TraceEvent = {
      id: 1,
      atMs: 2,
      process: 2,
      lost: true,
      type: 'checkpoint',
      sequence: 4,
      digest: 'ab',
    };

    expect(sentence(event)).toBe(
      'Replica 2 took a checkpoint at sequence 4. The crash undid this: it was never written.',
    );
  });

  it('has a reason behind it', () => {
    const reasons = sampleTrace({ replicas: 4, requests: 1 }).map(
      (event) => explanation(event).why,
    );

    expect(reasons.filter((why) => why === '')).toEqual([]);
  });
});

describe('spoken summary', () => {
  it('prefers what matters most', () => {
    const trace = sampleTrace({ replicas: 4, requests: 1 });

    expect(spokenSummary(trace)).toBe('Client c0 accepted the result ok: 2 replicas agree on it.');
    expect(spokenSummary([])).toBeUndefined();
  });
});
