import { scalePoint } from 'd3-scale';

import { twinOf } from '#core/network/process-order.ts';
import type { ProcessId } from '#core/pbft/message.ts';

import type { Arrow, Chronicle } from './chronicle.ts';
import { messageKinds, type MessageKind } from './message-style.ts';
import { processKey, processesOf } from './process-name.ts';

/** The lanes of a diagram: clients on top, as in the figure of the paper, then the replicas. */
export interface Lanes {
  readonly processes: readonly ProcessId[];
  readonly y: (process: ProcessId) => number;
  /** From one lane to the next. */
  readonly pitch: number;
}

/** The lanes of a cluster in `height` pixels; a second instance has its own, below that of its replica. */
export function lanesOf(
  replicas: number,
  clients: number,
  height: number,
  twins: ReadonlySet<ProcessId> = new Set(),
): Lanes {
  const all = processesOf(replicas, clients);
  const processes = [
    ...all.slice(replicas),
    ...all.slice(0, replicas).flatMap((process) => {
      const twin = twinOf(Number(process));
      return twins.has(twin) ? [process, twin] : [process];
    }),
  ];
  const scale = scalePoint<string>(processes.map(processKey), [0, height]).padding(0.55);
  return { processes, y: (process) => scale(processKey(process)) ?? 0, pitch: scale.step() };
}

/** What a diagram draws of one kind of message: a path for its lines and one for its arrival dots. */
export interface KindLines {
  readonly kind: MessageKind;
  readonly lines: string;
  readonly dots: string;
  readonly lost: string;
  /** Lines and open dots of messages that arrived and were not needed, or came too late. */
  readonly mild: string;
  readonly open: string;
  /** Where a message arrived that was refused as wrong. */
  readonly refused: string;
}

/** From virtual time to pixels: the diagram moves as a whole, its lines keep their numbers. */
export interface TimeScale {
  readonly originMs: number;
  readonly pixelsPerMs: number;
}

/** The pixel of an instant, from the origin of the scale. */
export function pixelOf(scale: TimeScale, ms: number): number {
  return (ms - scale.originMs) * scale.pixelsPerMs;
}

/** The lines of all messages that touch a stretch of time, one path per kind. */
export function linesBetween(
  chronicle: Chronicle,
  lanes: Lanes,
  scale: TimeScale,
  fromMs: number,
  toMs: number,
): readonly KindLines[] {
  const byKind = new Map<MessageKind, Parts>();
  for (const arrow of chronicle.between(fromMs, toMs)) {
    const parts = byKind.get(arrow.header.kind) ?? noParts();
    byKind.set(arrow.header.kind, parts);
    addArrow(parts, segmentOf(arrow, lanes, scale), arrow);
  }
  return messageKinds.flatMap((kind) => {
    const parts = byKind.get(kind);
    if (parts === undefined) return [];
    const { lines, dots, lost, mild, open, refused } = parts;
    return [
      {
        kind,
        lines: lines.join(''),
        dots: dots.join(''),
        lost: lost.join(''),
        mild: mild.join(''),
        open: open.join(''),
        refused: refused.join(''),
      },
    ];
  });
}

/** A line of the diagram. */
export interface Segment {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

const lostShare = 0.45;

/** Where a message's line runs; that of a lost one ends on the way. */
export function segmentOf(arrow: Arrow, lanes: Lanes, scale: TimeScale): Segment {
  const y1 = lanes.y(arrow.from);
  const y2 = lanes.y(arrow.to);
  const x1 = pixelOf(scale, arrow.sentAtMs);
  if (arrow.outcome === 'arrived' || arrow.outcome === 'flying') {
    return { x1, y1, x2: pixelOf(scale, arrow.endsAtMs), y2 };
  }
  const x2 = Math.max(pixelOf(scale, arrow.endsAtMs), x1 + 6);
  return { x1, y1, x2, y2: y1 + (y2 - y1) * lostShare };
}

type Parts = Readonly<Record<Exclude<keyof KindLines, 'kind'>, string[]>>;

function noParts(): Parts {
  return { lines: [], dots: [], lost: [], mild: [], open: [], refused: [] };
}

function addArrow(parts: Parts, { x1, y1, x2, y2 }: Segment, arrow: Arrow): void {
  const [x, y] = [round(x2), round(y2)];
  const line = `M${round(x1)},${round(y1)}L${x},${y}`;
  if (arrow.refusal === 'surplus' || arrow.refusal === 'stale') {
    parts.mild.push(line);
    parts.open.push(`M${x - 2.2},${y}a2.2,2.2 0 1 0 4.4,0a2.2,2.2 0 1 0 -4.4,0`);
    return;
  }
  parts.lines.push(line);
  if (arrow.outcome === 'lost') parts.lost.push(`M${x - 3},${y - 3}l6,6m-6,0l6,-6`);
  else if (arrow.refusal === 'wrong') {
    parts.refused.push(
      `M${x - 4},${y}a4,4 0 1 0 8,0a4,4 0 1 0 -8,0M${x - 2.8},${y + 2.8}l5.6,-5.6`,
    );
  } else parts.dots.push(`M${x},${y}h0`);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** The message whose line passes nearest to a point, if one passes within `reach` pixels. */
export function nearestArrow(
  arrows: readonly Arrow[],
  lanes: Lanes,
  scale: TimeScale,
  point: { readonly x: number; readonly y: number },
  reach = 7,
): Arrow | undefined {
  let best: Arrow | undefined;
  let bestDistance = reach;
  for (const arrow of arrows) {
    const distance = distanceTo(segmentOf(arrow, lanes, scale), point);
    if (distance < bestDistance) {
      best = arrow;
      bestDistance = distance;
    }
  }
  return best;
}

function distanceTo(
  { x1, y1, x2, y2 }: Segment,
  { x, y }: { readonly x: number; readonly y: number },
): number {
  const dx = x2 - x1;
  const dy = y2 - y1;
  const whole = dx * dx + dy * dy;
  const part = whole === 0 ? 0 : Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / whole));
  return Math.hypot(x - (x1 + part * dx), y - (y1 + part * dy));
}

/** A width of the window in ms that shows two or three requests of a run with these latencies. */
export function comfortableWindowMs([least, most]: readonly [number, number]): number {
  return Math.max(20, Math.min(5000, (least + most) * 7));
}
