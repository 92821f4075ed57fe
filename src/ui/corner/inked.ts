/** How a piece of a line is drawn. */
export interface Piece {
  readonly text: string;
  readonly ink: 'plain' | 'comment' | 'string' | 'await' | 'runtime';
}

const pattern =
  /(?<comment>\/\/.*|\/\*.*|^\s*\*.*)|(?<string>'[^']*'|"[^"]*"|`[^`]*`)|(?<await>\bawait\b)|(?<runtime>\$\w*\b|\$)/g;

/** A line of code in pieces: comments step back, awaits and what the compiler put in stand out. */
export function inked(line: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of line.matchAll(pattern)) {
    if (match.index > end) pieces.push({ text: line.slice(end, match.index), ink: 'plain' });
    pieces.push({ text: match[0], ink: inkOf(match.groups ?? {}) });
    end = match.index + match[0].length;
  }
  if (end < line.length) pieces.push({ text: line.slice(end), ink: 'plain' });
  return pieces;
}

function inkOf(groups: Readonly<Record<string, string | undefined>>): Piece['ink'] {
  if (groups['comment'] !== undefined) return 'comment';
  if (groups['string'] !== undefined) return 'string';
  return groups['await'] === undefined ? 'runtime' : 'await';
}
