import { type Forms, inner, type Jumps, type Place, type Writer } from './writer.ts';

type Inside = (constant?: string) => string;

/** A loop, sometimes under a label; `inside` writes its body. */
function loopAt(w: Writer, at: Place, text: (inside: Inside) => string): string {
  const label = w.chance(40) ? w.fresh('L') : undefined;
  const own = label === undefined ? [''] : ['', label];
  const jumps: Jumps = {
    breaks: [...own, ...at.jumps.breaks.filter((l) => l !== '')],
    continues: [...own, ...at.jumps.continues.filter((l) => l !== '')],
  };
  const written = text((constant) => {
    const place = inner(at, { jumps });
    if (constant !== undefined) place.names.constants.push(constant);
    return `{ tick(); ${w.statements(place, w.below(3) + 1)} }`;
  });
  return label === undefined ? written : labelled(written, label);
}

/** Puts the label on the loop itself, which is marked by @. */
function labelled(text: string, label: string): string {
  return text.replace('@', `${label}: @`);
}

export function loopForms(w: Writer, at: Place): Forms {
  const loops = { ...countedForms(w, at), ...eachForms(w, at) };
  return at.isAsync ? { ...loops, ...awaitingForms(w, at), ...streamForms(w, at) } : loops;
}

function countedForms(w: Writer, at: Place): Forms {
  const loop = (text: (inside: Inside) => string): string => loopAt(w, at, text);
  return {
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
  };
}

function eachForms(w: Writer, at: Place): Forms {
  const n = (): string => w.numeric(at);
  const loop = (text: (inside: Inside) => string): string => loopAt(w, at, text);
  return {
    'for of': () => {
      const x = w.fresh('c');
      const what = w.pick([
        `[${n()}, ${n()}]`,
        `new Set([${n()}, 2])`,
        // Of a copy: the body may add to the map, and a loop with an await in it sees the keys of its beginning.
        'new Map(map).keys()',
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
  };
}

function awaitingForms(w: Writer, at: Place): Forms {
  const a = (): string => `await later(${w.tag()}, ${w.numeric(at)})`;
  const loop = (text: (inside: Inside) => string): string => loopAt(w, at, text);
  return {
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
  };
}

function streamForms(w: Writer, at: Place): Forms {
  const n = (): string => w.numeric(at);
  const a = (): string => `later(${w.tag()}, ${w.numeric(at)})`;
  const loop = (text: (inside: Inside) => string): string => loopAt(w, at, text);
  const forms: Record<string, () => string> = {
    'for await of a stream': () => {
      const s = w.fresh('s');
      const x = w.fresh('c');
      const head = `const ${s} = new Source(); void feed(${s}, ${w.below(3) + 1});`;
      return loop((inside) => `${head}\n@for await (const ${x} of ${s}) ${inside(x)}`);
    },
    'for of with await in pattern': () => {
      const x = w.fresh('c');
      return loop(
        (inside) => `@for (const { v: ${x} = await ${a()} } of [{ v: ${n()} }, {}]) ${inside(x)}`,
      );
    },
  };
  if (w.isPending) return forms;
  forms['for await of a list'] = () => {
    const x = w.fresh('c');
    return loop(
      (inside) =>
        `@for await (const [${x}, y${x} = 3] of [pair(${n()}), [${n()}]]) { fs.push(() => ${x} + y${x}); ${inside(x)} }`,
    );
  };
  return forms;
}
