import { describe, expectTypeOf, it } from 'vitest';

import {
  all,
  any,
  type Awaitable,
  sleep,
  type Source,
  type Stream,
} from '#core/persistent/index.ts';

class Apple {
  readonly weight = 1;
}
class Pear {
  readonly colour = 'green';
}

// Checked by tsc: none of these functions is called.
const race = async (letter: Awaitable<string>, vote: Awaitable<number>): Promise<void> => {
  const won = await any({ letter, vote, late: sleep(1) });
  expectTypeOf(won.tag).toEqualTypeOf<'letter' | 'vote' | 'late'>();
  if (won.tag === 'letter') expectTypeOf(won.value).toEqualTypeOf<string>();
  else if (won.tag === 'vote') expectTypeOf(won.value).toEqualTypeOf<number>();
  else expectTypeOf(won.value).toEqualTypeOf<void>();
};
const both = (letter: Awaitable<string>) => all([letter, 7, sleep(1)]);
const greatest = (fruit: Source<Apple>): unknown =>
  // @ts-expect-error An apple is neither greater nor less than another.
  fruit.max();
const loop = async (numbers: Source<number>): Promise<void> => {
  for await (const n of numbers) expectTypeOf(n).toEqualTypeOf<number>();
};

describe('types', () => {
  it('a sleep has no value, an awaitable its own', () => {
    expectTypeOf<Awaited<ReturnType<typeof sleep>>>().toEqualTypeOf<void>();
    expectTypeOf<Awaited<Awaitable<string>>>().toEqualTypeOf<string>();
  });

  it('any() is a tagged union that a test of the tag narrows', () => {
    expectTypeOf(race).returns.resolves.toEqualTypeOf<void>();
  });

  it('all() keeps places and takes plain values', () => {
    expectTypeOf<Awaited<ReturnType<typeof both>>>().toEqualTypeOf<[string, 7, void]>();
  });

  it('operators carry the type on', () => {
    const chains = (numbers: Source<number>, fruit: Source<Apple | Pear>) => ({
      text: numbers.map((n) => `${n}`),
      sum: numbers.scan('', (sum, n) => sum + n),
      apples: fruit.where((f) => f instanceof Apple),
      pears: fruit.ofType(Pear).map((pear) => pear.colour),
      pairs: numbers.zip(fruit),
      either: numbers.merge(fruit),
      lists: numbers.buffer(2),
      max: numbers.max(),
      next: numbers.next(5),
      some: numbers.waitFor(2, 5),
      queued: numbers.queue().next(),
    });
    type Chains = ReturnType<typeof chains>;
    expectTypeOf<Chains['text']>().toEqualTypeOf<Stream<string>>();
    expectTypeOf<Chains['sum']>().toEqualTypeOf<Stream<string>>();
    expectTypeOf<Chains['apples']>().toEqualTypeOf<Stream<Apple>>();
    expectTypeOf<Chains['pears']>().toEqualTypeOf<Stream<string>>();
    expectTypeOf<Chains['pairs']>().toEqualTypeOf<Stream<readonly [number, Apple | Pear]>>();
    expectTypeOf<Chains['either']>().toEqualTypeOf<Stream<number | Apple | Pear>>();
    expectTypeOf<Chains['lists']>().toEqualTypeOf<Stream<readonly number[]>>();
    expectTypeOf<Chains['max']>().toEqualTypeOf<Stream<number>>();
    expectTypeOf<Awaited<Chains['next']>>().toEqualTypeOf<number>();
    expectTypeOf<Awaited<Chains['some']>>().toEqualTypeOf<readonly number[]>();
    expectTypeOf<Awaited<Chains['queued']>>().toEqualTypeOf<number>();
  });

  it('max and min are only for what can be compared', () => {
    expectTypeOf(greatest).toBeFunction();
  });

  it('for await over a stream binds its events', () => {
    expectTypeOf(loop).toBeFunction();
  });
});
