import { Minus, Plus } from 'lucide-react';
import {
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type MouseEvent,
  type ReactNode,
} from 'react';

import { useClusterShape } from '#ui/cluster-shape.ts';
import { chronicleOf, useLab, useWholeLab } from '#ui/lab-context.ts';
import {
  comfortableWindowMs,
  lanesOf,
  nearestArrow,
  type TimeScale,
} from '#ui/picture/space-time.ts';
import { windowStartMs } from '#ui/picture/time-window.ts';
import { useMoving } from '#ui/use-moving.ts';
import { useSize } from '#ui/use-size.ts';

import { DiagramContent } from './diagram-content.tsx';
import { LaneLabels } from './lane-labels.tsx';

import styles from './space-time.module.css';

const labelsWidth = 56;

/** Time from left to right, a lane per process, a line per message. Its window follows the playhead. */
export function SpaceTime(): ReactNode {
  const { store, commands } = useWholeLab();
  const [box, size] = useSize<HTMLDivElement>();
  const { replicas, clients } = useClusterShape();
  const trace = useLab((state) => state.trace);
  const length = useLab((state) => state.traceLength);
  const [zoom, setZoom] = useState(1);
  const chronicle = useMemo(() => chronicleOf(trace), [trace, length]);
  const hasArrows = chronicle.arrows.length >= 40;
  const comfortable = useMemo(() => comfortableWindowMs(chronicle), [chronicle, hasArrows]);
  const windowMs = comfortable / zoom;
  const width = Math.max(1, size.width - labelsWidth);
  const lanes = useMemo(
    () => lanesOf(replicas, clients, size.height),
    [replicas, clients, size.height],
  );
  const bucket = useSyncExternalStore(store.subscribe, () =>
    Math.floor(windowStartMs(store.getState().nowMs, windowMs) / windowMs),
  );
  const scale: TimeScale = useMemo(
    () => ({ originMs: bucket * windowMs, pixelsPerMs: width / windowMs }),
    [bucket, windowMs, width],
  );
  const world = useRef<SVGGElement>(null);
  const playhead = useRef<SVGGElement>(null);
  useMoving(({ nowMs }) => {
    const startMs = windowStartMs(nowMs, windowMs);
    const shift = (scale.originMs - startMs) * scale.pixelsPerMs;
    world.current?.setAttribute('transform', `translate(${shift.toFixed(1)} 0)`);
    const x = (nowMs - startMs) * scale.pixelsPerMs;
    playhead.current?.setAttribute('transform', `translate(${x.toFixed(1)} 0)`);
  });
  const arrowAt = (event: MouseEvent<SVGSVGElement>): number | undefined => {
    const rect = event.currentTarget.getBoundingClientRect();
    const startMs = windowStartMs(store.getState().nowMs, windowMs);
    const here: TimeScale = { originMs: startMs, pixelsPerMs: scale.pixelsPerMs };
    const point = { x: event.clientX - rect.left, y: event.clientY - rect.top };
    const near = chronicle.between(startMs, startMs + windowMs);
    return nearestArrow(near, lanes, here, point)?.message;
  };
  return (
    <div
      className={styles['diagram']}
      ref={box}
      data-testid="space-time"
      data-dense={lanes.processes.length > 10}
    >
      <LaneLabels lanes={lanes} />
      <svg
        className={styles['canvas']}
        width={width}
        height={size.height}
        role="img"
        aria-label="Space-time diagram: a lane per process, a line per message"
        onPointerMove={(event) => {
          const message = arrowAt(event);
          commands.hover(message === undefined ? undefined : { kind: 'message', message });
        }}
        onPointerLeave={() => commands.hover(undefined)}
        onClick={(event) => {
          const message = arrowAt(event);
          if (message !== undefined) commands.select({ kind: 'message', message });
        }}
      >
        <g ref={world}>
          <DiagramContent
            chronicle={chronicle}
            length={length}
            lanes={lanes}
            scale={scale}
            windowMs={windowMs}
            height={size.height}
          />
        </g>
        <g ref={playhead} className={styles['playhead']}>
          <rect className={styles['ahead']} width={width} height={size.height} />
          <line y1={0} y2={size.height} />
        </g>
      </svg>
      <div className={styles['zoom']}>
        <button
          aria-label="Zoom out"
          title="Zoom out"
          onClick={() => setZoom(Math.max(0.1, zoom / 1.5))}
        >
          <Minus size={14} />
        </button>
        <button
          aria-label="Zoom in"
          title="Zoom in"
          onClick={() => setZoom(Math.min(20, zoom * 1.5))}
        >
          <Plus size={14} />
        </button>
      </div>
    </div>
  );
}
