import type { ReactNode } from 'react';

import { glyphPath, letters, type MessageKind } from './picture/message-style.ts';

import styles from './vote-glyph.module.css';

interface VoteGlyphProps {
  readonly kind: MessageKind;
  /** What it stands for, in words; left out where the words are beside it. */
  readonly name?: string;
  /** False for a vote that backs nothing here. */
  readonly counts?: boolean;
  readonly small?: boolean;
}

/** A message as the stage draws it, in a text or a table. */
export function VoteGlyph({ kind, name, counts = true, small = false }: VoteGlyphProps): ReactNode {
  const size = small ? 0.72 : 0.92;
  const [w, h] = [Math.ceil(26 * size), Math.ceil(19 * size)];
  const naming = name === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': name };
  return (
    <svg
      className={styles['glyph']}
      data-kind={kind}
      data-counts={counts}
      width={w}
      height={h}
      viewBox={`${-w / 2} ${-h / 2} ${w} ${h}`}
      {...naming}
    >
      {name === undefined ? null : <title>{name}</title>}
      <path d={glyphPath(kind, size)} />
      <text dy="0.36em" fontSize={small ? 8.5 : 10.5}>
        {letters[kind]}
      </text>
    </svg>
  );
}
