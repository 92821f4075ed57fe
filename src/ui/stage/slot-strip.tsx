import { memo, type ReactNode } from 'react';

import type { ProcessPicture, SlotState } from '#ui/picture/process-picture.ts';
import type { ReplicaPlace } from '#ui/picture/stage-layout.ts';

import styles from './slot-strip.module.css';

interface SlotStripProps {
  readonly place: ReplicaPlace;
  readonly first: number;
  /** The states of the cells from `first` on, by space: a text, so that equal states are equal. */
  readonly states: string;
}

/** What the strip of a replica shows: the last slots it executed, and those after them. */
export function stripOf(
  process: ProcessPicture | undefined,
  cells: number,
): Pick<SlotStripProps, 'first' | 'states'> {
  const first = Math.max(1, (process?.executed ?? 0) - cells + 3);
  const states = Array.from({ length: cells }, (_, i) => stateAt(process, first + i));
  return { first, states: states.join(' ') };
}

/** How full a cell is: the state shows without colour. */
const fullness: Readonly<Record<string, number>> = {
  waiting: 0,
  'pre-prepared': 0.35,
  prepared: 0.7,
  committed: 1,
  executed: 1,
};

/** The last slots of a replica's log, oldest first; a cell fills as its slot comes nearer to execution. */
export const SlotStrip = memo(function SlotStrip(props: SlotStripProps): ReactNode {
  const { place, first, states } = props;
  const { strip, cells } = place;
  const pitch = (strip.width + 3) / cells;
  return (
    <g className={styles['strip']} transform={`translate(${strip.x} ${strip.y})`}>
      {states.split(' ').map((state, i) => {
        const sequence = first + i;
        const level = (fullness[state] ?? 0) * strip.height;
        return (
          <g
            key={sequence}
            data-testid={`slot-${place.process}-${sequence}`}
            data-state={state}
            transform={`translate(${i * pitch} 0)`}
          >
            <title>{`sequence ${sequence}: ${state}`}</title>
            <rect
              className={styles['level']}
              y={strip.height - level}
              width={pitch - 3}
              height={level}
              rx="1.5"
            />
            <rect className={styles['frame']} width={pitch - 3} height={strip.height} rx="2" />
          </g>
        );
      })}
    </g>
  );
});

function stateAt(process: ProcessPicture | undefined, sequence: number): SlotState {
  if (process === undefined) return 'waiting';
  if (sequence <= process.executed) return 'executed';
  return process.slots.get(sequence)?.state ?? 'waiting';
}
