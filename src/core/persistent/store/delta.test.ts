import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Engine } from '#core/persistent/index.ts';

import { Box, Garden } from './graph-fixture.ts';
import { mergedLog } from './merged-log.ts';
import { verifying } from './verifier.ts';

const OPTIONS = { seed: 'garden', verify: verifying };

describe('records', () => {
  const value = fc.oneof(
    fc.nat(300),
    fc.string({ maxLength: 3 }),
    fc.constant('node'),
    fc.constant('back'),
  );
  const name = fc.constantFrom('a', 'b', 'c', 'd', 1, 2);
  const step = fc.oneof(
    fc.tuple(fc.constantFrom('setField', 'setKey'), name, value),
    fc.tuple(fc.constantFrom('deleteField', 'deleteKey'), name, value),
    fc.tuple(fc.constantFrom('push', 'add', 'replace', 'cut', 'clear', 'hold'), fc.nat(4), value),
    fc.tuple(fc.constantFrom('commit', 'snapshot', 'compact', 'restart'), fc.nat(4), value),
  );

  it('[R11] of random changes restore to the same graph, compacted or not', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
        const history = new History();
        for (const [what, where, value] of steps) history.apply(what, where, value);
        history.apply('commit', 0, 0);
        const { engine } = history;

        const back = Engine.restore(history.records, OPTIONS);

        expect(back.resolve('garden')).toEqual(engine.resolve('garden'));
        expect(back.snapshot(0)).toEqual(engine.snapshot(0));
        const again = Engine.restore([engine.snapshot(0)], OPTIONS);
        expect(again.snapshot(0)).toEqual(engine.snapshot(0));
        const merged = mergedLog(history.records);
        const imported = Engine.restore([merged], OPTIONS);
        expect(imported.snapshot(0)).toEqual(engine.snapshot(0));
        imported.attach('new', new Box('new'));
        const goneOn = Engine.restore([merged, imported.commit(1)], OPTIONS);
        expect(goneOn.snapshot(0)).toEqual(imported.snapshot(0));
      }),
      { numRuns: 200 },
    );
  }, 60_000);

  it('[R11] write nothing but what has changed', () => {
    const engine = Engine.create({ seed: 's' });
    const garden = new Garden();
    engine.attach('garden', garden);
    engine.turn(0, () => {
      for (let i = 0; i < 10_000; i++) garden.persistentMap.set(`key ${i}`, { i });
      for (let i = 0; i < 10_000; i++) garden.persistentList.push(`item ${i}`);
    });
    engine.commit(1);

    engine.turn(0, () => {
      garden.persistentMap.set('key 5', 6);
      garden.persistentList.set(77, 'new');
      garden.persistentList.truncateFront(50);
    });

    expect(engine.commit(2).length).toBeLessThan(70);
    expect(engine.lastCommit()).toHaveLength(2);
  });

  it('[R11] know an element by its place, whatever is cut off in front of it', () => {
    const history = new History();
    for (const value of ['a', 'b', 'c', 'd']) history.apply('push', 0, value);
    history.apply('commit', 0, 0);
    history.apply('replace', 3, 'D');
    history.apply('cut', 2, 0);
    history.apply('replace', 0, 'C');
    history.apply('push', 0, 'e');
    history.apply('replace', 2, 'E');
    history.apply('restart', 0, 0);

    const { persistentList } = history.engine.resolve<Garden>('garden');
    expect([...persistentList]).toEqual(['C', 'D', 'E']);
    expect(persistentList.slice(1)).toEqual(['D', 'E']);
    expect(() => persistentList.set(3, 'F')).toThrow('has no element 3');
  });

  it('[R12] the same graph has the same snapshot, whatever its past', () => {
    const straight = new History();
    straight.apply('setKey', 'b', 'node');
    straight.apply('commit', 0, 0);
    const winding = new History();
    winding.apply('setKey', 'a', 'node');
    winding.apply('push', 0, 'node');
    winding.apply('commit', 0, 0);
    winding.apply('deleteKey', 'a', 0);
    winding.apply('cut', 1, 0);
    winding.apply('compact', 0, 0);
    winding.apply('setKey', 'b', 'node');
    winding.apply('restart', 0, 0);

    expect(winding.engine.snapshot(1)).toEqual(straight.engine.snapshot(1));
  });

  it('[R12] the order in which roots were attached is no part of the graph', () => {
    const [left, right] = [Engine.create(OPTIONS), Engine.create(OPTIONS)];
    for (const name of ['a', 'b']) left.attach(name, new Box(name));
    for (const name of ['b', 'a']) right.attach(name, new Box(name));

    expect(left.snapshot(1)).toEqual(right.snapshot(1));
  });

  it('[R12] a snapshot leaves garbage out', () => {
    const engine = Engine.create(OPTIONS);
    const garden = new Garden();
    engine.attach('garden', garden);
    const empty = engine.snapshot(1);
    engine.turn(0, () => garden.setKey('big', new Box('x'.repeat(5000))));
    engine.commit(1);

    engine.turn(0, () => garden.clear());

    expect(engine.snapshot(1)).toEqual(empty);
  });
});

/** A garden and its storage log. */
class History {
  engine = Engine.create(OPTIONS);
  records: Uint8Array[] = [];

  constructor() {
    this.engine.attach('garden', new Garden());
  }

  apply(what: string, where: string | number, drawn: string | number): void {
    if (what === 'commit') this.records.push(this.engine.commit(0));
    else if (what === 'snapshot') this.engine.snapshot(0);
    else if (what === 'compact') this.records = [this.engine.compact(0)];
    else if (what === 'restart') this.restart();
    else this.engine.turn(0, () => this.edit(what, where, this.valueOf(drawn)));
  }

  private restart(): void {
    this.records.push(this.engine.commit(0));
    this.engine = Engine.restore(this.records, OPTIONS);
  }

  private valueOf(drawn: string | number): unknown {
    const garden = this.engine.resolve<Garden>('garden');
    if (drawn === 'node') return new Box('node', [...garden.array].pop());
    return drawn === 'back' ? garden : drawn;
  }

  private edit(what: string, where: string | number, value: unknown): void {
    const garden = this.engine.resolve<Garden>('garden');
    const index = typeof where === 'number' ? where : where.length;
    if (what === 'setField') garden.setField(String(where), value);
    else if (what === 'deleteField') garden.deleteField(String(where));
    else if (what === 'setKey') garden.setKey(where, value);
    else if (what === 'deleteKey') garden.deleteKey(where);
    else if (what === 'push') garden.push(value);
    else if (what === 'add') garden.add(value);
    else if (what === 'replace') garden.replace(index, value);
    else if (what === 'cut') garden.cut(index);
    else if (what === 'hold') void garden.hold(value);
    else garden.clear();
  }
}
