import { describe, expect, it } from 'vitest';

import { Awaitable } from './awaitable.ts';
import { $aw, $class, $fn, $Frame, $P, $start, $w } from './compiled.ts';
import { Engine } from './engine.ts';
import { post, sleep } from './services.ts';

class Pinger {
  count = 0;
  go = new Awaitable<string>();
}
$class('engine.test.ts#Pinger', Pinger);

class PingFrame extends $Frame {
  word: unknown = undefined;
}
const ping = $fn(
  'engine.test.ts#Pinger.ping',
  1,
  PingFrame,
  ($: PingFrame, sent, thrown) => {
    const self = $.$self as Pinger;
    let r = $.$pc;
    if (r <= 1) {
      if (r === 0) {
        if ((sent = $aw($, 1, self.go)) === $P) return $P;
      } else {
        r = 0;
        if (thrown) throw sent;
      }
      $.word = sent;
    }
    if (r === 0) {
      if ((sent = $aw($, 2, sleep(1000))) === $P) return $P;
    } else {
      r = 0;
      if (thrown) throw sent;
    }
    $w(self).count++;
    post($.word);
    return 7;
  },
  [
    { text: 'await this.go', line: 2, column: 5, live: [] },
    { text: 'await sleep(1000)', line: 3, column: 5, live: ['word'] },
  ],
);

describe('engine', () => {
  it('goes on from its records, in the middle of a function', () => {
    const options = { seed: 'a', verify: true };
    let engine = Engine.create(options);
    const pinger = new Pinger();
    engine.attach('pinger', pinger);
    engine.turn(0, () => void $start(ping, new PingFrame(), pinger));
    const records = [engine.commit(1)];
    engine.turn(5, () => pinger.go.complete('hello'));
    records.push(engine.commit(2));
    expect(engine.nextTimerUs).toBe(1_000_005);

    engine = Engine.restore(records, options);
    expect(engine.nextTimerUs).toBe(1_000_005);
    expect(engine.workflows()).toMatchObject([
      { await: 'await sleep(1000)', locals: { word: 'hello' }, self: 'Pinger' },
    ]);
    expect(engine.fireTimer(1_000_005)).toEqual(['hello']);
    expect(engine.resolve<Pinger>('pinger').count).toBe(1);
    records.push(engine.commit(3));
    expect(Engine.restore(records, options).snapshot(3)).toEqual(engine.snapshot(3));
  });
});
