import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { AssertionError } from '#core/base/assert.ts';

import { Engine } from './engine.ts';
import { OPTIONS, Process } from './process-fixture.ts';
import { sleep, touch } from './services.ts';
import { WorkflowError } from './workflow-error.ts';
import { hello } from './workflow-fixture.ts';

const fixture = readFileSync(new URL('./workflow-fixture.ts', import.meta.url), 'utf8');

describe('a turn', () => {
  it('[R1] runs everything that is ready, in the order in which it became ready', () => {
    const { engine, desk } = new Process();

    engine.turn(0, () => {
      void desk.write('a');
      void desk.write('b');
      desk.letter.complete('hi');
      expect(desk.log).toEqual([]);
    });

    expect(desk.log).toEqual(['a: hi', 'b: hi']);
  });

  it('[R1] goes straight on when what it awaits has settled', () => {
    const { engine, desk } = new Process();

    engine.turn(0, () => {
      desk.letter.complete('hi');
      void desk.write('a');
      expect(desk.log).toEqual(['a: hi']);
    });
  });

  it('[R2] hands out what was posted, in order, with the time of the turn', () => {
    const process = new Process();

    process.turn(() => {
      void process.desk.write('a');
      process.desk.letter.complete('hi');
    });

    expect(process.fire(1_000_000)).toEqual([{ to: 'a', letter: 'hi', at: 1000 }]);
  });

  it('[R3] with a failing input leaves no engine behind, and the engine is not used again', () => {
    const { engine } = new Process();
    const other = new Process();

    expect(() => engine.turn(0, failingInput)).toThrow('bad input');

    expect(() => sleep(1)).toThrow('belongs into a turn');
    expect(() => touch({})).toThrow('belongs into a turn');
    expect(() => engine.turn(0, () => {})).toThrow(AssertionError);
    expect(() => engine.commit(1)).toThrow(AssertionError);
    other.turn(() => {});
  });

  it('[R3] passes a contradiction through catch and finally: no output, no commit', () => {
    const process = new Process();
    process.turn(() => void process.desk.contradict());

    expect(() => process.turn(() => process.desk.letter.complete('hi'))).toThrow(AssertionError);

    expect(() => process.commit()).toThrow(AssertionError);
    expect(process.records).toHaveLength(1);
    process.engine = Engine.restore(process.records, OPTIONS);
    expect(process.desk.log).toEqual([]);
    expect(process.desk.letter.settled).toBe(false);
  });

  it('does not nest, and its time does not go back', () => {
    const { engine } = new Process();
    engine.turn(5, () => {});

    expect(() => engine.turn(4, () => {})).toThrow('time does not go back');
    expect(() => engine.turn(5, () => engine.turn(5, () => {}))).toThrow('do not nest');
  });

  it('with nothing changed still gives a small record with its number', () => {
    const process = new Process();
    process.turn(() => {});

    const record = process.engine.commit(77);

    expect(record.length).toBeLessThan(48);
    const restored = Engine.restore([...process.records, record], OPTIONS);
    expect(restored.turnOfLastRecord).toBe(77);
  });
});

describe('a failed workflow', () => {
  it('[R4] surfaces at the end of the turn, with its function, file and line', () => {
    const process = new Process();
    process.turn(() => void process.desk.fail());

    const failure = thrownBy(() => process.turn(() => process.desk.letter.complete('hi')));

    expect(failure).toBeInstanceOf(WorkflowError);
    expect(failure).toMatchObject({
      function: 'core/persistent/engine/workflow-fixture.ts#Desk.fail',
      file: 'core/persistent/engine/workflow-fixture.ts',
      line: lineOf('await this.letter;\n    throw'),
      cause: new RangeError('no such desk'),
    });
  });

  it.each(['fail', 'relay', 'failBoth'] as const)('[R4] surfaces once from %s', (method) => {
    const errors: WorkflowError[] = [];
    const process = new Process({ ...OPTIONS, onError: (error) => errors.push(error) });
    process.turn(() => void process.desk[method]());
    process.restart();

    process.turn(() => process.desk.letter.complete('hi'));

    expect(errors.map((error) => String(error.cause))).toEqual(['RangeError: no such desk']);
  });

  it('[R4] does not surface when somebody awaits it', () => {
    const process = new Process();
    process.turn(() => void process.desk.recover());
    process.restart();

    process.turn(() => process.desk.letter.complete('hi'));

    expect(process.desk.log).toEqual(['RangeError: no such desk']);
  });

  it('[R4] is told that a native promise cannot be awaited, and where', () => {
    const { engine, desk } = new Process();

    expect(() => engine.turn(0, () => void desk.foreign(Promise.resolve()))).toThrow(
      /workflow-fixture\.ts:\d+:\d+: awaiting a native promise/,
    );
  });
});

describe('what is restored', () => {
  it('[R8] closures share their variables, and functions of a module are themselves', () => {
    const process = new Process();
    process.turn(() => {
      process.desk.share();
      process.desk.greeting();
      process.desk.counter?.();
    });
    process.restart();

    process.turn(() => void process.desk.counter?.());
    process.restart();

    expect(process.desk.reader?.()).toBe(2);
    expect(process.desk.greet).toBe(hello);
  });

  it('[R5] random numbers go on where they were', () => {
    const process = new Process();
    const twin = new Process();
    for (const { desk, engine } of [process, twin]) engine.turn(0, () => desk.draw());
    process.commit();
    process.restart();

    for (const { desk, engine } of [process, twin]) engine.turn(0, () => desk.draw());

    expect(new Set(process.desk.log).size).toBe(2);
    expect(process.desk.log).toEqual(twin.desk.log);
  });

  it('is shown as workflows: function, place, await and live locals', () => {
    const process = new Process();
    process.turn(() => {
      void process.desk.write('a');
      process.desk.letter.complete('hi');
    });
    process.restart();

    expect(process.engine.workflows()).toMatchObject([
      {
        function: 'core/persistent/engine/workflow-fixture.ts#Desk.write',
        file: 'core/persistent/engine/workflow-fixture.ts',
        line: lineOf('await sleep(1000)'),
        await: 'await sleep(1000)',
        locals: { to: 'a', letter: 'hi' },
        self: 'Desk',
      },
    ]);
  });

  it('is shown as the changes of the last commit', () => {
    const process = new Process();
    process.turn(() => {});

    process.turn(() => void process.desk.ledger.set('bob', { amount: 3 }));

    expect(process.engine.lastCommit()).toMatchObject([
      {
        kind: 'persistent-map',
        type: 'PersistentMap',
        fields: { '["bob"]': expect.stringMatching(/^Object #\d+$/) },
      },
      { kind: 'object', type: 'Object', fields: { amount: '3' } },
    ]);
  });
});

describe('native code', () => {
  it('can await a persistent call', async () => {
    const { engine, desk } = new Process();
    let call: PromiseLike<string> | undefined;
    engine.turn(0, () => {
      call = desk.race(5);
    });

    engine.fireTimer(5_000);

    expect(await call).toBe('late');
  });
});

function failingInput(): void {
  throw new RangeError('bad input');
}

function thrownBy(run: () => void): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}

function lineOf(text: string): number {
  const source = fixture.slice(0, fixture.indexOf(text));
  return source.split('\n').length;
}
