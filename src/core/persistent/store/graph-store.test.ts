import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Engine, persistable } from '#core/persistent/index.ts';

import { Box, Garden, Lid, OutOfStock } from './graph-fixture.ts';
import { verifying } from './verifier.ts';

const OPTIONS = { seed: 'garden', verify: verifying };

/** What comes back when `content` goes to storage. */
function restored(content: unknown, externals: Record<string, object> = {}): unknown {
  const engine = Engine.create({ ...OPTIONS, externals });
  engine.attach('box', new Box('it', content));
  const record = engine.commit(1);
  return Engine.restore([record], { ...OPTIONS, externals }).resolve<Box>('box').content;
}

describe('a value', () => {
  it.each([
    0,
    1,
    127,
    128,
    -1,
    -128,
    2 ** 31,
    2 ** 53 - 1,
    -(2 ** 53) + 1,
    2 ** 60,
    0.1,
    -0,
    NaN,
    Infinity,
    '',
    'a',
    'ä€😀',
    '\ud800',
    'x'.repeat(10_000),
    `${'x'.repeat(9000)}€`,
    true,
    false,
    null,
    undefined,
    0n,
    -5n,
    2n ** 200n,
    new Date(123),
    new Uint8Array([1, 2, 255]),
    [],
    [1, [2]],
    [undefined, null],
    {},
    { a: 1, ['__proto__']: 2, '': 3 },
    new Map<unknown, unknown>([
      [1, 'a'],
      ['1', {}],
    ]),
    new Set([1, 'a']),
  ])('[R8] %s comes back as it was', (value) => {
    expect(restored(value)).toStrictEqual(value);
  });

  it('[R8] holes of an array are holes again', () => {
    const array: unknown[] = [];
    array[2] = 'c';
    array.length = 4;

    expect(restored(array)).toStrictEqual(array);
  });

  it('[R8] any JSON comes back as it was', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(restored(value)).toStrictEqual(value);
      }),
      { numRuns: 200 },
    );
  });

  it('[R8] errors keep class, name, message, cause and fields, but no stack', () => {
    const error = new OutOfStock('tea');
    error.cause = new TypeError('dry');

    const back = restored(error);

    expect(back).toBeInstanceOf(OutOfStock);
    expect(back).toMatchObject({ name: 'OutOfStock', message: 'no tea left', item: 'tea' });
    expect(back).toMatchObject({ cause: new TypeError('dry'), stack: 'OutOfStock: no tea left' });
    expect(Object.keys(Object(restored(new RangeError('x'))))).toEqual([]);
  });
});

describe('an object', () => {
  it('[R8] keeps its identity and its cycles', () => {
    const shared = { name: 'shared' };
    const cycle: Record<string, unknown> = { left: shared, right: shared };
    cycle['self'] = cycle;
    cycle['map'] = new Map([[cycle, new Set([cycle])]]);

    const back = restored(cycle);

    expect(back).toEqual(cycle);
    expect(back).toHaveProperty('left', Reflect.get(Object(back), 'right'));
    expect(Reflect.get(Object(back), 'left')).toBe(Reflect.get(Object(back), 'right'));
    expect(Reflect.get(Object(back), 'self')).toBe(back);
  });

  it('[R8] keeps its class, without its constructor being run', () => {
    const back = restored(new Lid('jar', 3));

    expect(back).toBeInstanceOf(Lid);
    expect(back).toEqual(new Lid('jar', 3));
  });

  it('[R8] may be 100,000 links away', () => {
    let chain: Box | undefined;
    for (let i = 0; i < 100_000; i++) chain = new Box('link', chain);

    let length = 0;
    for (let link = restored(chain); link instanceof Box; link = link.content) length++;

    expect(length).toBe(100_000);
  });

  it('[R8] loses its transient fields', () => {
    expect(restored(new Cached())).toEqual({ kept: 1 });
  });

  it('[R8] that is external is the one that is supplied, and must be', () => {
    const clock = { now: () => 1 };
    expect(restored([clock], { clock })).toEqual([clock]);

    const engine = Engine.create({ ...OPTIONS, externals: { clock } });
    engine.attach('box', new Box('it', clock));
    const record = engine.commit(1);
    expect(() => Engine.restore([record], OPTIONS)).toThrow("the external 'clock' is missing");
  });

  it('[R8] a closure keeps what it has captured', () => {
    const back = restored(new Garden().remember({ deep: [1] }));

    expect(typeof back === 'function' ? back() : undefined).toEqual({ deep: [1] });
  });
});

class Cached {
  kept = 1;
  cache = Promise.resolve();
}
persistable(Cached, { id: 'test#Cached', transient: ['cache'] });
