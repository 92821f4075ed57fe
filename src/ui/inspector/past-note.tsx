import type { ReactNode } from 'react';

import { useLab } from '#ui/lab-context.ts';
import { formatTime } from '#ui/picture/timeline-scale.ts';

import styles from './inspector.module.css';

/** Says which instant a state is of, while the playhead is in the past. */
export function PastNote(): ReactNode {
  const live = useLab((state) => state.live);
  const atMs = useLab((state) => state.past?.atMs);
  if (live) return null;
  return (
    <p className={styles['past']} data-testid="past-note">
      {atMs === undefined
        ? 'The past is being executed again…'
        : `As it was at ${formatTime(atMs)}, executed again; its disk is that of the live edge, and signatures are stand-ins.`}
    </p>
  );
}
