import { describe, expect, it, vi } from 'vitest';

import { verifying } from '#core/persistent/store/verifier.ts';

import type { $Frame } from './frame.ts';

/** Awaits of a function, as an edition of the program has them. */
interface Edition {
  readonly className?: string;
  readonly functionName?: string;
  readonly awaits: readonly string[];
  readonly live?: readonly string[];
  readonly oldName?: string;
  readonly file?: string;
  readonly functionClass?: string;
}

/** The runtime with an edition of a program in it: a `Shop` whose function waits at await `pc`. */
async function load(edition: Edition) {
  const { className = 'Shop', functionName = 'serve', awaits, live = ['customer'] } = edition;
  const { file = 'shop.ts', functionClass = 'Shop' } = edition;
  vi.resetModules();
  const { Engine, Awaitable, alias, migrate, persistable, post } =
    await import('#core/persistent/index.ts');
  const { $aw, $class, $fn, $Frame, $start } = await import('./compiled.ts');

  class Shop {
    readonly open = new Awaitable();
  }
  class ServeFrame extends $Frame {
    at = 1;
    customer: unknown = undefined;
  }
  $class(`${file}#${className}`, Shop);
  const code = $fn(
    `${file}#${functionClass}.${functionName}`,
    1,
    ServeFrame,
    ($) => {
      const shop = $.$self;
      if ($.$pc === 0 && shop instanceof Shop) return $aw($, $.at, shop.open);
      post({ served: $.customer, after: $.$pc });
      return undefined;
    },
    awaits.map((text, i) => ({ text, line: 10 + i, column: 3, live })),
  );
  if (edition.oldName !== undefined) alias(edition.oldName, Shop);
  const options = { seed: 's', verify: verifying };
  const goOnWith = (engine: ReturnType<typeof Engine.create>): readonly unknown[] =>
    engine.turn(0, () => engine.resolve<Shop>('shop').open.complete());
  return {
    alias,
    migrate,
    upgrade(version: number, upgrade: ((shop: object, from: number) => void) | undefined): void {
      persistable(Shop, upgrade === undefined ? { version } : { version, upgrade });
    },
    /** As goOn, but with one more record and one more restart in between. */
    goOnFromNextLog(records: readonly Uint8Array[]): readonly unknown[] {
      const engine = Engine.restore(records, options);
      return goOnWith(Engine.restore([...records, engine.commit(2)], options));
    },
    /** The storage log of a shop whose function is suspended at await number `pc`. */
    suspendedAt(pc: number): Uint8Array[] {
      const engine = Engine.create(options);
      const shop = new Shop();
      engine.attach('shop', shop);
      engine.turn(0, () => {
        const frame: ServeFrame & $Frame = new ServeFrame();
        frame.at = pc;
        frame.customer = 'Ann';
        $start(code, frame, shop);
      });
      return [engine.commit(1)];
    },
    /** What the function posts when it goes on from there. */
    goOn(records: readonly Uint8Array[]): readonly unknown[] {
      return goOnWith(Engine.restore(records, options));
    },
  };
}

const FIRST = { awaits: ['await this.open', 'await pay()', 'await this.open'] };

describe('a suspended function', () => {
  it('[R14] goes on at the same await when others were put in front of it', async () => {
    const records = (await load(FIRST)).suspendedAt(2);

    const next = await load({ awaits: ['await scan()', 'await this.open', 'await pay()'] });

    expect(next.goOn(records)).toEqual([{ served: 'Ann', after: 3 }]);
  });

  it('[R14] tells awaits with the same text apart by their order', async () => {
    const records = (await load(FIRST)).suspendedAt(3);

    const next = await load({ awaits: ['await this.open', 'await this.open', 'await scan()'] });

    expect(next.goOn(records)).toEqual([{ served: 'Ann', after: 2 }]);
  });

  it('[R14] is refused when its await is gone', async () => {
    const records = (await load(FIRST)).suspendedAt(2);
    const next = await load({ awaits: ['await this.open', 'await payLater()'] });

    expect(() => next.goOn(records)).toThrow(
      'shop.ts#Shop.serve has no await "await pay()" any more, and a call of it is suspended there. ' +
        "Restore it, or say with migrate('shop.ts#Shop.serve', …) where the call goes on.",
    );
  });

  it('[R14] is refused when it is gone itself', async () => {
    const records = (await load(FIRST)).suspendedAt(1);
    const next = await load({ ...FIRST, functionName: 'sell' });

    expect(() => next.goOn(records)).toThrow(
      'the function shop.ts#Shop.serve is gone, and a call of it is suspended at "await this.open". ' +
        "Restore it, or name its successor with alias('shop.ts#Shop.serve', …).",
    );
  });

  it('[R14] has new locals undefined', async () => {
    const records = (await load({ ...FIRST, live: [] })).suspendedAt(1);

    expect((await load(FIRST)).goOn(records)).toEqual([{ served: undefined, after: 1 }]);
  });
});

describe('a migration', () => {
  it('[R14] moves a call whose await is gone, with its locals', async () => {
    const records = (await load(FIRST)).suspendedAt(2);
    const next = await load({ awaits: ['await scan()', 'await payLater()'] });
    const seen: unknown[] = [];
    next.migrate('shop.ts#Shop.serve', (call) => {
      seen.push(call);
      return {
        await: 'await payLater()',
        locals: { customer: `${String(call.locals['customer'])}!` },
      };
    });

    expect(next.goOn(records)).toEqual([{ served: 'Ann!', after: 2 }]);
    expect(seen).toEqual([{ await: 'await pay()', ordinal: 0, locals: { customer: 'Ann' } }]);
    expect(next.goOnFromNextLog(records)).toEqual([{ served: 'Ann!', after: 2 }]);
    expect(seen).toHaveLength(2);
  });

  it('[R14] is refused when it names an await that is not there', async () => {
    const records = (await load(FIRST)).suspendedAt(2);
    const next = await load({ awaits: ['await scan()'] });
    next.migrate('shop.ts#Shop.serve', ({ locals }) => ({ await: 'await nothing()', locals }));

    expect(() => next.goOn(records)).toThrow('names an await that is not there: "await nothing()"');
  });
});

describe('an alias', () => {
  it('[R14] of a class holds for its methods', async () => {
    const records = (await load(FIRST)).suspendedAt(1);
    const next = await load({
      ...FIRST,
      className: 'Store',
      functionClass: 'Store',
      oldName: 'shop.ts#Shop',
    });

    expect(next.goOn(records)).toEqual([{ served: 'Ann', after: 1 }]);
  });

  it('[R14] of a method is given by name', async () => {
    const records = (await load(FIRST)).suspendedAt(1);
    const next = await load({ ...FIRST, functionName: 'sell' });
    next.alias('shop.ts#Shop.serve', 'shop.ts#Shop.sell');

    expect(next.goOn(records)).toEqual([{ served: 'Ann', after: 1 }]);
  });

  it('[R14] of a file holds for all in it', async () => {
    const records = (await load(FIRST)).suspendedAt(1);
    const next = await load({ ...FIRST, file: 'store/shop.ts' });
    next.alias('shop.ts', 'store/shop.ts');

    expect(next.goOn(records)).toEqual([{ served: 'Ann', after: 1 }]);
  });
});

describe('a class with a version', () => {
  it('[R14] has its older objects upgraded once, when all are there', async () => {
    const records = (await load(FIRST)).suspendedAt(1);
    const next = await load(FIRST);
    const from: number[] = [];
    next.upgrade(2, (shop, version) => {
      from.push(version);
      Object.assign(shop, { name: 'new' });
    });

    expect(next.goOnFromNextLog(records)).toEqual([{ served: 'Ann', after: 1 }]);
    expect(from).toEqual([0]);
  });

  it('[R14] is refused when the stored version is newer, or when nothing upgrades it', async () => {
    const older = await load(FIRST);
    const records = older.suspendedAt(1);
    const newer = await load(FIRST);
    newer.upgrade(2, () => undefined);
    const upgraded = newer.suspendedAt(1);

    expect(() => older.goOn(upgraded)).toThrow('version 2 of shop.ts#Shop is newer than 0');
    const careless = await load(FIRST);
    careless.upgrade(3, undefined);
    expect(() => careless.goOn(records)).toThrow('nothing upgrades shop.ts#Shop from version 0');
  });
});

describe('a closure', () => {
  it('[R14] that is gone is missed by name', async () => {
    vi.resetModules();
    const { Engine } = await import('#core/persistent/index.ts');
    const { $clo, $code } = await import('./compiled.ts');
    const engine = Engine.create({ seed: 's' });
    const code = $code(
      'shop.ts#serve.λ#0',
      ([customer]) =>
        () =>
          customer,
      7,
    );
    engine.attach('closure', $clo(code, [{ name: 'Ann' }], undefined));
    const records = [engine.commit(1)];

    vi.resetModules();
    const next = await import('#core/persistent/index.ts');

    expect(() => next.Engine.restore(records, { seed: 's' })).toThrow(
      "the closure shop.ts#serve.λ#0 is gone. Restore it, or name its successor with alias('shop.ts#serve.λ#0', …).",
    );
  });
});

describe('a class', () => {
  it('[R14] of the runtime that a bundle has left out is to be imported', async () => {
    const records = (await load({ ...FIRST, file: 'runtime' })).suspendedAt(1);

    const next = await load({ ...FIRST, file: 'other.ts' });

    expect(() => next.goOn(records)).toThrow(
      "the class runtime#Shop is gone. Import it from 'persistent'.",
    );
  });

  it('[R14] that is gone is missed by name, unless its successor has the name as an alias', async () => {
    const records = (await load(FIRST)).suspendedAt(1);
    const without = await load({ ...FIRST, className: 'Store' });
    expect(() => without.goOn(records)).toThrow(
      "the class shop.ts#Shop is gone. Restore it, or name its successor with alias('shop.ts#Shop', …).",
    );

    const next = await load({ ...FIRST, className: 'Store', oldName: 'shop.ts#Shop' });

    expect(next.goOn(records)).toEqual([{ served: 'Ann', after: 1 }]);
  });

  it('is called by its name in storage, whatever a build has made of its name', async () => {
    vi.resetModules();
    const { Awaitable, Engine } = await import('#core/persistent/index.ts');
    const { $class } = await import('./compiled.ts');
    const B = class extends Awaitable {
      inner: unknown = undefined;
    };
    $class('shop.ts#Bell', B);
    const engine = Engine.create({ seed: 's' });
    engine.attach('bell', new B());

    engine.commit(1);

    expect(engine.lastCommit()).toMatchObject([{ type: 'Bell' }]);
  });

  it('is registered once', async () => {
    const { $class } = await import('./compiled.ts');
    class One {
      readonly field = 1;
    }
    class Two extends One {}
    $class('twice.ts#One', One);

    expect(() => $class('twice.ts#One', Two)).toThrow('two things are called twice.ts#One');
  });

  it('that is stored in its own way cannot be extended', async () => {
    const { PersistentMap } = await import('#core/persistent/index.ts');
    const { $class } = await import('./compiled.ts');
    class Index extends PersistentMap<string, number> {}

    expect(() => $class('index.ts#Index', Index)).toThrow('cannot be extended');
  });
});
