import { numeric } from './expression-writer.ts';
import { statements } from './statement-writer.ts';
import { type Names, NO_JUMPS, type Place, Writer } from './writer.ts';

/** What every program can use. `log`, `tick` and `sleep` are given from outside. */
const PRELUDE = `'use persistent';
class Failure extends Error { name = 'Failure'; }
class Counter {
  value = 0;
  label;
  constructor(value) { this.value = value; }
  plus(n) { this.value += n; return this.value; }
  add(n) { this.value -= n; }
  get half() { return this.value / 2; }
  set half(v) { this.value = v * 2; }
  static of(n) { return new Counter(n); }
  static async make(n) { await sleep(2); return this.of(n); }
  async slowly(n) { await sleep(3); this.value += n; const f = () => this.value; await sleep(1); return f(); }
}
class Double extends Counter {
  plus(n) { return super.plus(n * 2); }
  async slowly(n) { const v = await super.slowly(n); return v + super.plus(1); }
}
function p(tag, v) { log(tag, v); return v; }
function add(...all) { return all.reduce((a, b) => a + b, 0); }
const twice = (x) => x * 2;
async function later(tag, v) { log(tag, 'later'); await sleep(tag % 7 + 1); return v; }
async function pair(v) { await sleep(2); return [v, v + 1]; }
async function feed(source, n) { for (let i = 0; i < n; i++) { await sleep(2); source.emit(i); } source.end(); }
function tag(strings, ...values) { return strings.raw.join('').length + values.length; }
async function reject(tag) { await sleep(1); throw new Failure('r' + tag); }
async function recurse(n) { await sleep(1); return n <= 0 ? 0 : n + await recurse(n - 1); }
`;

/** The objects of one workflow. */
const LOCALS = `
  const fs = [];
  const map = new Map([[1, 2], [3, 4]]);
  const set = new Set([1]);
  const nothing = undefined;
  const counter = new Counter(3);
  const shelf = { list: [1], pick(i) { log(0, i); return i & 1 ? this : { list: undefined }; } };
  let n = 1, m = 2;
  const a = [1, 2, 3];
  const o = { a: 1, b: 2, deep: { a: 7 } };
`;

/** A random program whose trace must be the same however it is run. */
export function programOf(seed: number, forms: Map<string, number>): string {
  const isPending = seed % 3 === 0;
  const w = new Writer({ numeric, statements }, seed, forms, isPending);
  const flows = isPending ? 3 : 1;
  const depth = seed % 5 === 0 ? 4 : 3;
  const bodies = Array.from({ length: flows }, (_, i) => workflow(w, i, depth));
  const starts = Array.from({ length: flows - 1 }, (_, i) => `void guarded(flow${i + 1});`).join(
    ' ',
  );
  return `${PRELUDE}${bodies.join('\n')}
async function guarded(flow) { try { log(0, await flow(5)); } catch (e) { log(0, e); } log(0, 'end'); }
async function main() { ${starts} return await flow0(2); }
`;
}

function workflow(w: Writer, i: number, depth: number): string {
  const names: Names = {
    numbers: ['n', 'm'],
    constants: ['k'],
    arrays: ['a'],
    objects: ['o'],
    functions: [],
    asyncs: [],
  };
  const hasSelf = w.chance(40);
  const place: Place = { names, jumps: NO_JUMPS, isAsync: true, hasSelf, depth };
  const first = w.isPending ? `await sleep(${i + 1});` : '';
  const text = statements(w, place, 5).replaceAll('@', '');
  const last = `for (const f of fs) log(0, f()); log(0, [n, m, a, o, map, set, counter]); return [n, a];`;
  if (!hasSelf) return `async function flow${i}(k) { ${first} ${LOCALS} ${text} ${last} }`;
  return `class Flow${i} extends Counter { async run(k) { ${first} ${LOCALS} ${text} ${last} } }
async function flow${i}(k) { const flow = new Flow${i}(k); return flow.run(k); }`;
}
