import type { ReactNode } from 'react';

import styles from './threshold-bar.module.css';

interface ThresholdBarProps {
  /** How many could vote. */
  readonly voters: number;
  readonly held: number;
  readonly needed: number;
}

const height = 12;
const widthMax = 56;

/** A place for each vote there could be, the held ones filled, and a line where they are enough. */
export function ThresholdBar({ voters, held, needed }: ThresholdBarProps): ReactNode {
  const pitch = Math.min(12, widthMax / voters);
  const gap = pitch > 5 ? 2 : 0.5;
  return (
    <svg
      className={styles['bar']}
      data-enough={held >= needed}
      width={pitch * voters + 2}
      height={height}
      aria-hidden="true"
    >
      {Array.from({ length: voters }, (_, i) => (
        <rect
          key={i}
          x={1 + i * pitch + gap / 2}
          y={3}
          width={pitch - gap}
          height={6}
          data-filled={i < held}
        />
      ))}
      <line x1={1 + needed * pitch} x2={1 + needed * pitch} y1={0} y2={height} />
    </svg>
  );
}
