import { useMemo, type ReactNode } from 'react';

import type { ClusterPicture } from '#ui/picture/cluster-picture.ts';
import { phaseWords } from '#ui/picture/phase.ts';

import styles from './phase-label.module.css';

interface PhaseLabelProps {
  readonly picture: ClusterPicture;
}

/** The current phase, in words, in the corner where no message passes. */
export function PhaseLabel({ picture }: PhaseLabelProps): ReactNode {
  const { kind, title, where, progress } = useMemo(() => phaseWords(picture), [picture]);
  return (
    <p className={styles['label']} data-kind={kind} data-testid="phase">
      <strong data-picture-text>{title}</strong> <span data-picture-text>{where}</span>{' '}
      {progress === '' ? null : <span data-picture-text>{progress}</span>}
    </p>
  );
}
