import { Minus, Plus } from 'lucide-react';
import { useMemo, useRef, useState, useSyncExternalStore, type ReactNode } from 'react';

import { useClusterShape } from '#ui/cluster-shape.ts';
import { useChronicle, useLab, useWholeLab } from '#ui/lab-context.ts';
import { comfortableWindowMs, lanesOf, type TimeScale } from '#ui/picture/space-time.ts';
import { windowStartMs } from '#ui/picture/time-window.ts';
import { useMoving } from '#ui/use-moving.ts';
import { useSize } from '#ui/use-size.ts';

import { DiagramContent } from './diagram-content.tsx';
import { LaneLabels } from './lane-labels.tsx';
import { useArrowKeys } from './use-arrow-keys.ts';
import { useArrowPointer } from './use-arrow-pointer.ts';

import styles from './space-time.module.css';

const labelsWidth = 56;
const denseFrom = 11;
/** The content is drawn this many windows wide, and begins this much before the window: a layer that only moves. */
const worldWindows = 2.3;
const worldMargin = 0.2;

/** Time from left to right, a lane per process, a line per message. Its window follows the playhead. */
export function SpaceTime(): ReactNode {
  const [box, { width: outerWidth, height }] = useSize<HTMLDivElement>();
  const { replicas, clients } = useClusterShape();
  const [zoom, setZoom] = useState(1);
  const chronicle = useChronicle();
  const length = useLab((state) => state.traceLength);
  const latency = useLab((state) => state.scenario?.network.latencyMs);
  const windowMs = comfortableWindowMs(latency ?? [10, 20]) / zoom;
  const width = Math.max(1, outerWidth - labelsWidth);
  const { twins } = chronicle;
  const lanes = useMemo(
    () => lanesOf(replicas, clients, height, twins),
    [replicas, clients, height, twins],
  );
  const scale = useFollowingScale(windowMs, width);
  const hands = { ...useArrowPointer({ lanes, scale, windowMs }), ...useArrowKeys(windowMs) };
  const world = useRef<SVGSVGElement>(null);
  const playhead = useRef<SVGGElement>(null);
  useMoving(({ nowMs }) => {
    const startMs = windowStartMs(nowMs, windowMs);
    const shift = (scale.originMs - startMs) * scale.pixelsPerMs;
    const x = (nowMs - startMs) * scale.pixelsPerMs;
    if (world.current !== null) {
      world.current.style.transform = `translateX(${(shift - width * worldMargin).toFixed(1)}px)`;
    }
    playhead.current?.setAttribute('transform', `translate(${x.toFixed(1)} 0)`);
  });
  return (
    <div
      className={styles['diagram']}
      ref={box}
      data-testid="space-time"
      data-picture="diagram"
      data-dense={lanes.processes.length >= denseFrom}
    >
      <LaneLabels lanes={lanes} />
      <div className={styles['window']}>
        <svg
          ref={world}
          className={styles['world']}
          width={width * worldWindows}
          height={height}
          aria-hidden="true"
        >
          <g transform={`translate(${width * worldMargin} 0)`}>
            <DiagramContent {...{ chronicle, length, lanes, scale, windowMs, height }} />
          </g>
        </svg>
        <svg className={styles['canvas']} width={width} height={height} {...hands}>
          <title>A lane per process, a line per message</title>
          <g ref={playhead} className={styles['playhead']}>
            <rect className={styles['ahead']} width={width} height={height} />
            <line y1={0} y2={height} />
          </g>
        </svg>
      </div>
      <ZoomButtons onZoom={(factor) => setZoom(Math.min(20, Math.max(0.1, zoom * factor)))} />
    </div>
  );
}

/** The scale of the diagram's content: its origin jumps a window at a time, the picture moves in between. */
function useFollowingScale(windowMs: number, width: number): TimeScale {
  const { store } = useWholeLab();
  const bucket = useSyncExternalStore(store.subscribe, () =>
    Math.floor(windowStartMs(store.getState().nowMs, windowMs) / windowMs),
  );
  return useMemo(
    () => ({ originMs: bucket * windowMs, pixelsPerMs: width / windowMs }),
    [bucket, windowMs, width],
  );
}

function ZoomButtons({ onZoom }: { readonly onZoom: (factor: number) => void }): ReactNode {
  return (
    <div className={styles['zoom']}>
      <button aria-label="Zoom out" title="Zoom out" onClick={() => onZoom(1 / 1.5)}>
        <Minus size={14} />
      </button>
      <button aria-label="Zoom in" title="Zoom in" onClick={() => onZoom(1.5)}>
        <Plus size={14} />
      </button>
    </div>
  );
}
