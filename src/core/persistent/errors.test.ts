import { describe, expect, it } from 'vitest';

import { verifying } from '#core/persistent/store/verifier.ts';

import { Application } from './engine/application.ts';
import { VirtualClock } from './engine/clock.ts';
import { Holder } from './errors-fixture.ts';
import { Engine, MemoryStorage, sleep } from './index.ts';

const OPTIONS = { seed: 'errors', verify: verifying };
const FILE = 'core/persistent/errors-fixture.ts';
const KEEP =
  'keep it out of persistent state, mark the field transient, or pass it as an external.';
const NOT_COMPILED =
  'If its module is marked, it was not compiled: the build lacks the plugin persistent().';

/** What a module that is marked, but was not compiled, leaves at run time. */
class Native {
  readonly port = 1;

  async work(): Promise<void> {
    await sleep(1);
    await sleep(2);
  }
}

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'nothing was thrown';
}

function engineWith(): { readonly engine: Engine; readonly holder: Holder } {
  const engine = Engine.create(OPTIONS);
  const holder = new Holder();
  engine.attach('holder', holder);
  return { engine, holder };
}

/** Why a commit refuses what `hold` has done. */
function refusalOf(hold: (holder: Holder) => void): string {
  const { engine, holder } = engineWith();
  engine.turn(0, () => hold(holder));
  return messageOf(() => engine.commit(1));
}

describe('an error that a user gets at run time', () => {
  it('names the fields that lead to a foreign object', () => {
    expect(refusalOf((holder) => holder.put({ link: new Native() }))).toBe(
      "Cannot persist an instance of Native (class is not declared in a 'use persistent' module)\n" +
        '  found at: roots .holder  →  Holder .field  →  Array [0]  →  Object .link\n' +
        `  Fix: ${KEEP} ${NOT_COMPILED}`,
    );
  });

  it('names the function, the await and the local that hold it', () => {
    expect(refusalOf((holder) => void holder.wait(new Native()))).toBe(
      "Cannot persist an instance of Native (class is not declared in a 'use persistent' module)\n" +
        '  found at: roots .holder  →  Holder .key  →  Awaitable .$waiters  →  ' +
        `${FILE}#Holder.wait() suspended at "await this.key" line 20 .thing\n` +
        `  Fix: ${KEEP} ${NOT_COMPILED}`,
    );
  });

  it('names the closure and the variable it has captured', () => {
    expect(refusalOf((holder) => holder.capture(new Native()))).toBe(
      "Cannot persist an instance of Native (class is not declared in a 'use persistent' module)\n" +
        '  found at: roots .holder  →  Holder .field  →  Array [0]  →  ' +
        `closure ${FILE}#Holder.capture.λ#0 .captured[0]  →  Object .thing\n` +
        `  Fix: ${KEEP} ${NOT_COMPILED}`,
    );
  });

  it.each([
    [
      'a native function',
      messageOf,
      "the function messageOf (not declared in a 'use persistent' module)",
      "declare it in a persistent module; instead of a bound method keep delegate(object, 'method'), instead of a borrowed one an arrow function that calls it.",
    ],
    ['a promise', Promise.resolve(), 'a native promise', 'use an Awaitable.'],
    ['an iterator', [1].values(), 'a native iterator', 'iterate with for...of, or keep an array.'],
    ['a symbol', Symbol('s'), 'the symbol Symbol(s)', 'use a string.'],
    [
      'an object without a prototype',
      Object.create(null),
      'an object without a prototype',
      'use a plain object or a Map.',
    ],
  ])('refuses %s with its way and what to do', (_, thing, what, fix) => {
    expect(refusalOf((holder) => holder.put(thing))).toBe(
      `Cannot persist ${what}\n` +
        '  found at: roots .holder  →  Holder .field  →  Array [0]\n' +
        `  Fix: ${fix}`,
    );
  });

  it('says where a native promise is awaited', () => {
    const { engine, holder } = engineWith();

    engine.turn(0, () => void holder.foreign(Promise.resolve()));

    expect(holder.failures).toEqual([
      `Error: ${FILE}:26:7: awaiting a native promise. It cannot be stored, and settles outside of ` +
        'any turn: await an Awaitable, and complete it in a turn.',
    ]);
  });

  it('names the external that is missing', () => {
    const port = {};
    const engine = Engine.create({ ...OPTIONS, externals: { port } });
    engine.attach('list', [port]);
    const records = [engine.commit(1)];

    expect(messageOf(() => Engine.restore(records, OPTIONS))).toBe(
      "the external 'port' is missing: pass it to restore()",
    );
  });

  it('names the way to a write that bypassed the barrier', () => {
    const { engine, holder } = engineWith();
    engine.commit(1);

    holder.failures = ['by hand'];

    expect(messageOf(() => engine.commit(2))).toBe(
      'A write bypassed the write barrier: now Array\n' +
        '  found at: roots .holder  →  Holder .failures\n' +
        "  Fix: write persistent objects only in 'use persistent' modules, or call touch(object).",
    );
  });

  it('tells that a marked module was not compiled, when its function goes on outside of a turn', async () => {
    const { engine } = engineWith();
    let work: Promise<void> | undefined;
    engine.turn(0, () => {
      work = new Native().work();
    });
    // A native function subscribes only after the turn.
    await Promise.resolve();
    engine.fireTimer(1000);

    await expect(work).rejects.toThrow(
      'sleep() belongs into a turn of an engine, where code of a marked module is only if it was compiled',
    );
  });

  it('of a failed commit stops everything that has not left, and loses nothing', async () => {
    const storage = new MemoryStorage();
    storage.close = () => Promise.resolve();
    const outputs: unknown[] = [];
    const options = {
      ...OPTIONS,
      storage,
      clock: new VirtualClock(),
      onOutput: (output: unknown) => void outputs.push(output),
    };
    const application = await Application.start(options, (engine) => {
      const holder = new Holder();
      engine.attach('holder', holder);
      void holder.wait('sent');
    });
    const { engine } = application;
    const holder = engine.resolve<Holder>('holder');

    const refused = application.schedule(() => {
      holder.key.complete();
      holder.put(new Native());
    });

    await expect(refused).rejects.toThrow('Cannot persist an instance of Native');
    await expect(application.sync()).rejects.toThrow('Cannot persist an instance of Native');
    expect(() => engine.commit(9)).toThrow('Cannot persist an instance of Native');
    expect(outputs).toEqual([]);
    const again = await Application.continue(options);
    await again.schedule(() => again.engine.resolve<Holder>('holder').key.complete());
    expect(outputs).toEqual(['sent']);
  });
});
