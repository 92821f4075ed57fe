import { memo, type ReactNode } from 'react';

import type { Box } from '#ui/picture/stage-layout.ts';

import styles from './disk.module.css';

interface DiskProps {
  readonly box: Box;
  readonly commits: number;
}

/** The disk beside a replica's memory: what is committed stays, whatever happens to the worker. */
export const Disk = memo(function Disk({ box, commits }: DiskProps): ReactNode {
  const small = box.width < 60;
  const middle = box.height / 2;
  return (
    <g className={styles['disk']} data-small={small} transform={`translate(${box.x} ${box.y})`}>
      <title>{`disk: ${commits} commits`}</title>
      <rect width={box.width} height={box.height} rx="7" />
      <g transform={`translate(${small ? 9 : 17} ${middle}) scale(${small ? 0.56 : 1})`}>
        <path d="M-8,-7.5v15a8,3.2 0 0 0 16,0v-15" />
        <ellipse cy="-7.5" rx="8" ry="3.2" />
      </g>
      {small || box.height < 34 ? null : (
        <text className={styles['word']} x="34" y={middle - 4}>
          disk
        </text>
      )}
      <text
        className={styles['count']}
        x={small ? 17 : 34}
        y={small || box.height < 34 ? middle + (small ? 4 : 4.5) : middle + 12}
      >
        {commits}
      </text>
    </g>
  );
});
