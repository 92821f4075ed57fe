import { describe, expect, it } from 'vitest';

import { objectName, sentenceOf } from './corner-words.ts';

const look = {
  nowUs: 0,
  nextTimerUs: undefined,
  records: [410, 96],
  workflows: [],
  objects: [],
  written: [],
};

describe('words of the corner', () => {
  it('says that a record came first', () => {
    const letter = { type: 'letter', number: 0, to: 'Ann', text: 'hello' } as const;
    const last = { type: 'stepped', input: 'timer', released: [letter], bytes: 96 } as const;

    expect(sentenceOf({ last, durable: look })).toBe(
      'A timer rang. A record of 96 B was written, and only then 1 letter left.',
    );
    expect(sentenceOf({ last: { ...last, released: [] }, durable: look })).toBe(
      'A timer rang. A record of 96 B was written; nothing left the worker.',
    );
  });

  it('says what became of a turn that was killed', () => {
    expect(sentenceOf({ last: { type: 'killed', at: 'turn' }, durable: look })).toBe(
      'The worker is terminated and its memory gone; the disk has 2 records. Its turn had run and was not written: it never happened.',
    );
  });

  it('names objects shortly', () => {
    expect(
      objectName({
        id: 1,
        kind: 'frame',
        type: 'core/a.ts#A.run() suspended at "await sleep(1)" line 12',
        fields: {},
      }),
    ).toBe('A.run() at line 12');
    expect(objectName({ id: 1, kind: 'class', type: 'runtime#Source', fields: {} })).toBe('Source');
    expect(objectName({ id: 1, kind: 'array', type: 'Array', fields: {} })).toBe('Array');
  });
});
