import { useRef, useState, type ReactNode } from 'react';

import styles from './side-panel.module.css';

const heights = ['closed', 'half', 'full'] as const;
type Height = (typeof heights)[number];

/** How far a finger goes before it means something. */
const dragPx = 28;

interface SidePanelProps {
  /** Below the stage with a handle, where there is no room beside it. */
  readonly isDrawer: boolean;
  readonly children: ReactNode;
}

/** Beside the stage: what is selected, what happened, what can be done. */
export function SidePanel({ isDrawer, children }: SidePanelProps): ReactNode {
  const [height, setHeight] = useState<Height>('half');
  return (
    <aside
      className={styles['panel']}
      data-height={isDrawer ? height : 'beside'}
      aria-label="Inspector and controls"
    >
      {isDrawer ? <Handle height={height} onHeight={setHeight} /> : null}
      <div className={styles['content']} inert={isDrawer && height === 'closed'}>
        {children}
      </div>
    </aside>
  );
}

interface HandleProps {
  readonly height: Height;
  readonly onHeight: (height: Height) => void;
}

/** Pressed, it opens and closes; dragged, or with the arrows, it goes up and down. */
function Handle({ height, onHeight }: HandleProps): ReactNode {
  const startY = useRef<number | undefined>(undefined);
  const move = (by: number): void =>
    onHeight(heights[Math.min(2, Math.max(0, heights.indexOf(height) + by))] ?? height);
  return (
    <button
      className={styles['handle']}
      data-testid="drawer"
      aria-expanded={height !== 'closed'}
      onClick={() => {
        if (startY.current === undefined) onHeight(height === 'closed' ? 'half' : 'closed');
        startY.current = undefined;
      }}
      onPointerDown={(event) => {
        startY.current = undefined;
        const from = event.clientY;
        const release = (up: PointerEvent): void => {
          if (Math.abs(up.clientY - from) < dragPx) return;
          // The click that follows has been meant as a drag.
          startY.current = from;
          move(up.clientY < from ? 1 : -1);
        };
        window.addEventListener('pointerup', release, { once: true });
      }}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
        event.preventDefault();
        move(event.key === 'ArrowUp' ? 1 : -1);
      }}
    >
      Inspector and controls
    </button>
  );
}
