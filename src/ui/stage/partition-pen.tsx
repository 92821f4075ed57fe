import { useEffect, useMemo, useState, type PointerEvent, type ReactNode } from 'react';

import { twinOf } from '#core/network/process-order.ts';
import { useCommands } from '#ui/lab-context.ts';
import { later } from '#ui/later.tsx';
import type { ClusterPicture } from '#ui/picture/cluster-picture.ts';
import { processKey, shortName } from '#ui/picture/process-name.ts';
import { stageHeight, stageWidth, type Point, type StageLayout } from '#ui/picture/stage-layout.ts';
import { sidesOf, type Standing } from '#ui/picture/stroke-sides.ts';

import styles from './partition-pen.module.css';

const PartitionShades = later(async () => (await import('./partition-shades.tsx')).PartitionShades);

interface PartitionPenProps {
  readonly layout: StageLayout;
  readonly picture: ClusterPicture;
  /** What stands on the paper. */
  readonly children: ReactNode;
}

/**
 * The paper of the stage: a line drawn across it divides the network, a ring around some cuts these off. A preview says who is
 * parted from whom; Escape leaves everything as it is. The keyboard has the list (`controls/partition-sheet.tsx`).
 */
export function PartitionPen({ layout, picture, children }: PartitionPenProps): ReactNode {
  const commands = useCommands();
  const [stroke, setStroke] = useState<readonly Point[]>([]);
  const isDrawing = stroke.length > 0;
  const standing = useMemo(() => standingIn(layout, picture), [layout, picture]);
  const sides = isDrawing ? sidesOf(stroke, standing) : undefined;
  const stop = (): void => setStroke([]);
  useEscape(isDrawing, stop);
  const begin = (event: PointerEvent<SVGGElement>): void => {
    if (event.button !== 0 || !isPaper(event.target)) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setStroke([pointOf(event)]);
  };
  const go = (event: PointerEvent<SVGGElement>): void => {
    if (!isDrawing) return;
    const point = pointOf(event);
    setStroke((before) => withPoint(before, point));
  };
  const end = (): void => {
    stop();
    if (sides !== undefined) void commands.partition(sides);
  };
  return (
    <g onPointerDown={begin} onPointerMove={go} onPointerUp={end} onPointerCancel={stop}>
      <rect className={styles['paper']} width={stageWidth} height={stageHeight} />
      {sides === undefined ? null : (
        <PartitionShades layout={layout} partition={{ groups: sides, cuts: [] }} />
      )}
      {children}
      {isDrawing ? <Stroke points={stroke} sides={sides} /> : null}
    </g>
  );
}

interface StrokeProps {
  readonly points: readonly Point[];
  readonly sides: ReturnType<typeof sidesOf>;
}

function Stroke({ points, sides }: StrokeProps): ReactNode {
  const words = sides?.map((side) => side.map(shortName).join(' ')).join('  |  ');
  return (
    <g
      className={styles['stroke']}
      data-testid="partition-stroke"
      data-divides={sides !== undefined}
    >
      <path d={`M${points.map(({ x, y }) => `${x},${y}`).join('L')}`} />
      <text x={stageWidth / 2} y={stageHeight - 12}>
        {words ?? 'Draw a line between them, or a ring around some.'}
      </text>
    </g>
  );
}

/** What is pressed, moved or read elsewhere is no paper. */
function isPaper(target: EventTarget): boolean {
  return target instanceof Element && target.closest('[role="button"]') === null;
}

/** Everybody who is there, at the middle of their place: second instances have their own. */
function standingIn(layout: StageLayout, { processes }: ClusterPicture): readonly Standing[] {
  return [
    ...layout.replicas.flatMap(({ process, x, y, twin }): readonly Standing[] => {
      const second = twinOf(process);
      const one = { process, x, y };
      return processes.has(processKey(second)) ? [one, { process: second, ...twin }] : [one];
    }),
    ...layout.clients.map(({ process, x, y, width, height }) => ({
      process,
      x: x + width / 2,
      y: y + height / 2,
    })),
  ];
}

/** Where the pointer is, in the coordinates of the stage. */
function pointOf({ currentTarget, clientX, clientY }: PointerEvent<SVGGElement>): Point {
  const matrix = currentTarget.getScreenCTM()?.inverse();
  const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(matrix);
  return { x: Math.round(x), y: Math.round(y) };
}

function withPoint(stroke: readonly Point[], point: Point): readonly Point[] {
  const last = stroke.at(-1) ?? point;
  return Math.hypot(point.x - last.x, point.y - last.y) < 4 ? stroke : [...stroke, point];
}

function useEscape(isOn: boolean, act: () => void): void {
  useEffect(() => {
    if (!isOn) return undefined;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') act();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });
}
