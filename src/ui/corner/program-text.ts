import type { CompiledText } from '#core/persistent/compiler/compiled-text.ts';

const sources = import.meta.glob<string>(
  [
    '/src/core/persistent/samples/*.ts',
    '!**/*.test.ts',
    '!**/{mortal-application,outside-world,catalogue,programs}.ts',
  ],
  { query: '?raw', import: 'default' },
);
const compiled = import.meta.glob<CompiledText>(
  [
    '/src/core/persistent/samples/*.ts',
    '!**/*.test.ts',
    '!**/{mortal-application,outside-world,catalogue,programs}.ts',
  ],
  { query: '?compiled', import: 'default' },
);

/** A program as its author wrote it, and what the compiler made of it when the page was built. */
export interface ProgramText {
  readonly source: string;
  readonly compiled: CompiledText;
}

/** The text of a sample by its path from `src/`. */
export async function loadProgramText(file: string): Promise<ProgramText> {
  const [source, made] = await Promise.all([
    sources[`/src/${file}`]?.(),
    compiled[`/src/${file}`]?.(),
  ]);
  if (source === undefined || made === undefined) throw new Error(`there is no text of ${file}`);
  return { source, compiled: made };
}

/** The line of the compiled text that suspends at an await of the source. */
export function compiledLineOf(
  { awaits }: CompiledText,
  { line, column }: { readonly line: number; readonly column: number },
): number | undefined {
  return awaits.find((one) => one.line === line && one.column === column)?.compiledLine;
}
