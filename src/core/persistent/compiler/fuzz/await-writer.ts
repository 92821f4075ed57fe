import { inner, NO_JUMPS, type Place, type Writer } from './writer.ts';

/** An await, or an expression form that is special because of the await in it. */
export function awaited(w: Writer, at: Place): string {
  const n = (): string => w.numeric(at);
  const a = (): string => `await later(${w.tag()}, ${w.numeric(at)})`;
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
    'await in a tagged template': () => `tag\`a\${${n()}}\\n\${${a()}}\``,
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
      `(await (async (x) => { ${pending(w)} return x + ${w.numeric(asyncClosure(at))}; })(${n()}))`,
    'async expression arrow': () => `(await (async (x = 2) => await later(${w.tag()}, x))(${n()}))`,
    'async function expression': () =>
      `(await (async function (x, ...r) { ${pending(w)} ${w.statements(asyncClosure(at, false), 2)} return x + r.length; })(${n()}, ${n()}))`,
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
