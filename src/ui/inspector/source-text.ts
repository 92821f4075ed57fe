const sources = import.meta.glob<string>(
  ['/src/core/replica/*.ts', '!**/*.test.ts', '!**/test-*.ts'],
  {
    query: '?raw',
    import: 'default',
  },
);

/** The source of a module of the replica by its path from `src/`, or undefined when it is none. */
export async function loadSource(file: string): Promise<string | undefined> {
  const path = file.startsWith('/src/') ? file : `/src/${file.replace(/^src\//, '')}`;
  return sources[path]?.();
}

/** A line of a source text. */
export interface SourceLine {
  readonly number: number;
  readonly content: string;
}

/** The lines around `line`, without the indentation that all of them have. */
export function linesAround(text: string, line: number, reach = 4): readonly SourceLine[] {
  const lines = text
    .split('\n')
    .map((content, i) => ({ number: i + 1, content }))
    .slice(Math.max(0, line - 1 - reach), line + reach);
  const indents = lines
    .filter(({ content }) => content.trim() !== '')
    .map(({ content }) => content.length - content.trimStart().length);
  const indent = Math.min(...indents);
  return lines.map(({ number, content }) => ({ number, content: content.slice(indent) }));
}
