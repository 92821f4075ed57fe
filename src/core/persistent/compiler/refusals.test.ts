import { describe, expect, it } from 'vitest';

import { compile } from './compile.ts';

function refusalOf(body: string): string {
  try {
    compile(`'use persistent';\n${body}\n`, 'a/b.ts');
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'compiled';
}

const CASES: readonly (readonly [source: string, refusal: string])[] = [
  [
    'class A { #x = 1 }',
    "a/b.ts:2:11: a #private name cannot be persisted. Use TypeScript 'private'.",
  ],
  [
    'class A { #m() {} }',
    "a/b.ts:2:11: a #private name cannot be persisted. Use TypeScript 'private'.",
  ],
  [
    'function f() { class B {} }',
    'a/b.ts:2:16: a class inside a function or block. Declare the class at module level.',
  ],
  [
    'const A = class B {}',
    'a/b.ts:2:11: a class expression has no module-level name. Declare the class at module level.',
  ],
  ['export default class {}', 'a/b.ts:2:16: a class without a name. Name the class.'],
  ['export default function () {}', 'a/b.ts:2:1: a function without a name. Name the function.'],
  ['class A { static { f() } }', 'a/b.ts:2:11: a static block. Write static fields.'],
  [
    'class A { accessor x = 1 }',
    'a/b.ts:2:11: an accessor field cannot be persisted. Write a field.',
  ],
  ['function* f() {}', 'a/b.ts:2:1: a generator cannot be persisted. Return an array.'],
  ['class A { *f() {} }', 'a/b.ts:2:11: a generator cannot be persisted. Return an array.'],
  [
    'async function* f() {}',
    'a/b.ts:2:1: an async generator cannot be persisted. Return an array.',
  ],
  [
    'async function f() { arguments }',
    'a/b.ts:2:22: arguments in an async function or an arrow. Use a rest parameter.',
  ],
  [
    'function f() { return () => arguments }',
    'a/b.ts:2:29: arguments in an async function or an arrow. Use a rest parameter.',
  ],
  ['const o = { m() { super.m() } }', 'a/b.ts:2:19: super in an object literal. Write a class.'],
  [
    'async function f() { await Promise.all([]) }',
    'a/b.ts:2:28: a native promise cannot be persisted. Use Awaitable, all or any.',
  ],
  [
    'new Promise(() => {})',
    'a/b.ts:2:5: a native promise cannot be persisted. Use Awaitable, all or any.',
  ],
  ['setTimeout(f)', 'a/b.ts:2:1: a native timer cannot be persisted. Use await sleep(ms).'],
  [
    'setInterval(f)',
    'a/b.ts:2:1: a native timer cannot be persisted. Use a loop with await sleep(ms).',
  ],
  [
    'globalThis.setTimeout(f)',
    'a/b.ts:2:1: a native timer cannot be persisted. Use await sleep(ms).',
  ],
  ['queueMicrotask(f)', 'a/b.ts:2:1: a native task cannot be persisted. Start an async function.'],
  [
    'fetch("x")',
    'a/b.ts:2:1: a request is a native promise. Post it and await its answer as an input.',
  ],
  ['Date.now()', 'a/b.ts:2:1: real time is not deterministic. Use now().'],
  ['new Date()', 'a/b.ts:2:1: real time is not deterministic. Use now().'],
  ['Date()', 'a/b.ts:2:1: real time is not deterministic. Use now().'],
  ['performance.now()', 'a/b.ts:2:1: real time is not deterministic. Use now().'],
  ['Math.random()', 'a/b.ts:2:1: Math.random is not deterministic. Use random().'],
  ['crypto.randomUUID()', 'a/b.ts:2:1: the outside world is not deterministic. Use random().'],
  ['new WeakMap()', 'a/b.ts:2:5: a weak collection cannot be persisted. Use a Map.'],
  ['new Proxy({}, {})', 'a/b.ts:2:5: a proxy cannot be persisted. Write a class.'],
  [
    'import("x")',
    'a/b.ts:2:1: a dynamic import is a native promise. Import at the top of the module.',
  ],
  [
    'let n = 1; function f() { n = 2 }',
    'a/b.ts:2:27: a variable of the module is not persisted. Keep it in an object that is attached to the engine.',
  ],
  [
    'let n = 1; function f() { n++ }',
    'a/b.ts:2:27: a variable of the module is not persisted. Keep it in an object that is attached to the engine.',
  ],
  [
    'let n = 1; function f() { [n] = [2] }',
    'a/b.ts:2:28: a variable of the module is not persisted. Keep it in an object that is attached to the engine.',
  ],
  ['function f() { const n = 1; n = 2 }', 'a/b.ts:2:29: n is constant. Declare it with let.'],
  [
    'const o = { get x() { return 1 } }',
    'a/b.ts:2:13: a getter in an object literal cannot be persisted. Write a class.',
  ],
  [
    'const o = { set x(v) {} }',
    'a/b.ts:2:13: a setter in an object literal cannot be persisted. Write a class.',
  ],
  ['function f() { using x = g() }', 'a/b.ts:2:16: using. Release the resource in a finally.'],
  ['eval("1")', 'a/b.ts:2:1: eval. Write a function.'],
  [
    'new Function("1")',
    'a/b.ts:2:5: a function made of text cannot be persisted. Write a function.',
  ],
  ['await f()', 'a/b.ts:2:1: await at the top of a module. Move it into an async function.'],
  ['function f() { return new.target }', 'a/b.ts:2:23: new.target. Name the class.'],
  ['enum E { A }', 'a/b.ts:2:1: an enum is no erasable type. Write a union of string literals.'],
  ['namespace N { const x = 1 }', 'a/b.ts:2:1: a namespace is no erasable type. Write a module.'],
  [
    'class A { constructor(private x) {} }',
    'a/b.ts:2:23: a parameter property is no erasable type. Declare a field and assign it.',
  ],
  [
    'async function f(x) { return ([x = await x] = x) }',
    'a/b.ts:2:31: an await inside a destructuring pattern. Assign the awaited value to a variable first.',
  ],
  [
    'function f(a) { delete a?.b }',
    'a/b.ts:2:17: delete of an optional chain. Test for undefined first.',
  ],
  [
    'const m = new Map(); function f() { m.set(1, 2) }',
    'a/b.ts:2:37: m belongs to the module, which is not persisted. Keep it in an object that is attached to the engine.',
  ],
  [
    'const l = [1]; function f() { l.push(2) }',
    'a/b.ts:2:31: l belongs to the module, which is not persisted. Keep it in an object that is attached to the engine.',
  ],
  [
    'const l = [1]; function f() { l[0] = 2 }',
    'a/b.ts:2:31: l belongs to the module, which is not persisted. Keep it in an object that is attached to the engine.',
  ],
  [
    'const o = { a: { b: 1 } }; function f() { o.a.b++ }',
    'a/b.ts:2:43: o belongs to the module, which is not persisted. Keep it in an object that is attached to the engine.',
  ],
  [
    'const o = { l: [] }; const f = () => o.l.push(1)',
    'a/b.ts:2:38: o belongs to the module, which is not persisted. Keep it in an object that is attached to the engine.',
  ],
  [
    'const o = { a: 1 }; function f() { delete o.a }',
    'a/b.ts:2:36: o belongs to the module, which is not persisted. Keep it in an object that is attached to the engine.',
  ],
  [
    'class A { static n = 0; f() { A.n += 1 } }',
    'a/b.ts:2:31: A belongs to the module, which is not persisted. Keep it in an object that is attached to the engine.',
  ],
  [
    'const a = new A(); class A { x = 1 } function f() { a.x = 2 }',
    'a/b.ts:2:53: a belongs to the module, which is not persisted. Keep it in an object that is attached to the engine.',
  ],
  [
    'function f(l) { l.forEach(async (x) => x) }',
    'a/b.ts:2:27: an async function handed to forEach, which does not await it. Loop with for…of and await.',
  ],
  [
    'function f(l) { l.map(async (x) => x) }',
    'a/b.ts:2:23: an async function handed to map, which does not await it. Loop with for…of and await.',
  ],
  [
    'async function g() {} function f(l) { return l.some(g) }',
    'a/b.ts:2:53: an async function handed to some, which does not await it. Loop with for…of and await.',
  ],
  [
    'function f(l) { const g = async () => 1; void l.map(g) }',
    'a/b.ts:2:53: an async function handed to map, which does not await it. Loop with for…of and await.',
  ],
  [
    'class A extends B { f() { super.x = 1 } }',
    'a/b.ts:2:27: an assignment to super. Assign to this.',
  ],
  [
    'class A extends B { async f(x) { super.x = await x } }',
    'a/b.ts:2:34: an assignment to super. Assign to this.',
  ],
  ['@d class A {}', 'a/b.ts:2:1: a decorator. Call the function on the class.'],
  ['import a = require("a")', 'a/b.ts:2:1: CommonJS import or export. Write import or export.'],
  ['setImmediate(f)', 'a/b.ts:2:1: a native timer cannot be persisted. Use await sleep(0).'],
  ['new WeakRef({})', 'a/b.ts:2:5: a weak reference cannot be persisted. Use a reference.'],
  ['new WeakSet()', 'a/b.ts:2:5: a weak collection cannot be persisted. Use a Set.'],
  [
    'requestAnimationFrame(f)',
    'a/b.ts:2:1: a native timer cannot be persisted. Use await sleep(ms).',
  ],
  [
    'const m = new Map(); function f() { m?.delete(1) }',
    'a/b.ts:2:37: m belongs to the module, which is not persisted. Keep it in an object that is attached to the engine.',
  ],
  [
    'const o = { a: 1 }; function f() { [o.a] = [2] }',
    'a/b.ts:2:36: o belongs to the module, which is not persisted. Keep it in an object that is attached to the engine.',
  ],
  [
    'const o = { a: 1 }; function f() { for (o.a of [2]) ; }',
    'a/b.ts:2:36: o belongs to the module, which is not persisted. Keep it in an object that is attached to the engine.',
  ],
  [
    'const o = { a: 1 }; function f() { Object.assign(o, { a: 2 }) }',
    'a/b.ts:2:36: o belongs to the module, which is not persisted. Keep it in an object that is attached to the engine.',
  ],
  ['with (a) {}', "a/b.ts:2:1: 'with' in strict mode. Write valid TypeScript."],
  ['const = 1', 'a/b.ts:2:7: Unexpected token. Write valid TypeScript.'],
];

describe('[C8] what is refused', () => {
  it.each(CASES)('%s', (source, refusal) => {
    expect(refusalOf(source)).toBe(refusal);
  });

  it('lets locals have the names of refused globals', () => {
    expect(refusalOf('function f(fetch) { return fetch(1) }')).toBe('compiled');
    expect(refusalOf('const d = new Date(0)')).toBe('compiled');
  });

  it.each([
    'const m = new Map(); m.set(1, 2)',
    'const o = { add(x) { return x } }; function f() { return o.add(1) }',
    'const m = new Map(); function f(m) { m.set(1, 2) }',
    'const a = new Adder(); function f() { a.add(1) }',
    'const o = { a: 1 }; function f() { return Object.assign({}, o) }',
    'const o = { a: [1] }; function f() { return o.a.slice().reverse().push(1) }',
    'async function f(l) { await all(l.map(async (x) => x)) }',
    'function f(l) { l.forEach((x) => void g(x)) }',
  ])('lets pass: %s', (source) => {
    expect(refusalOf(source)).toBe('compiled');
  });
});
