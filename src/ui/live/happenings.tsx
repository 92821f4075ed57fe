import type { ReactNode } from 'react';

import { useLive } from './live-context.ts';
import { markSentence } from './mark-words.ts';

import styles from './panels.module.css';

const shown = 12;

/** What has happened, the latest first. */
export function Happenings(): ReactNode {
  const marks = useLive((state) => state.marks);
  const told = marks.filter(({ kind }) => kind !== 'stable').slice(-shown);
  const stable = marks.findLast(({ kind }) => kind === 'stable');
  if (told.length === 0 && stable === undefined) return null;
  return (
    <section className={styles['panel']} aria-label="What happened" data-testid="live-happenings">
      <h2>What happened</h2>
      <ol className={styles['happenings']}>
        {told.toReversed().map((mark) => (
          <li key={`${mark.kind} ${mark.atMs} ${mark.replica}`}>
            <time>{(mark.atMs / 1000).toFixed(1)} s</time> {markSentence(mark)}
          </li>
        ))}
      </ol>
      {stable === undefined ? null : <p>{markSentence(stable)}</p>}
    </section>
  );
}
