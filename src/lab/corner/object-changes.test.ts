import { describe, expect, it } from 'vitest';

import type { ObjectChange } from '#core/persistent/index.ts';

import { fieldsChanged } from './object-changes.ts';

function object(id: number, fields: ObjectChange['fields'], type = 'Pinger'): ObjectChange {
  return { id, kind: 'class', type, fields };
}

describe('changed fields', () => {
  it('are those whose text differs, and all of a new object', () => {
    const before = [object(1, { count: '0', messages: 'Source #2' }), object(3, { a: '1' })];
    const record = [
      object(1, { count: '1', messages: 'Source #2' }),
      object(3, { a: '1' }),
      object(4, { a: '1', b: '2' }),
    ];

    expect(fieldsChanged(before, record)).toEqual(
      new Map([
        [1, ['count']],
        [3, []],
        [4, ['a', 'b']],
      ]),
    );
  });

  it('are all of a frame that waits elsewhere now', () => {
    const before = [object(1, { i: '0' }, 'beat() at line 8')];
    const after = [object(1, { i: '0' }, 'beat() at line 9')];

    expect(fieldsChanged(before, after)).toEqual(new Map([[1, ['i']]]));
  });
});
