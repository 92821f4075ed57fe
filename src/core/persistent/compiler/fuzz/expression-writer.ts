import { statements } from './statement-writer.ts';
import { inner, NO_JUMPS, type Place, type Writer } from './writer.ts';

/** An expression that gives a number. */
export function numeric(w: Writer, at: Place): string {
  if (at.depth <= 0) return leaf(w, at);
  const deeper = { ...at, depth: at.depth - 1 };
  const n = (): string => numeric(w, deeper);
  if (at.isAsync && w.chance(30)) return awaited(w, deeper);
  const { names } = at;
  return w.one({
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
    'array literal': () => `[${n()}, ...[${n()}, ${n()}], ${n()}].length`,
    'object literal': () =>
      `Object.values({ a: ${n()}, ['k' + ${n()}]: ${n()}, ...{ b: ${n()} }, 'c d': ${n()} }).length`,
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
    'call of a closure': () => `${w.pick([...names.functions, 'twice'])}(${n()})`,
    arrow: () => `((x) => x + ${numeric(w, closure(at))})(${n()})`,
    'function expression': () =>
      `(function (x) { return x + ${numeric(w, closure(at, false))}; })(${n()})`,
    'named function expression': () =>
      `(function f(x) { return x <= 0 ? 0 : 1 + f(x - 1); })(${n()} & 3)`,
    'array method with a closure': () =>
      `${w.pick(names.arrays)}.slice(0, 3).map((x) => x + ${numeric(w, closure(at))}).reduce((a, b) => a + b, 0)`,
    'block closure': () =>
      `(() => { ${statements(w, closure(at), 2)} return ${numeric(w, closure(at))}; })()`,
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
  });
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

/** An await, or an expression form that is special because of the await in it. */
function awaited(w: Writer, at: Place): string {
  const n = (): string => numeric(w, at);
  const a = (): string => `await later(${w.tag()}, ${numeric(w, at)})`;
  const { names } = at;
  const forms: Record<string, () => string> = {
    await: () => `(${a()})`,
    'await of a sleep': () => `(await sleep(${w.below(9) + 1}), ${n()})`,
    'await in both operands': () => `(${a()} - ${n()} + ${a()})`,
    'await left of &&': () => `(${n()} && ${a()})`,
    'await right of ||': () => `(${n()} || ${a()})`,
    'await right of ??': () => `(${w.pick(['null', n()])} ?? ${a()})`,
    'await in ?:': () => `(${n()} ? ${a()} : ${n()})`,
    'await in a test of ?:': () => `((${a()}) ? ${n()} : ${a()})`,
    'awaits among arguments': () => `add(${n()}, ${a()}, ${n()}, ...[${n()}], ${a()})`,
    'await in a template': () => `\`\${${n()}}-\${${a()}}\`.length`,
    'await in an array': () => `[${n()}, ...[${n()}], ${a()}, ${n()}].length`,
    'await in an object': () =>
      `Object.values({ a: ${n()}, ...{ z: ${n()} }, ['k' + ${n()}]: ${a()}, m() { return 1; }, b: ${n()} }).length`,
    'await in a computed key': () => `Object.keys({ ['k' + (${a()})]: ${n()} }).length`,
    'await in new': () => `new Counter(${a()}).value`,
    'await in a key': () => `(${w.pick(names.arrays)}[(${a()}) & 3] ?? 0)`,
    'await in a receiver': () => `(await later(${w.tag()}, counter)).plus(${n()})`,
    'await in a mutator call': () => `${w.pick(names.arrays)}.push(${n()}, ${a()})`,
    'await in an optional mutator': () =>
      `(${w.pick([w.pick(names.arrays), 'nothing'])}?.push(${a()}) ?? 0)`,
    'await in an optional chain': () =>
      `(${w.pick(['shelf', 'nothing'])}?.pick(${a()}).list?.at(${a()} & 1) ?? 0)`,
    'await in an optional method': () => `(counter.${w.pick(['missing', 'plus'])}?.(${a()}) ?? 0)`,
    'await before an optional chain': () => `((await later(${w.tag()}, shelf))?.list?.length ?? 0)`,
    'await in a compound assignment': () => `(${w.pick(names.numbers)} += ${a()})`,
    'await in a member assignment': () => `(${w.pick(names.objects)}.a = ${a()})`,
    'await in a computed assignment': () => `(${w.pick(names.arrays)}[${n()} & 3] = ${a()})`,
    'await in a compound member assignment': () =>
      `(${w.pick(names.objects)}[p(${w.tag()}, 'a')] += ${a()})`,
    'await in a logical assignment': () =>
      `(${w.pick([w.pick(names.numbers), `${w.pick(names.objects)}.b`])} ${w.pick(['&&=', '||=', '??='])} ${a()})`,
    'await in an update': () => `(await later(${w.tag()}, counter)).value++`,
    'await in a sequence': () => `(${n()}, ${a()}, ${n()})`,
    'await in a unary operator': () => `(-(${a()}))`,
    'await of an await': () => `(await later(${w.tag()}, ${a()}))`,
    'async method call': () => `(await ${at.hasSelf ? 'this' : 'counter'}.slowly(${n()}))`,
    'async static call': () => `(await Counter.make(${n()})).value`,
    'async super call': () => `(await new Double(${n()}).slowly(${n()}))`,
    'call of an async closure': () => `(await ${w.pick([...names.asyncs, 'recurse'])}(${n()} & 3))`,
    'async arrow': () =>
      `(await (async (x) => { ${pending(w)} return x + ${numeric(w, asyncClosure(at))}; })(${n()}))`,
    'async expression arrow': () => `(await (async (x = 2) => await later(${w.tag()}, x))(${n()}))`,
    'async function expression': () =>
      `(await (async function (x, ...r) { ${pending(w)} ${statements(w, asyncClosure(at, false), 2)} return x + r.length; })(${n()}, ${n()}))`,
    'named async function expression': () =>
      `(await (async function f(x) { ${pending(w)} return x <= 0 ? 0 : 1 + await f(x - 1); })(${n()} & 3))`,
    'async object method': () => `(await ({ async m(q) { ${pending(w)} return q; } }).m(${n()}))`,
  };
  if (!w.isPending) forms['await of a plain value'] = () => `(await ${w.pick(['5', n()])})`;
  return w.one(forms);
}

/** An async closure starts with a sleep where every await must be pending. */
function pending(w: Writer): string {
  return w.isPending ? `await sleep(${w.below(9) + 1});` : '';
}

function asyncClosure(at: Place, keepsSelf = true): Place {
  const hasSelf = at.hasSelf && keepsSelf;
  return inner(at, { isAsync: true, hasSelf, jumps: NO_JUMPS, depth: Math.min(2, at.depth - 1) });
}
