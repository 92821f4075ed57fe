import { describe, expect, it } from 'vitest';

import { compile } from './compile.ts';
import { isPersistent } from './module-source.ts';
import { idOf } from './plugin.ts';

interface Point {
  readonly text: string;
  readonly line: number;
  readonly column: number;
  readonly live: readonly string[];
}

/** The await points of a module, as its code states them. */
function pointsOf(source: string): Point[] {
  const { code } = compile(source, 'a.ts');
  const points = code.matchAll(
    /\{\s*text: ("(?:[^"\\]|\\.)*"),\s*line: (\d+),\s*column: (\d+),\s*live: (\[[^\]]*\])\s*\}/g,
  );
  return [...points].map(([, text = '', line, column, live = '']) => ({
    text: String(JSON.parse(text)),
    line: Number(line),
    column: Number(column),
    live: namesIn(JSON.parse(live)),
  }));
}

function namesIn(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** The live fields at each await of a body. */
function live(body: string): string[][] {
  return pointsOf(`'use persistent'; async function f(a, b) { ${body} }`).map((p) => [...p.live]);
}

/** What the body of a function becomes, on one line. */
function code(body: string): string {
  const source = `'use persistent'; function f(a, b, x) { ${body} }`;
  return compile(source, 'a.ts').code.replaceAll(/\s+/g, ' ');
}

const SOURCE = `'use persistent';
import { sleep } from './sleep.ts';

interface Ignored {
  readonly a: string;
}

/** A comment
 * over lines. */
export class Waiter {
  declare readonly gone: string;

  // another comment

  async wait(n: number): Promise<Ignored> {
    await sleep(n as number);

    /* inline */ const found = await this.find<Map<string, Ignored>>(n! /* type arguments */,
      'x');
    return found satisfies Ignored;
  }
}
`;

describe('[C2] await points', () => {
  it('have the line and the column of the author’s file', () => {
    expect(pointsOf(SOURCE)).toEqual([
      { text: 'await sleep(n)', line: 16, column: 5, live: ['n'] },
      { text: "await this.find(n, 'x')", line: 18, column: 32, live: [] },
    ]);
  });

  it('keep their labels when code around them changes', () => {
    const changed = SOURCE.replace(
      'await sleep(n as number);',
      'const extra = await sleep(1);\n n += extra; await sleep(\n n as any\n, );',
    );
    const labels = pointsOf(changed).map((p) => p.text);
    expect(labels).toEqual(['await sleep(1)', 'await sleep(n)', "await this.find(n, 'x')"]);
  });
});

describe('[C3] liveness', () => {
  it('keeps what is read later, and nothing else', () => {
    expect(live('const x = a; await b; return x')).toEqual([['x']]);
    expect(live('await a; await b')).toEqual([['b'], []]);
    expect(live('await a; b = 1; return b')).toEqual([[]]);
  });

  it('keeps what the next round of a loop reads', () => {
    expect(live('while (a) { await b }')).toEqual([['a', 'b']]);
    expect(live('while (true) { const x = g(); await x; h(x) }')).toEqual([['x']]);
    expect(live('for (;;) { const x = await g(); h(x); await 1 }')).toEqual([[], []]);
  });

  it('keeps what a handler reads', () => {
    expect(live('try { await a; b = 2 } catch { return b }')).toEqual([['b']]);
  });
});

describe('[C4] types', () => {
  it('are gone, and fields keep define semantics', () => {
    const { code } = compile(
      SOURCE.replace('declare readonly gone', 'private readonly kept'),
      'a.ts',
    );
    expect(code).toContain('kept;');
    expect(code).not.toMatch(/interface|private|satisfies|import type|<Map/);
    expect(compile(SOURCE, 'a.ts').code).not.toContain('gone');
  });
});

describe('[C7] the write barrier', () => {
  it.each([
    ['a.b.c = x', '$w(a.b).c = x'],
    ['a[b] += x', '$w(a)[b] += x'],
    ['a.b++', '$w(a).b++'],
    ['delete a.b', 'delete $w(a).b'],
    ['a.b ??= x', '$w(a).b ??= x'],
    ['[a.b, ...x.c] = b', '[$w(a).b, ...$w(x).c] = b'],
    ['for (a.b of x) ;', '$w(a).b = $v1'],
    ['a.push(x)', '$w(a).push(x)'],
    ['a?.push(x)', '$w(a)?.push(x)'],
    ['a.push?.(x)', '$w(a).push?.(x)'],
    ['a?.b.push(x)', '($o1 = a) == null ? void 0 : $w($o1.b).push(x)'],
    ['a.b?.c?.set(x, 1)', '$w($o2).set(x, 1)'],
    ['a[b](x)', '$w(a)[b](x)'],
    ["a['push'](x)", "$w(a)['push'](x)"],
    ['Object.assign(a, b)', 'Object.assign($w(a), b)'],
    ['() => x++', '$w($e1).x++'],
  ])('marks %s', (source, expected) => {
    expect(code(source)).toContain(expected);
  });

  it('leaves reads alone', () => {
    expect(code('return a.b.slice(x).map(b)')).not.toContain('$w(');
  });
});

describe('[C9] the module', () => {
  it('is taken by its first directive only', () => {
    expect(isPersistent(`// c\n/* d */\n'use persistent';`)).toBe(true);
    expect(isPersistent(`"use persistent"\nx`)).toBe(true);
    expect(isPersistent(`x; 'use persistent'`)).toBe(false);
    expect(isPersistent(`// 'use persistent'`)).toBe(false);
  });

  it('has ids below src, whatever the query', () => {
    expect(idOf('/w', '/w/src/core/a.ts?t=1')).toBe('core/a.ts');
    expect(idOf('/w', '/w/demo/a.ts')).toBe('demo/a.ts');
  });

  it('leaves imports alone and names its runtime', () => {
    const { code } = compile(`'use persistent'; import { x } from '#core/x.ts'; x();`, 'a.ts', {
      runtime: './r.ts',
    });
    expect(code).toContain("from '#core/x.ts'");
    expect(code).toContain('from "./r.ts"');
    expect(code).not.toContain('use persistent');
  });

  it('maps code to the author’s lines', () => {
    const { map, code } = compile(SOURCE, 'x/a.ts');
    expect(map.sources).toEqual(['a.ts']);
    expect(map.mappings.length).toBeGreaterThan(code.length / 20);
  });
});
