import { useMemo, type ReactNode } from 'react';

import type { ClusterPicture } from '#ui/picture/cluster-picture.ts';
import { phaseWords } from '#ui/picture/phase.ts';
import type { Point } from '#ui/picture/stage-layout.ts';

import styles from './phase-label.module.css';

interface PhaseLabelProps {
  readonly centre: Point;
  readonly picture: ClusterPicture;
}

/** The current phase, in words, in the middle of the ring. */
export function PhaseLabel({ centre, picture }: PhaseLabelProps): ReactNode {
  const { kind, title, where, progress } = useMemo(() => phaseWords(picture), [picture]);
  return (
    <g
      className={styles['label']}
      data-kind={kind}
      transform={`translate(${centre.x} ${centre.y})`}
    >
      <text className={styles['title']} y="-6">
        {title}
      </text>
      <text className={styles['where']} y="14">
        {where}
      </text>
      <text className={styles['where']} y="31">
        {progress}
      </text>
    </g>
  );
}
