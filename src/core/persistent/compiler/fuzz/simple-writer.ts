import { type Forms, inner, NO_JUMPS, type Place, type Writer } from './writer.ts';

/** Statements in one line. */
export function simpleForms(w: Writer, at: Place): Forms {
  return {
    ...declarationForms(w, at),
    ...patternForms(w, at),
    ...writeForms(w, at),
    ...closureForms(w, at),
  };
}

/** Declares a name, visible to what comes after its own declaration. */
function declared(
  w: Writer,
  prefix: string,
  list: string[],
  text: (name: string) => string,
): string {
  const name = w.fresh(prefix);
  const written = text(name);
  list.push(name);
  return written;
}

function declarationForms(w: Writer, at: Place): Forms {
  const { names } = at;
  const n = (): string => w.numeric(at);
  return {
    log: () => `log(${w.tag()}, ${n()});`,
    let: () => declared(w, 'n', names.numbers, (x) => `let ${x} = ${n()};`),
    'let without value': () =>
      declared(w, 'n', names.numbers, (x) => `let ${x}; log(${w.tag()}, ${x}); ${x} = ${n()};`),
    const: () => declared(w, 'c', names.constants, (x) => `const ${x} = ${n()};`),
    var: () => declared(w, 'v', names.numbers, (x) => `var ${x} = ${n()};`),
    'array variable': () => declared(w, 'a', names.arrays, (x) => `const ${x} = [${n()}, ${n()}];`),
    'object variable': () =>
      declared(w, 'o', names.objects, (x) => `const ${x} = { a: ${n()}, b: ${n()} };`),
  };
}

function patternForms(w: Writer, at: Place): Forms {
  const { names } = at;
  const n = (): string => w.numeric(at);
  return {
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
  };
}

function writeForms(w: Writer, at: Place): Forms {
  const { names } = at;
  const n = (): string => w.numeric(at);
  return {
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
  };
}

function closureForms(w: Writer, at: Place): Forms {
  const { names } = at;
  return {
    'closure variable': () =>
      declared(
        w,
        'f',
        names.functions,
        (x) => `const ${x} = (x) => x + ${w.numeric({ ...at, isAsync: false, depth: 1 })};`,
      ),
    'closure that writes': () => {
      const x = w.pick(names.numbers);
      return declared(w, 'f', names.functions, (f) => `const ${f} = (x) => (${x} += x);`);
    },
    'async closure variable': () =>
      declared(
        w,
        'g',
        names.asyncs,
        (x) =>
          `const ${x} = async (x) => { await sleep(${w.below(5) + 1}); ${w.statements(inner(at, { isAsync: true, jumps: NO_JUMPS, depth: Math.min(2, at.depth - 1) }), 1)} return x; };`,
      ),
    'kept closure': () => `fs.push(() => ${w.numeric({ ...at, isAsync: false, depth: 1 })});`,
    'calls of kept closures': () => `for (const f of fs.splice(0)) log(${w.tag()}, f());`,
    empty: () => ';',
  };
}
