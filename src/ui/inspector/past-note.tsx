import type { ReactNode } from 'react';

import { useLab } from '#ui/lab-context.ts';
import { formatTime } from '#ui/picture/timeline-scale.ts';

import styles from './inspector.module.css';

/** Says that states are those of the live edge while the playhead is in the past. */
export function PastNote(): ReactNode {
  const live = useLab((state) => state.live);
  const edgeMs = useLab((state) => (state.live ? 0 : state.edgeMs));
  if (live) return null;
  return (
    <p className={styles['past']}>
      Past on the stage; this is the state at the live edge, {formatTime(edgeMs)}.
    </p>
  );
}
