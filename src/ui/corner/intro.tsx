import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

import { useCorner } from './corner-context.ts';
import { sentenceOf } from './corner-words.ts';

import styles from './intro.module.css';

/** What the sample is for, and what happened last. */
export function Intro(): ReactNode {
  const about = useCorner((state) => state.sample.about);
  const last = useCorner((state) => state.last);
  const durable = useCorner((state) => state.durable);
  const sentence = sentenceOf({ last, durable });
  return (
    <div className={styles['intro']}>
      <p>{about}</p>
      {last.type === 'lost' ? (
        <p role="alert" className={styles['lost']} data-testid="corner-lost">
          <CircleAlert size={16} aria-hidden="true" /> {sentence}
        </p>
      ) : (
        <output className={styles['last']} data-testid="corner-last">
          {sentence}
        </output>
      )}
    </div>
  );
}
