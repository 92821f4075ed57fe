import { loopForms } from './loop-writer.ts';
import { type Forms, inner, NO_JUMPS, type Place, type Writer } from './writer.ts';

/** Statements with statements inside. */
export function compoundForms(w: Writer, at: Place): Forms {
  const forms = {
    ...branchForms(w, at),
    ...loopForms(w, at),
    ...tryForms(w, at),
    ...exitForms(w, at),
  };
  return at.isAsync ? { ...forms, ...asyncForms(w, at) } : forms;
}

function bodyAt(w: Writer, at: Place, change: Partial<Place> = {}): string {
  return `{ ${w.statements(inner(at, change), w.below(3) + 1)} }`;
}

function branchForms(w: Writer, at: Place): Forms {
  const n = (): string => w.numeric(at);
  const test = (): string => `${n()} > ${w.below(4)}`;
  return {
    if: () => `if (${test()}) ${bodyAt(w, at)}`,
    'if else': () => `if (${test()}) ${bodyAt(w, at)} else ${bodyAt(w, at)}`,
    block: () => bodyAt(w, at),
    'labelled block': () => {
      const label = w.fresh('L');
      const jumps = { ...at.jumps, breaks: [...at.jumps.breaks, label] };
      return `${label}: ${bodyAt(w, at, { jumps })}`;
    },
    switch: () => {
      const jumps = { ...at.jumps, breaks: ['', ...at.jumps.breaks.filter((l) => l !== '')] };
      const cases = [0, 1, 2, 3].map((i) => {
        const place = inner(at, { jumps });
        const end = w.chance(50) ? 'break;' : '';
        const head = i === w.below(4) ? 'default' : `case ${w.chance(20) ? n() : i}`;
        return { head, text: `: { ${w.statements(place, w.below(2) + 1)} ${end} }` };
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
  };
}

function tryForms(w: Writer, at: Place): Forms {
  const n = (): string => w.numeric(at);
  const test = (): string => `${n()} > ${w.below(4)}`;
  return {
    'try catch': () =>
      `try { ${mayThrow(w, at)} } catch (e) { log(${w.tag()}, e); ${bodyAt(w, at)} }`,
    'try catch without binding': () => `try { ${mayThrow(w, at)} } catch ${bodyAt(w, at)}`,
    'try catch with pattern': () =>
      `try { ${mayThrow(w, at)} } catch ({ message }) { log(${w.tag()}, message); fs.push(() => message.length); ${bodyAt(w, at)} }`,
    'try finally': () =>
      `try { ${mayThrow(w, at)} } finally { log(${w.tag()}, 'finally'); ${bodyAt(w, at)} }`,
    'try catch finally': () =>
      `try { ${mayThrow(w, at)} } catch (e) { log(${w.tag()}, e); ${mayThrow(w, at)} } finally { log(${w.tag()}, 'finally'); ${bodyAt(w, at)} }`,
    'return in finally': () =>
      `try { ${mayThrow(w, at)} } finally { if (${test()}) { ${w.chance(50) ? `return ${n()};` : `throw new Error('f${w.tag()}');`} } }`,
  };
}

function exitForms(w: Writer, at: Place): Forms {
  const n = (): string => w.numeric(at);
  return {
    throw: () => `if (${n()} > 4) throw new ${w.pick(['Error', 'Failure'])}('t${w.tag()}');`,
    return: () => `if (${n()} > 4) return ${n()};`,
    'inner function': () => {
      const f = w.fresh('h');
      const place = inner(at, { isAsync: false, jumps: NO_JUMPS, hasSelf: false, depth: 1 });
      const text = `${w.statements(place, 1)} fs.push(() => y); return x + y + z;`;
      at.names.functions.push(f);
      return `function ${f}(x, y = ${w.below(4)}, { z } = { z: 1 }) { ${text} }`;
    },
  };
}

function asyncForms(w: Writer, at: Place): Forms {
  const n = (): string => w.numeric(at);
  return {
    'inner async function': () => {
      const f = w.fresh('g');
      const depth = Math.min(2, at.depth - 1);
      const place = inner(at, { jumps: NO_JUMPS, hasSelf: false, depth });
      const text = `await sleep(1); ${w.statements(place, 1)} return x + y + r.length;`;
      at.names.asyncs.push(f);
      return `async function ${f}(x, [y] = [${w.below(4)}], ...r) { ${text} }`;
    },
    'await in an array pattern': () => {
      const x = w.fresh('n');
      const given = w.pick([n(), 'undefined']);
      const text = `let [${x} = await later(${w.tag()}, ${n()}), ...r${x}] = [${given}, ${n()}]; log(${w.tag()}, r${x});`;
      at.names.numbers.push(x);
      return text;
    },
    'await in an object pattern': () => {
      const x = w.fresh('n');
      const key = `[await later(${w.tag()}, 'b')]: b${x}`;
      const text = `let { q: ${x} = await later(${w.tag()}, ${n()}), ${key}, ...r${x} } = { a: ${n()}, b: ${n()} }; log(${w.tag()}, r${x}); log(${w.tag()}, b${x});`;
      at.names.numbers.push(x);
      return text;
    },
    'await in a pattern assignment': () =>
      `({ q: ${w.pick(at.names.numbers)} = await later(${w.tag()}, ${n()}), b: ${w.pick(at.names.objects)}.b } = { b: ${n()} });`,
    'catch with await in pattern': () =>
      `try { ${mayThrow(w, at)} } catch ({ code = await later(${w.tag()}, ${n()}) }) { log(${w.tag()}, code); }`,
    'returned call': () => `if (${n()} > 5) return later(${w.tag()}, ${n()});`,
    'rejected await': () => `try { await reject(${w.tag()}); } catch (e) { log(${w.tag()}, e); }`,
  };
}

function mayThrow(w: Writer, at: Place): string {
  const text = w.statements(inner(at), w.below(2) + 1);
  if (w.chance(40)) return text;
  return `${text} if (${w.numeric({ ...at, depth: 1 })} > 1) throw new Error('m${w.tag()}');`;
}
