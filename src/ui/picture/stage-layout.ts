import { twinOf } from '#core/network/process-order.ts';
import type { ProcessId } from '#core/pbft/message.ts';

import { processKey } from './process-name.ts';

/** The stage's own coordinates; the picture scales with the window. */
export const stageWidth = 856;
export const stageHeight = 440;

/** A point of the stage. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A rectangle of the stage. */
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** Where a replica and what belongs to it are drawn. */
export interface ReplicaPlace extends Point {
  readonly process: number;
  readonly radius: number;
  /** Its disk, beside its memory, on the outer side. */
  readonly disk: Box;
  /** Its slots, below. */
  readonly strip: Box;
  readonly cells: number;
  /** Its second instance, if it has one: on the inner side, where the disk is not. */
  readonly twin: Point;
}

/** How large a second instance is drawn. */
export const twinRadius = 13;

/** Where a client is drawn. */
export interface ClientPlace extends Box {
  readonly process: ProcessId;
  readonly compact: boolean;
}

/** The places of everything that stands still. */
export interface StageLayout {
  readonly centre: Point;
  readonly replicas: readonly ReplicaPlace[];
  readonly clients: readonly ClientPlace[];
  /** True when replicas are many, and details smaller. */
  readonly dense: boolean;
}

interface Size {
  readonly radius: number;
  readonly a: number;
  readonly b: number;
  readonly disk: { readonly width: number; readonly height: number };
  readonly cells: number;
  readonly cell: number;
  /** The disk stands in the row of the slots, since there is no room beside the replica. */
  readonly dense: boolean;
}

const centre: Point = { x: 486, y: 236 };

/** The places of `n` replicas on a ring and of the clients beside it. */
export function stageLayout(n: number, clients: number): StageLayout {
  const size = sizeOf(n);
  const replicas = ringPoints(n, size.a, size.b).map((offset, process) =>
    replicaPlace(process, { x: centre.x + offset.x, y: centre.y + offset.y }, size),
  );
  return { centre, replicas, clients: clientPlaces(clients), dense: size.dense };
}

function sizeOf(n: number): Size {
  const many = { dense: true, disk: { width: 38, height: 16 }, cells: 4, cell: 8 };
  if (n === 1) return { ...roomy, radius: 38, a: 0, b: 0 };
  if (n < 4) return { ...roomy, radius: 36, a: 186, b: 126 };
  if (n === 4) return { ...roomy, radius: 36, a: 236, b: 158 };
  if (n <= 6) return { ...roomy, radius: 33, a: 214, b: 138 };
  if (n <= 7) return { ...roomy, radius: 29, a: 226, b: 144, disk: { width: 66, height: 30 } };
  if (n <= 10) return { ...many, radius: 28, a: 276, b: 142 };
  return { ...many, radius: 25, a: 304, b: 148 };
}

const roomy = { dense: false, disk: { width: 78, height: 40 }, cells: 6, cell: 10 };

/**
 * `n` points on an ellipse, equally far apart along it, clockwise. The first is on top, or half a step before it when a
 * replica would stand exactly on the left, in everybody's way to the clients.
 */
function ringPoints(n: number, a: number, b: number): readonly Point[] {
  const steps = 4000;
  const lengths = [0];
  for (let i = 1; i <= steps; i += 1) {
    const p = onEllipse(i / steps, a, b);
    const q = onEllipse((i - 1) / steps, a, b);
    lengths.push((lengths[i - 1] ?? 0) + Math.hypot(p.x - q.x, p.y - q.y));
  }
  const whole = lengths[steps] ?? 0;
  return Array.from({ length: n }, (_, k) => {
    const step = n % 4 === 0 ? k - 0.5 : k;
    const target = ((whole * step) / n + whole) % whole;
    const i = lengths.findIndex((length) => length >= target - 1e-9);
    return onEllipse(i / steps, a, b);
  });
}

function onEllipse(turn: number, a: number, b: number): Point {
  const angle = turn * 2 * Math.PI;
  return { x: a * Math.sin(angle), y: -b * Math.cos(angle) };
}

const gauge = 8;

function replicaPlace(process: number, { x, y }: Point, size: Size): ReplicaPlace {
  const { radius, disk, cells, cell, dense } = size;
  const width = cells * (cell + 3) - 3;
  const below = y + radius + gauge + (dense ? 4 : 6);
  const twin = twinPoint({ x, y }, size);
  const place = { process, x, y, radius, cells, twin };
  if (dense) {
    const left = x - (disk.width + 4 + width) / 2;
    return {
      ...place,
      disk: { x: left, y: below, ...disk },
      strip: { x: left + disk.width + 4, y: below + 4, width, height: cell },
    };
  }
  const away = radius + gauge + 6;
  const diskX = x < centre.x - 1 ? x - away - disk.width : x + away;
  return {
    ...place,
    disk: { x: diskX, y: y - disk.height / 2, ...disk },
    strip: { x: x - width / 2, y: below, width, height: cell },
  };
}

/** Beside its replica, on the inner side; in a dense ring, where the neighbours stand there, above or below it. */
function twinPoint({ x, y }: Point, { radius, a, dense, disk }: Size): Point {
  const reach = radius + gauge + twinRadius + 3;
  if (dense && Math.abs(x - centre.x) < 0.8 * a) {
    return { x, y: y < centre.y ? y + reach + disk.height + 4 : y - reach - 3 };
  }
  const sideways = { x: x + (x < centre.x - 1 ? reach : -reach), y };
  return dense ? { ...sideways, y: y + (centre.y - y) * 0.15 } : sideways;
}

/** From below the legend to above the words of the phase; a few clients stand in the middle of the ring's height. */
const clientColumn = { top: 56, bottom: 374 };

function clientPlaces(clients: number): readonly ClientPlace[] {
  const compact = clients > 4;
  const height = compact ? 34 : 58;
  const room = clientColumn.bottom - clientColumn.top;
  const pitch = Math.min(height + 34, room / Math.max(1, clients));
  const middle = Math.min(centre.y, clientColumn.bottom - (clients * pitch) / 2);
  return Array.from({ length: clients }, (_, i) => ({
    process: `c${i}` as const,
    compact,
    x: 14,
    y: middle + (i - (clients - 1) / 2) * pitch - height / 2,
    width: 112,
    height: Math.min(height, pitch - 4),
  }));
}

/** Where messages of a process start and end: its place, and how far from it the way begins. */
export interface Anchor extends Point {
  readonly radius: number;
}

/** The anchors of all processes by key. */
export function anchorsOf(layout: StageLayout): ReadonlyMap<string, Anchor> {
  const anchors = new Map<string, Anchor>();
  for (const { process, x, y, radius, twin } of layout.replicas) {
    anchors.set(String(process), { x, y, radius: radius + gauge });
    anchors.set(processKey(twinOf(process)), { ...twin, radius: twinRadius });
  }
  for (const { process, x, y, width, height } of layout.clients) {
    anchors.set(String(process), { x: x + width - 20, y: y + height / 2, radius: 26 });
  }
  return anchors;
}
