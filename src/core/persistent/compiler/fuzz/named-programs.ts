/** Programs that the random ones do not reach; each runs natively and killed at every commit. */
export const PROGRAMS: readonly (readonly [name: string, source: string])[] = [
  [
    'fields that are closures over this',
    `class A { n = 1; later = async (x) => { await sleep(x); this.n += x; return () => this.n; };
       now = () => this.n++; static all = [1].map((x) => x + 1); }
     async function main() { const a = new A(); const f = await a.later(2); a.now(); await sleep(1); return [f(), a.now(), A.all]; }`,
  ],
  [
    'super in closures and async methods',
    `class A { hi(x) { return 'A' + x; } get name() { return 'n' + this.k; } static make() { return 'sA'; } k = 5; }
     class B extends A { hi(x) { return [1].map((y) => super.hi(x + y)).join(); }
       async slow(x) { const f = () => super.hi(x); await sleep(1); return f() + super.name + super.hi(await later(x)) + super['hi'](3); }
       static async make() { await sleep(1); return super.make() + 'B'; } }
     async function later(x) { await sleep(1); return x; }
     async function main() { const b = new B(); return [b.hi(2), await b.slow(7), await B.make()]; }`,
  ],
  [
    'names with a leading dollar, and names that shadow',
    `async function main($) { let $s = 1; const $w = 2; let x = 1; { let x = 2; await sleep(1); { let x = 3; await sleep(x); log(1, x); } log(2, x); }
       const f = ($e1) => $e1 + $s + $w; await sleep(1); return [f(4), x, $]; }`,
  ],
  [
    'parameters that need one another',
    `async function f(a, b = () => a, { c, d = a + c } = { c: 3 }, ...[e = 9, ...r]) { const g = () => [a, c, d, e, r]; a++; await sleep(1); a++; return [b(), ...g()]; }
     function s(a, b = () => a++, c = b()) { b(); return [a, c]; }
     async function main() { return [await f(1), await f(1, undefined, { c: 1 }, 2, 3), s(1)]; }`,
  ],
  [
    'completions that override one another',
    `async function f(how) { L: for (let i = 0; i < 3; i++) { try { try { if (how === 1) return 'r'; if (how === 2) throw new Error('t'); if (how === 3) continue L; await sleep(1); }
       finally { log(i, 'inner'); await sleep(1); if (how === 4) break L; if (how === 5) continue; } }
       catch (e) { await sleep(1); if (i > 1) throw e; log(i, e); } finally { log(i, 'outer'); if (i === 1 && how === 1) return 'over'; await sleep(1); } } return 'end'; }
     async function main() { const all = []; for (const how of [0, 1, 2, 3, 4, 5]) { try { all.push(await f(how)); } catch (e) { all.push(e); } } return all; }`,
  ],
  [
    'synchronous completions',
    `function f(how) { const out = []; for (const i of [0, 1, 2]) { try { if (how === i) continue; if (how === 9) return out; out.push(i); } finally { out.push('f'); if (how === 7) break; } } return out; }
     async function main() { return [f(0), f(1), f(7), f(9)]; }`,
  ],
  [
    'closures of each iteration, with writes',
    `async function main() { const fs = []; for (let i = 0, j = 10; i < 3; i++, j += i) { fs.push(() => ++i * 100 + j); await sleep(1); if (i === 1) continue; j++; }
       for (let k = 0, g = () => k++; k < 3; g(), k++) { fs.push(() => k); } return fs.map((f) => f()).concat(fs.map((f) => f())); }`,
  ],
  [
    'generic recursion and mutual recursion',
    `async function even(n) { if (n === 0) return true; await sleep(1); return odd(n - 1); }
     async function odd(n) { if (n === 0) return false; return even(n - 1); }
     async function main() { const walk = async (t) => { if (!t) return 0; await sleep(1); return 1 + await walk(t.l) + await walk(t.r); };
       return [await even(5), await walk({ l: { l: {} }, r: {} })]; }`,
  ],
  [
    'a workflow shared by two waiters',
    `async function work() { await sleep(3); return 7; }
     async function main() { const o = { w: work() }; const seen = []; const read = async (n) => { await sleep(n); seen.push(await o.w); };
       void read(1); await sleep(2); seen.push(await o.w); await sleep(5); return seen; }`,
  ],
  [
    'deep left operands',
    `async function l(x) { await sleep(1); return x; }
     async function main() { let n = 1; const o = { a: [1, 2], f(x, y) { return x - y; } }; const k = () => n++;
       return [n + (await l(n++)) + n, o.a[k()] + (await l(k())) * o.a[0], o.f(n, await l(k())), \`\${n}\${await l(k())}\${n}\`, (o.a[(await l(0))] += await l(5)), { ...o, [n]: await l(n++) }[2] ?? n, o?.a?.[await l(1)], n > 2 && (await l(0)) || k()]; }`,
  ],
  [
    'switches',
    `async function l(x) { await sleep(1); return x; }
     async function f(x) { const out = []; switch (await l(x)) { default: out.push('d'); case 1: out.push(await l('a')); break; case await l(2): { let y = out.length; out.push(() => y); await l(0); } case 3: function g() { return out.length; } out.push(g()); await l(1); } return out.map((v) => typeof v === 'function' ? v() : v); }
     async function main() { return [await f(0), await f(1), await f(2), await f(3)]; }`,
  ],
  [
    'sets and maps that change while they are iterated, without an await',
    `async function main() { const s = new Set([1, 2]); const seen = []; for (const x of s) { seen.push(x); if (x < 4) s.add(x + 2); } const m = new Map([['a', 1]]); for (const [k, v] of m) { m.delete(k); seen.push(k + v); } await sleep(1); return [seen, s, m]; }`,
  ],
  [
    'for await',
    `async function l(x) { await sleep(1); return x; }
     async function feed(s, n) { for (let i = 0; i < n; i++) { await sleep(2); s.emit(i); } s.end(); }
     async function main() { const out = []; const fs = []; const src = new Source(); void feed(src, 9);
       L: for await (const x of src) { fs.push(() => x); if (x === 1) continue; if (x === 2) continue L; if (x === 6) break L; out.push(x); await sleep(x); }
       for await (const [a, b = await l(7)] of [l([1]), [2, 3]]) out.push(a, b);
       let y; try { for await (y of [1, l(2), 3]) { if (y === 2) throw new Error('two'); } } catch (e) { out.push(e, y); }
       const first = async (s) => { for await (const x of s) return x; return 'none'; };
       out.push(await first([]), await first([l(4)]));
       const two = new Source(); void feed(two, 3); if (out) for await (const x of two) out.push('t' + x);
       return [out, fs.map((f) => f())]; }`,
  ],
  [
    'awaits in patterns',
    `async function l(x) { log(1, x); await sleep(1); return x; }
     async function main() { const out = []; const o = { a: 1, z: 9, n: { m: [4] } };
       const { a, b = await l(2), [await l('z')]: c, n: { m: [d, e = await l(5)] }, ...rest } = o;
       let x, y; [x = await l(3), ...y] = [undefined, 1, 2]; ({ q: o.q = await l('q') } = {});
       for (const { k = await l('k'), v } of [{ v: 1 }, { k: 2, v: 2 }]) out.push(() => [k, v]);
       try { throw { code: 3 }; } catch ({ code, message = await l('m') }) { out.push(() => code + message); }
       try { const { p = await l(0) } = null; } catch (e) { log(2, e); }
       var { w = await l('w') } = {}, u = w + 'u';
       return [a, b, c, d, e, rest, x, y, o.q, out.map((f) => f()), w, u]; }`,
  ],
  [
    'awaits in tagged templates',
    `async function l(x) { await sleep(1); return x; }
     const kept = (s, ...v) => s.raw.join('|') + s.join('/') + v.join();
     async function main() { let n = 1; const o = { p: '>', tag(s, ...v) { return this.p + v.join(); } };
       return [kept\`a\${n}b\\n\${await l(2)}c\${++n}\`, o.tag\`\${n}\${await l(n++)}\${n}\`, kept\`\${n}\`]; }`,
  ],
  [
    'a handler that reads what its block would have changed',
    `async function bad() { await sleep(1); throw new Error('bad'); }
     async function main() { let b = 1; try { await bad(); b = 2; } catch { b += 10; }
       let c = 1; try { try { await bad(); c = 2; } finally { await sleep(1); c += 5; } } catch { c *= 2; } return [b, c]; }`,
  ],
  [
    'labelled jumps, and continue in loops whose test or update awaits',
    `async function l(x) { await sleep(1); return x; }
     async function main() { const out = [];
       for (let i = 0; i < 5; i += await l(1)) { tick(); if (i === 1) continue; out.push(i); }
       let j = 0; L: do { tick(); if (j === 1) continue; for (;;) { if (j === 2) continue L; break; } out.push('d' + j); } while (++j < await l(4));
       let k = 0; M: while (k < await l(4)) { tick(); k++; for (const x of [1]) { if (k === 2) continue M; } out.push('w' + k); }
       W: while (k > 0) { k--; await sleep(1); for (const x of [1, 2]) { if (k === 2) continue W; if (k === 0) break W; } out.push('k' + k); } return out; }`,
  ],
  [
    'jumps to different places through one finally',
    `async function f(how) { const out = []; A: for (const a of [0, 1]) { B: for (const b of [0, 1]) { C: { try { await sleep(1); if (how === 0) break; if (how === 1) break A; if (how === 2) continue A; if (how === 3) break C; if (how === 4) continue; }
       finally { out.push('f' + a + b); await sleep(1); } out.push('after'); } out.push('end of C'); } out.push('end of B'); } return out; }
     async function main() { const all = []; for (const how of [0, 1, 2, 3, 4, 5]) all.push(await f(how)); return all; }`,
  ],
  [
    'places that are found before their value',
    `async function l(x) { await sleep(1); return x; }
     async function main() { const boxes = [{ n: 1 }, { n: 2 }, { n: 3 }]; let i = 0; const next = () => boxes[i++];
       next().n = await l(7); next().n += await l(5); next()['n'] ??= await l(0); let o = boxes[0]; o.m = (o = boxes[1], await l(3)); o[(o = boxes[2], 'k')] = await l(4);
       return [boxes, i]; }`,
  ],
  [
    'functions used before they are written',
    `async function main() { const first = early(2); await sleep(1); { log(1, inner(3)); await sleep(1); function inner(x) { return early(x) + 1; } }
       switch (first) { case 4: log(2, late()); await sleep(1); default: function late() { return 'late'; } }
       return [first, await slow(1)]; function early(x) { return x * 2; } async function slow(x) { await sleep(x); return early(x); } }`,
  ],
  [
    'a jump in front of an await of its list leaves the rest alone',
    `async function main() { const out = []; let n = 0; L: { n++; if (n > 5) break L; await sleep(1); out.push('a'); { if (n === 1) break L; await sleep(1); } out.push('b'); } await sleep(1); return [out, n]; }`,
  ],
  [
    'module constants',
    `const table = { a: (x) => x + 1, async b(x) { await sleep(1); return this.a(x) * 2; } };
     const { a: first = 3, ...others } = { a: undefined, z: 1 };
     const pick = (k) => table[k];
     async function main() { const f = pick('a'); await sleep(1); return [f(1), await table.b(4), first, others]; }`,
  ],
];

/** What random programs once found wrong, each by its own name. */
export const PINNED: readonly (readonly [name: string, source: string])[] = [
  [
    'a receiver is kept across an await, not its borrowed method',
    `async function l(x) { await sleep(1); return x; }
     async function main() { const list = [1]; const o = { list, at: (i) => list.at(i) }; const none = undefined;
       return [o.list.concat(await l(2)), o.list?.concat?.(await l(3)), o.list.at?.(await l(0)), none?.at(await l(4)), o?.['list']?.[await l(0)], 'ab'.concat(await l('c'))]; }`,
  ],
  [
    'variables of a catch pattern are found from inside the clause',
    `async function main() { const fs = []; for (const i of [1, 2]) { try { throw { code: i, inner: { list: [i, 9] } }; } catch ({ code, inner: { list: [first, ...rest] } }) {
       fs.push(() => [code++, first, rest]); await sleep(1); { const code = 'shadow'; log(1, code); } log(2, code); } } return fs.map((f) => f()).concat(fs.map((f) => f())); }`,
  ],
  [
    'this is kept only by functions that use it',
    `class Port { constructor(n) { this.n = n; } async f(x) { const g = async (y) => { await sleep(1); return y; }; const h = async () => { await sleep(1); return this.n; }; return [await g(x), await h()]; } }
     async function main() { const p = new Port(4); const free = async function () { await sleep(1); return typeof this; }; return [await p.f(1), await free.call(undefined)]; }`,
  ],
];
