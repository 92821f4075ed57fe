import { describe, expect, it } from 'vitest';

import { Engine, StoreError, touch } from '#core/persistent/index.ts';

import { Box, Garden } from './graph-fixture.ts';
import { verifying } from './verifier.ts';

const OPTIONS = { seed: 'garden', verify: verifying };

/** Why `content` does not go to storage. */
function refusalOf(content: unknown): string {
  try {
    const engine = Engine.create(OPTIONS);
    engine.attach('box', new Box('it', content));
    engine.commit(1);
  } catch (error) {
    if (error instanceof StoreError) return error.message;
    throw error;
  }
  return 'it was stored';
}

class Foreign {
  readonly port = 1;
}

describe('what cannot be stored', () => {
  it('[R9] is refused with the way to it and what to do', () => {
    const engine = Engine.create(OPTIONS);
    const garden = new Garden();
    engine.attach('garden', garden);
    engine.turn(0, () => {
      garden.setKey('src', [new Box('b', { port: new Foreign() })]);
    });

    expect(() => engine.commit(1)).toThrow(
      "Cannot persist an instance of Foreign (class is not declared in a 'use persistent' module)\n" +
        '  found at: roots .garden  →  Garden .map  →  Map ["src"]  →  Array [0]  →  Box .content  →  Object .port\n' +
        '  Fix: keep it out of persistent state, mark the field transient, or pass it as an external.',
    );
  });

  it('[R9] is named by the local variable of the suspended function that holds it', () => {
    const engine = Engine.create(OPTIONS);
    const garden = new Garden();
    engine.attach('garden', garden);
    engine.turn(0, () => void garden.hold(new Foreign()));

    expect(() => engine.commit(1)).toThrow(
      /roots \.garden {2}→ {2}Garden \.gate {2}→ {2}Awaitable \.\$waiters {2}→ {2}.*graph-fixture\.ts#Garden\.hold\(\) suspended at "await this\.gate" line \d+ \.secret\n/,
    );
  });

  it('[R9] is named by the variable of the closure that has captured it', () => {
    expect(refusalOf(new Garden().remember(new Foreign()))).toMatch(
      /Box \.content {2}→ {2}closure .*graph-fixture\.ts#Garden\.remember.* \.captured\[0\] {2}→ {2}Object \.value\n/,
    );
  });

  it.each([
    [() => 1, 'Cannot persist the function'],
    [Object.create(null), 'Cannot persist an object without a prototype'],
    [Promise.resolve(), 'Cannot persist a native promise'],
    [[1].values(), 'Cannot persist a native iterator'],
    [new WeakMap(), 'Cannot persist an instance of WeakMap'],
    [/x/, 'Cannot persist an instance of RegExp'],
    [Symbol('s'), 'Cannot persist the symbol Symbol(s)'],
    [{ [Symbol('s')]: 1 }, 'Cannot persist a field named Symbol(s)'],
  ])('[R9] %o is refused', (content, reason) => {
    expect(refusalOf(content)).toContain(reason);
    expect(refusalOf(content)).toContain('found at: roots .box  →  Box .content');
  });

  it('[R9] leaves everything to be written by the next commit, once it is gone', () => {
    const engine = Engine.create(OPTIONS);
    const garden = new Garden();
    engine.attach('garden', garden);
    const records = [engine.commit(1)];
    engine.turn(0, () => {
      garden.setKey('good', { unseen: ['before'] });
      garden.setField('bad', new Foreign());
      garden.push(new Box('new', 'string'));
    });
    expect(() => engine.commit(2)).toThrow(StoreError);
    expect(() => engine.commit(2)).toThrow(StoreError);

    engine.turn(0, () => garden.deleteField('bad'));
    records.push(engine.commit(2));

    expect(Engine.restore(records, OPTIONS).snapshot(2)).toEqual(engine.snapshot(2));
  });

  it('[R9] does no harm in garbage', () => {
    const engine = Engine.create(OPTIONS);
    const garden = new Garden();
    engine.attach('garden', garden);
    const box = new Box('dropped');
    engine.turn(0, () => garden.add(box));
    const records = [engine.commit(1)];
    engine.turn(0, () => {
      box.put(new Foreign());
      garden.clear();
    });

    records.push(engine.commit(2));
    engine.turn(0, () => {
      box.put('clean again');
      garden.add(box);
    });
    records.push(engine.commit(3));

    const back = Engine.restore(records, OPTIONS).resolve<Garden>('garden');
    expect([...back.set]).toEqual([new Box('dropped', 'clean again')]);
  });
});

describe('verify mode', () => {
  it('[R10] names the way to a write nobody was told of', () => {
    const engine = Engine.create(OPTIONS);
    const shelf = { bottles: [{ full: true }] };
    engine.attach('box', new Box('it', new Map([['shelf', shelf]])));
    engine.commit(1);

    engine.turn(0, () => {
      for (const bottle of shelf.bottles) bottle.full = false;
    });

    expect(() => engine.commit(2)).toThrow(
      'A write bypassed the write barrier: now false\n' +
        '  found at: roots .box  →  Box .content  →  Map ["shelf"]  →  Object .bottles  →  Array [0]  →  Object .full\n',
    );
    engine.turn(0, () => shelf.bottles.forEach((bottle) => touch(bottle)));
    engine.commit(2);
  });

  it.each([
    ['a field that is gone', { a: 1 }, (o: object) => Reflect.deleteProperty(o, 'a')],
    ['a byte', { a: new Uint8Array(3) }, (o: { a?: unknown }) => fill(o.a)],
    ['an element', [1], (o: unknown) => Array.isArray(o) && o.push(2)],
  ] as [string, object, (o: object) => unknown][])('[R10] sees %s', (_, content, write) => {
    const engine = Engine.create(OPTIONS);
    engine.attach('box', new Box('it', content));
    const records = [engine.commit(1)];
    const again = Engine.restore(records, OPTIONS);

    write(content);
    write(Object(again.resolve<Box>('box').content));

    expect(() => engine.commit(2)).toThrow('bypassed the write barrier');
    expect(() => again.commit(2)).toThrow('bypassed the write barrier');
  });
});

function fill(bytes: unknown): void {
  if (bytes instanceof Uint8Array) bytes.fill(7);
}
