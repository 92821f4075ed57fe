import { numeric } from './expression-writer.ts';
import { inner, type Jumps, NO_JUMPS, type Place, type Writer } from './writer.ts';

/** A list of statements; declarations become visible to the later ones. */
export function statements(w: Writer, at: Place, count: number): string {
  const out: string[] = [];
  for (let i = 0; i < count; i++) out.push(statement(w, at));
  return out.join('\n');
}

function statement(w: Writer, at: Place): string {
  if (at.depth <= 0) return `log(${w.tag()}, ${numeric(w, at)});`;
  const simple = w.chance(55);
  const result = simple ? w.one(simpleForms(w, at)) : w.one(compoundForms(w, at));
  if (at.jumps.breaks.length + at.jumps.continues.length === 0 || !w.chance(12)) return result;
  return `${result}\n${jump(w, at)}`;
}

function jump(w: Writer, at: Place): string {
  const { breaks, continues } = at.jumps;
  const to: string[] = [
    ...breaks.map((l) => `break ${l}`),
    ...continues.map((l) => `continue ${l}`),
  ];
  const chosen = w.pick(to);
  w.count(chosen.includes(' L') ? chosen.replace(/ L.*/, ' label') : chosen.trim());
  return `if (${numeric(w, { ...at, depth: 1 })} > 3) ${chosen};`;
}

type Forms = Record<string, () => string>;

function simpleForms(w: Writer, at: Place): Forms {
  const { names } = at;
  const n = (): string => numeric(w, at);
  const later = (prefix: string, list: string[], text: (name: string) => string): string => {
    const name = w.fresh(prefix);
    const written = text(name);
    list.push(name);
    return written;
  };
  return {
    log: () => `log(${w.tag()}, ${n()});`,
    let: () => later('n', names.numbers, (x) => `let ${x} = ${n()};`),
    'let without value': () =>
      later('n', names.numbers, (x) => `let ${x}; log(${w.tag()}, ${x}); ${x} = ${n()};`),
    const: () => later('c', names.constants, (x) => `const ${x} = ${n()};`),
    var: () => later('v', names.numbers, (x) => `var ${x} = ${n()};`),
    'array variable': () => later('a', names.arrays, (x) => `const ${x} = [${n()}, ${n()}];`),
    'object variable': () =>
      later('o', names.objects, (x) => `const ${x} = { a: ${n()}, b: ${n()} };`),
    'array pattern': () => {
      const x = w.fresh('n');
      const y = w.fresh('c');
      const text = `let [${x} = ${w.below(5)}, , ...${y}] = [${n()}, 1, ${n()}]; log(${w.tag()}, ${y});`;
      names.numbers.push(x);
      names.arrays.push(y);
      return text;
    },
    'object pattern': () => {
      const x = w.fresh('n');
      const y = w.fresh('n');
      const text = `let { a: ${x}, zz: ${y} = 4, ...rest${x} } = { a: ${n()}, b: ${n()} }; log(${w.tag()}, rest${x});`;
      names.numbers.push(x, y);
      return text;
    },
    'pattern assignment': () => {
      const [x, y] = [w.pick(names.numbers), w.pick(names.numbers)];
      return `[${x}, ${y}, ${w.pick(names.objects)}.a] = [${n()}, ${n()}, ${n()}];`;
    },
    'object pattern assignment': () =>
      `({ a: ${w.pick(names.numbers)}, b: ${w.pick(names.objects)}.b, c: shelf.list[0] = 3 } = { a: ${n()}, b: ${n()} });`,
    assignment: () => `${w.pick(names.numbers)} = ${n()};`,
    'compound assignment': () => `${w.pick(names.numbers)} ${w.pick(['+=', '-=', '|='])} ${n()};`,
    'member assignment': () => `${w.pick(names.objects)}.${w.pick(['a', 'b'])} = ${n()};`,
    'compound member assignment': () => `${w.pick(names.objects)}.a += ${n()};`,
    'computed assignment': () => `${w.pick(names.arrays)}[${n()} & 3] = ${n()};`,
    delete: () => `delete ${w.pick(names.objects)}.b;`,
    'this assignment': () => `${at.hasSelf ? 'this' : 'counter'}.value = ${n()};`,
    'array mutators': () => {
      const a = w.pick(names.arrays);
      return `${a}.${w.pick(['sort()', 'reverse()', 'pop()', 'shift()', `unshift(${n()})`, `splice(0, 1, ${n()})`, `fill(${n()}, 0, 1)`])}; log(${w.tag()}, ${a});`;
    },
    'map and set mutators': () =>
      w.pick([
        `map.set(${n()}, ${n()});`,
        `map.delete(${n()});`,
        `set.add(${n()});`,
        `set.delete(${n()});`,
      ]),
    'Object.assign': () => `Object.assign(${w.pick(names.objects)}, { a: ${n()} });`,
    'own mutator names': () => `counter.add(${n()});`,
    'closure variable': () =>
      later(
        'f',
        names.functions,
        (x) => `const ${x} = (x) => x + ${numeric(w, { ...at, isAsync: false, depth: 1 })};`,
      ),
    'closure that writes': () => {
      const x = w.pick(names.numbers);
      return later('f', names.functions, (f) => `const ${f} = (x) => (${x} += x);`);
    },
    'async closure variable': () =>
      later(
        'g',
        names.asyncs,
        (x) =>
          `const ${x} = async (x) => { await sleep(${w.below(5) + 1}); ${statements(w, inner(at, { isAsync: true, jumps: NO_JUMPS, depth: Math.min(2, at.depth - 1) }), 1)} return x; };`,
      ),
    'kept closure': () => `fs.push(() => ${numeric(w, { ...at, isAsync: false, depth: 1 })});`,
    'calls of kept closures': () => `for (const f of fs.splice(0)) log(${w.tag()}, f());`,
    empty: () => ';',
  };
}

function compoundForms(w: Writer, at: Place): Forms {
  const n = (): string => numeric(w, at);
  const test = (): string => `${n()} > ${w.below(4)}`;
  const body = (change: Partial<Place> = {}): string =>
    `{ ${statements(w, inner(at, change), w.below(3) + 1)} }`;
  const looped = (label: string | undefined): Jumps => ({
    breaks: ['', ...at.jumps.breaks.filter((l) => l !== ''), ...(label ? [label] : [])],
    continues: ['', ...at.jumps.continues.filter((l) => l !== ''), ...(label ? [label] : [])],
  });
  const loop = (text: (inside: (extra?: string) => string) => string): string => {
    const label = w.chance(40) ? w.fresh('L') : undefined;
    const inside = (constant?: string): string => {
      const place = inner(at, { jumps: looped(label) });
      if (constant) place.names.constants.push(constant);
      return `{ tick(); ${statements(w, place, w.below(3) + 1)} }`;
    };
    const written = text(inside);
    return label ? labelled(written, label) : written;
  };
  const forms: Forms = {
    if: () => `if (${test()}) ${body()}`,
    'if else': () => `if (${test()}) ${body()} else ${body()}`,
    block: () => body(),
    while: () => {
      const i = w.fresh('i');
      return loop((inside) => `let ${i} = 0;\n@while (${i}++ < ${w.below(3) + 1}) ${inside()}`);
    },
    'do while': () => {
      const i = w.fresh('i');
      return loop((inside) => `let ${i} = 0;\n@do ${inside()} while (${i}++ < ${w.below(2) + 1});`);
    },
    for: () => {
      const i = w.fresh('i');
      return loop((inside) => `@for (let ${i} = ${w.below(2)}; ${i} < 3; ${i}++) ${inside(i)}`);
    },
    'for with captured variable': () => {
      const i = w.fresh('i');
      return loop(
        (inside) =>
          `@for (let ${i} = 0, j${i} = 9; ${i} < 3; ${i}++, j${i}--) { fs.push(() => ${i}++ * 10 + j${i}); ${inside(i)} }`,
      );
    },
    'for without head': () => {
      const i = w.fresh('i');
      return loop((inside) => `let ${i} = 0;\n@for (;;) { if (${i}++ > 1) break; ${inside()} }`);
    },
    'for of': () => {
      const x = w.fresh('c');
      const what = w.pick([
        `[${n()}, ${n()}]`,
        `new Set([${n()}, 2])`,
        'map.keys()',
        `${w.pick(at.names.arrays)}.slice(0, 3)`,
      ]);
      return loop((inside) => `@for (const ${x} of ${what}) ${inside(x)}`);
    },
    'for of a string': () => {
      const x = w.fresh('s');
      return loop((inside) => `@for (const ${x} of 'ab') { log(${w.tag()}, ${x}); ${inside()} }`);
    },
    'for of a growing array': () => {
      const a = w.fresh('a');
      const x = w.fresh('c');
      return loop(
        (inside) =>
          `const ${a} = [1, 2];\n@for (const ${x} of ${a}) { if (${a}.length < 4) ${a}.push(${x} + 5); ${inside(x)} }`,
      );
    },
    'for of with captured pattern': () => {
      const x = w.fresh('c');
      return loop(
        (inside) =>
          `@for (const [${x}, y${x} = 2] of [[${n()}], [1, ${n()}]]) { fs.push(() => ${x} + y${x}); ${inside(x)} }`,
      );
    },
    'for of with assignment': () =>
      loop((inside) => `@for (${w.pick(at.names.numbers)} of [${n()}, ${n()}]) ${inside()}`),
    'for in': () => {
      const x = w.fresh('s');
      return loop(
        (inside) =>
          `@for (const ${x} in { a: 1, b: ${n()} }) { log(${w.tag()}, ${x}); ${inside()} }`,
      );
    },
    'labelled block': () => {
      const label = w.fresh('L');
      const jumps = { ...at.jumps, breaks: [...at.jumps.breaks, label] };
      return `${label}: ${body({ jumps })}`;
    },
    switch: () => {
      const jumps = { ...at.jumps, breaks: ['', ...at.jumps.breaks.filter((l) => l !== '')] };
      const cases = [0, 1, 2, 3].map((i) => {
        const place = inner(at, { jumps });
        const end = w.chance(50) ? 'break;' : '';
        const head = i === w.below(4) ? 'default' : `case ${w.chance(20) ? n() : i}`;
        return { head, text: `: { ${statements(w, place, w.below(2) + 1)} ${end} }` };
      });
      let seen = false;
      const text = cases.map(({ head, text }, i) => {
        if (head !== 'default') return head + text;
        if (seen) return `case ${i}${text}`;
        seen = true;
        return head + text;
      });
      return `switch (${n()} & 3) { ${text.join('\n')} }`;
    },
    'switch with declarations': () => {
      const x = w.fresh('n');
      const first = `case 0: let ${x} = ${n()}; fs.push(() => ${x});`;
      return `switch (0) { ${first} case 1: ${x} = ${n()}; log(${w.tag()}, ${x}); }`;
    },
    'try catch': () => `try { ${mayThrow(w, at)} } catch (e) { log(${w.tag()}, e); ${body()} }`,
    'try catch without binding': () => `try { ${mayThrow(w, at)} } catch ${body()}`,
    'try catch with pattern': () =>
      `try { ${mayThrow(w, at)} } catch ({ message }) { log(${w.tag()}, message); fs.push(() => message.length); ${body()} }`,
    'try finally': () =>
      `try { ${mayThrow(w, at)} } finally { log(${w.tag()}, 'finally'); ${body()} }`,
    'try catch finally': () =>
      `try { ${mayThrow(w, at)} } catch (e) { log(${w.tag()}, e); ${mayThrow(w, at)} } finally { log(${w.tag()}, 'finally'); ${body()} }`,
    'return in finally': () =>
      `try { ${mayThrow(w, at)} } finally { if (${test()}) { ${w.chance(50) ? `return ${n()};` : `throw new Error('f${w.tag()}');`} } }`,
    throw: () => `if (${n()} > 4) throw new ${w.pick(['Error', 'Failure'])}('t${w.tag()}');`,
    return: () => `if (${n()} > 4) return ${n()};`,
    'inner function': () => {
      const f = w.fresh('h');
      const place = inner(at, { isAsync: false, jumps: NO_JUMPS, hasSelf: false, depth: 1 });
      const text = `${statements(w, place, 1)} fs.push(() => y); return x + y + z;`;
      at.names.functions.push(f);
      return `function ${f}(x, y = ${w.below(4)}, { z } = { z: 1 }) { ${text} }`;
    },
  };
  if (!at.isAsync) return forms;
  const a = (): string => `await later(${w.tag()}, ${n()})`;
  return {
    ...forms,
    'for with await in test': () => {
      const i = w.fresh('i');
      return loop((inside) => `@for (let ${i} = 0; ${i} < (${a()}) % 3; ${i}++) ${inside(i)}`);
    },
    'for with await in update': () => {
      const i = w.fresh('i');
      return loop(
        (inside) =>
          `@for (let ${i} = 0; ${i} < 2; ${i} += 1 + 0 * (${a()})) { fs.push(() => ${i}); ${inside(i)} }`,
      );
    },
    'while with await in test': () => {
      const i = w.fresh('i');
      return loop((inside) => `let ${i} = 0;\n@while (${i}++ < 2 && (${a()}) < 9) ${inside()}`);
    },
    'do while with await in test': () => {
      const i = w.fresh('i');
      return loop((inside) => `let ${i} = 0;\n@do ${inside()} while (${i}++ < 1 && (${a()}) < 9);`);
    },
    'inner async function': () => {
      const f = w.fresh('g');
      const depth = Math.min(2, at.depth - 1);
      const place = inner(at, { jumps: NO_JUMPS, hasSelf: false, depth });
      const text = `await sleep(1); ${statements(w, place, 1)} return x + y + r.length;`;
      at.names.asyncs.push(f);
      return `async function ${f}(x, [y] = [${w.below(4)}], ...r) { ${text} }`;
    },
    'returned call': () => `if (${n()} > 5) return later(${w.tag()}, ${n()});`,
    'rejected await': () => `try { await reject(${w.tag()}); } catch (e) { log(${w.tag()}, e); }`,
  };
}

/** Puts the label on the loop itself, which is marked by @. */
function labelled(text: string, label: string): string {
  return text.replace('@', `${label}: @`);
}

function mayThrow(w: Writer, at: Place): string {
  const text = statements(w, inner(at), w.below(2) + 1);
  if (w.chance(40)) return text;
  return `${text} if (${numeric(w, { ...at, depth: 1 })} > 1) throw new Error('m${w.tag()}');`;
}
