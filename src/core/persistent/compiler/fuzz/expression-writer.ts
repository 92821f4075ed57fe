import { awaited } from './await-writer.ts';
import { type Forms, inner, NO_JUMPS, type Place, type Writer } from './writer.ts';

/** An expression that gives a number. */
export function numeric(w: Writer, at: Place): string {
  if (at.depth <= 0) return leaf(w, at);
  if (at.isAsync && w.chance(30)) return awaited(w, { ...at, depth: at.depth - 1 });
  return w.one({ ...operatorForms(w, at), ...memberForms(w, at), ...callForms(w, at) });
}

function numberAt(w: Writer, at: Place): () => string {
  return () => w.numeric({ ...at, depth: at.depth - 1 });
}

/** Operators and literals. */
function operatorForms(w: Writer, at: Place): Forms {
  const n = numberAt(w, at);
  return {
    leaf: () => leaf(w, at),
    probe: () => `p(${w.tag()}, ${n()})`,
    'binary operator': () => `(${n()} ${w.pick(['+', '-', '*', '%', '|', '<<'])} ${n()})`,
    comparison: () => `Number(${n()} ${w.pick(['<', '>=', '===', '!=='])} ${n()})`,
    '&&': () => `(${n()} && ${n()})`,
    '||': () => `(${n()} || ${n()})`,
    '??': () => `(${w.pick(['null', 'undefined', n()])} ?? ${n()})`,
    '?:': () => `(${n()} ? ${n()} : ${n()})`,
    sequence: () => `(${n()}, ${n()})`,
    'unary operator': () =>
      w.pick([`-(${n()})`, `~(${n()})`, `Number(!(${n()}))`, `(void (${n()}) ?? 1)`]),
    typeof: () => `(typeof ${n()} === 'number' ? 1 : 2)`,
    'template literal': () => `\`\${${n()}}-\${${n()}}\`.length`,
    'tagged template': () => `tag\`a\${${n()}}b\${${n()}}\``,
    'array literal': () => `[${n()}, ...[${n()}, ${n()}], ${n()}].length`,
    'object literal': () =>
      `Object.values({ a: ${n()}, ['k' + ${n()}]: ${n()}, ...{ b: ${n()} }, 'c d': ${n()} }).length`,
  };
}

/** Members, optional chains and writes. */
function memberForms(w: Writer, at: Place): Forms {
  const n = numberAt(w, at);
  const { names } = at;
  return {
    shorthand: () => {
      const name = w.pick([...names.numbers, ...names.constants]);
      return `({ ${name} }).${name}`;
    },
    'object method': () => `({ v: ${n()}, m(q) { return this.v + q; } }).m(${n()})`,
    'call with arguments': () => `add(${n()}, ${n()}, ...[${n()}])`,
    'array element': () => `(${w.pick(names.arrays)}[${n()} & 3] ?? 0)`,
    'object member': () => `(${w.pick(names.objects)}.${w.pick(['a', 'b'])} ?? 0)`,
    'optional member': () => `(${w.pick([...names.objects, 'nothing'])}?.deep?.a ?? ${n()})`,
    'optional call': () => `(${w.pick(['nothing', 'counter'])}?.plus(${n()}) ?? 0)`,
    'optional method': () => `(counter.${w.pick(['missing', 'plus'])}?.(${n()}) ?? 0)`,
    'optional mutator': () => `(${w.pick([w.pick(names.arrays), 'nothing'])}?.push(${n()}) ?? 0)`,
    'mutator in a chain': () => `(${w.pick(['shelf', 'nothing'])}?.list.push(${n()}) ?? 0)`,
    'optional chain with calls': () =>
      `(${w.pick(['shelf', 'nothing'])}?.pick(${n()}).list?.at(${n()} & 1) ?? 0)`,
    'mutator call': () => `${w.pick(names.arrays)}.push(${n()}, ${n()})`,
    'assignment expression': () => `(${w.pick(names.numbers)} = ${n()})`,
    'update expression': () => `${w.pick(names.numbers)}${w.pick(['++', '--'])}`,
    'member update': () => `${w.pick(['++', '--'])}${w.pick(names.objects)}.a`,
  };
}

/** Calls, closures and classes. */
function callForms(w: Writer, at: Place): Forms {
  const n = numberAt(w, at);
  const { names } = at;
  return {
    'call of a closure': () => `${w.pick([...names.functions, 'twice'])}(${n()})`,
    arrow: () => `((x) => x + ${w.numeric(closure(at))})(${n()})`,
    'function expression': () =>
      `(function (x) { return x + ${w.numeric(closure(at, false))}; })(${n()})`,
    'named function expression': () =>
      `(function f(x) { return x <= 0 ? 0 : 1 + f(x - 1); })(${n()} & 3)`,
    'array method with a closure': () =>
      `${w.pick(names.arrays)}.slice(0, 3).map((x) => x + ${w.numeric(closure(at))}).reduce((a, b) => a + b, 0)`,
    'block closure': () =>
      `(() => { ${w.statements(closure(at), 2)} return ${w.numeric(closure(at))}; })()`,
    new: () => `new Counter(${n()}).value`,
    'method call': () => `${at.hasSelf ? 'this' : 'counter'}.plus(${n()})`,
    'static method call': () => `Counter.of(${n()}).value`,
    'inherited method call': () => `new Double(${n()}).plus(${n()})`,
    getter: () => `new Counter(${n()}).half`,
    in: () => `Number('a' in ${w.pick(names.objects)})`,
    instanceof: () => `Number(counter instanceof ${w.pick(['Counter', 'Double'])})`,
    this: () => (at.hasSelf ? 'this.value' : 'counter.value'),
    'logical assignment': () =>
      `(${w.pick(names.numbers)} ${w.pick(['&&=', '||=', '??='])} ${n()})`,
  };
}

function leaf(w: Writer, at: Place): string {
  const names = [...at.names.numbers, ...at.names.constants];
  return names.length > 0 && w.chance(70) ? w.pick(names) : String(w.below(7));
}

/** The inside of a closure that is not async. */
function closure(at: Place, keepsSelf = true): Place {
  const hasSelf = at.hasSelf && keepsSelf;
  return inner(at, { isAsync: false, hasSelf, jumps: NO_JUMPS, depth: Math.min(1, at.depth - 1) });
}
