import type { ProcessId } from '#core/pbft/message.ts';

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
}

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
}

const centre: Point = { x: 486, y: 234 };

/** The places of `n` replicas on a ring and of the clients beside it. */
export function stageLayout(n: number, clients: number): StageLayout {
  const size = sizeOf(n);
  const replicas = ringPoints(n, size.a, size.b).map((offset, process) =>
    replicaPlace(process, { x: centre.x + offset.x, y: centre.y + offset.y }, size),
  );
  return { centre, replicas, clients: clientPlaces(clients), dense: n > 8 };
}

function sizeOf(n: number): Size {
  if (n <= 4) return { radius: 35, a: 186, b: 138, disk: { width: 78, height: 40 }, cells: 6, cell: 11 };
  if (n <= 6) return { radius: 32, a: 206, b: 142, disk: { width: 74, height: 38 }, cells: 6, cell: 10 };
  if (n <= 8) return { radius: 29, a: 222, b: 146, disk: { width: 66, height: 30 }, cells: 5, cell: 9 };
  return { radius: 25, a: 262, b: 150, disk: { width: 46, height: 22 }, cells: 4, cell: 8 };
}

/** `n` points on an ellipse, equally far apart along it, the first on top, clockwise. */
export function ringPoints(n: number, a: number, b: number): readonly Point[] {
  const steps = 720;
  const lengths = [0];
  for (let i = 1; i <= steps; i += 1) {
    const p = onEllipse(i / steps, a, b);
    const q = onEllipse((i - 1) / steps, a, b);
    lengths.push((lengths[i - 1] ?? 0) + Math.hypot(p.x - q.x, p.y - q.y));
  }
  const whole = lengths[steps] ?? 0;
  return Array.from({ length: n }, (_, k) => {
    const target = (whole * k) / n;
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
  const { radius, disk, cells, cell } = size;
  const onTheLeft = x < centre.x - 1;
  const away = radius + gauge + 6;
  const width = cells * (cell + 3) - 3;
  return {
    process,
    x,
    y,
    radius,
    cells,
    disk: {
      x: onTheLeft ? x - away - disk.width : x + away,
      y: y - disk.height / 2,
      width: disk.width,
      height: disk.height,
    },
    strip: { x: x - width / 2, y: y + radius + gauge + 6, width, height: cell },
  };
}

function clientPlaces(clients: number): readonly ClientPlace[] {
  const compact = clients > 4;
  const height = compact ? 34 : 58;
  const pitch = Math.min(height + 34, 372 / Math.max(1, clients));
  return Array.from({ length: clients }, (_, i) => ({
    process: `c${i}` as const,
    compact,
    x: 14,
    y: centre.y + (i - (clients - 1) / 2) * pitch - height / 2,
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
  for (const { process, x, y, radius } of layout.replicas) {
    anchors.set(String(process), { x, y, radius: radius + gauge });
  }
  for (const { process, x, y, width, height } of layout.clients) {
    anchors.set(String(process), { x: x + width - 20, y: y + height / 2, radius: 26 });
  }
  return anchors;
}
