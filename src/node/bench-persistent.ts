import { assert } from '#core/base/assert.ts';
import { Ledger, Relay, Slots, voteOf } from '#core/persistent/bench/slots.ts';
import { Engine } from '#core/persistent/index.ts';

import { bundleOf, runtimeBytes, runtimePrograms } from './runtime-size.ts';
import { measured, type Measurement, nanoseconds, nanosecondsAsync } from './stopwatch.ts';

const SLOTS = 200;
const READY = Promise.resolve();
const OPTIONS = { seed: 'bench' };
const LIMIT = { name: '12 KB', value: 12 * 1024 };

/** What the persistent runtime costs, against what the platform offers. */
export async function benchPersistent(): Promise<readonly Measurement[]> {
  const sizes: Measurement[] = [];
  for (const program of runtimePrograms) {
    const name = `runtime in a bundle, minified and gzipped: ${program}`;
    sizes.push(measured({ name, value: await runtimeBytes(program) }, 'B', LIMIT));
  }
  return [...(await suspending()), ...changes(), ...resuming(), ...putting(), ...sizes];
}

const RELAY = `
  import { Relay } from '/src/core/persistent/bench/slots.ts';
  import { Engine } from '/src/core/persistent/index.ts';
  const engine = Engine.create({ seed: 'bench' });
  const relay = new Relay();
  engine.attach('relay', relay);
  engine.turn(0, () => relay.start());
  export default function (steps) {
    for (let done = 0; done < steps; done += 100) engine.turn(0, () => relay.more(100));
  }`;

/** In a bundle, as a page has it: here every import is read through a getter, which doubles the figure. */
async function suspending(): Promise<Measurement[]> {
  const url = `data:text/javascript,${encodeURIComponent(await bundleOf(RELAY))}`;
  const module: unknown = await import(/* @vite-ignore */ url);
  const steps: unknown = Reflect.get(Object(module), 'default');
  assert(typeof steps === 'function', 'the bundle exports its steps');
  const value = nanoseconds(100_000, (count) => {
    steps(count);
  });
  const generator = counting();
  const native = nanoseconds(1_000_000, (steps) => {
    for (let i = 0; i < steps; i++) generator.next();
  });
  const awaited = await nanosecondsAsync(200_000, async (steps) => {
    for (let i = 0; i < steps; i++) await READY;
  });
  const figure = { name: 'suspend and resume', value };
  return [
    measured(figure, 'ns', { name: 'native generator', value: native }),
    measured(figure, 'ns', { name: 'native await', value: awaited }),
  ];
}

function* counting(): Generator<number> {
  for (let i = 0; ; i++) yield i;
}

function changes(): Measurement[] {
  // Else the first one measured pays for the compiler of the host.
  changing(4);
  return [4, 10, 31].flatMap((votes) => changing(votes));
}

function changing(votes: number): Measurement[] {
  const engine = Engine.create(OPTIONS);
  const slots = new Slots();
  engine.attach('slots', slots);
  engine.turn(0, () => slots.fill(SLOTS, votes));
  engine.compact(0);
  let round = 0;
  const turnNs = nanoseconds(5000, (times) => {
    for (let i = 0; i < times; i++) engine.turn(0, () => slots.change(round++));
  });
  engine.commit(1);
  let bytes = 0;
  const bothNs = nanoseconds(5000, (times) => {
    for (let i = 0; i < times; i++) {
      engine.turn(0, () => slots.change(round++));
      bytes = engine.commit(round).length;
    }
    // The table of strings would grow for ever: a host compacts.
    engine.compact(round);
  });
  const plain = Array.from({ length: SLOTS }, (_, sequence) => ({
    sequence,
    votes: Array.from({ length: votes }, (_, from) => voteOf(sequence, from, 0)),
  }));
  const whole = (run: () => unknown): number => {
    const times = Math.max(2, Math.round(80 / votes));
    return nanoseconds(times, (n) => {
      for (let i = 0; i < n; i++) run();
    });
  };
  const name = `commit of one changed vote, ${SLOTS} slots of ${votes} votes`;
  const figure = { name, value: (bothNs - Math.min(turnNs, bothNs)) / 1000 };
  const references = [
    { name: 'structuredClone of the same data', value: whole(() => structuredClone(plain)) / 1000 },
    { name: 'JSON.stringify of the same data', value: whole(() => JSON.stringify(plain)) / 1000 },
    { name: 'snapshot of the whole graph', value: whole(() => engine.snapshot(0)) / 1000 },
  ];
  return [
    ...references.map((reference) => measured(figure, 'us', reference)),
    measured({ name: `turn and ${name}`, value: bothNs / 1000 }, 'us'),
    measured({ name: `record of one changed vote, ${votes} votes`, value: bytes }, 'B', {
      name: 'snapshot of the whole graph',
      value: engine.snapshot(0).length,
    }),
  ];
}

function resuming(): Measurement[] {
  // As above.
  coldResume(1000);
  const value = coldResume(1_000_000);
  const reference = { name: 'cold resume after 1,000 awaits', value: coldResume(1000) };
  return [measured({ name: 'cold resume after 1,000,000 awaits', value }, 'us', reference)];
}

/** Restoring a storage log that was compacted as a host does, and the first turn. */
function coldResume(awaits: number): number {
  const engine = Engine.create(OPTIONS);
  const relay = new Relay();
  engine.attach('relay', relay);
  engine.turn(0, () => relay.start());
  let records: Uint8Array[] = [engine.compact(0)];
  for (let done = 0; done < awaits; done += 100) {
    engine.turn(0, () => relay.more(100));
    if (records.length >= 500) records = [engine.compact(done)];
    else records.push(engine.commit(done));
  }
  records = [engine.compact(awaits)];
  const nanosecondsEach = nanoseconds(100, (times) => {
    for (let i = 0; i < times; i++) {
      const again = Engine.restore(records, OPTIONS);
      again.turn(0, () => again.resolve<Relay>('relay').more(1));
    }
  });
  return nanosecondsEach / 1000;
}

function putting(): Measurement[] {
  const reference = { name: 'the same among 100', value: putIn(100) / 1000 };
  const figure = {
    name: 'PersistentMap put and commit among 100,000',
    value: putIn(100_000) / 1000,
  };
  return [measured(figure, 'us', reference)];
}

/** Microseconds for a put and the commit after it. */
function putIn(size: number): number {
  const engine = Engine.create(OPTIONS);
  const ledger = new Ledger();
  engine.attach('ledger', ledger);
  engine.turn(0, () => ledger.fill(size));
  engine.compact(0);
  let round = 0;
  return nanoseconds(10_000, (times) => {
    for (let i = 0; i < times; i++) {
      engine.turn(0, () => ledger.put((round += 7)));
      engine.commit(round);
    }
  });
}
