import { describe, expect, it } from 'vitest';

import {
  stageHeight,
  stageLayout,
  stageWidth,
  twinRadius,
  type Box,
  type Point,
  type ReplicaPlace,
} from './stage-layout.ts';

const sizes = Array.from({ length: 13 }, (_, i) => i + 1);

describe('stage layout', () => {
  it.each(sizes)('keeps everything of %i replicas and 4 clients apart and on the stage', (n) => {
    const { replicas, clients } = stageLayout(n, 4);
    const things = [...replicas.map(partsOf), ...clients.map((client) => [client])];

    expect(things.flat().filter((box) => !isOnStage(box))).toEqual([]);
    expect(overlapping(things)).toEqual([]);
    for (const parts of replicas.map(partsOf)) {
      expect(overlapping(parts.map((part) => [part]))).toEqual([]);
    }
  });

  it.each([1, 4, 5, 8])('keeps %i clients apart', (clients) => {
    const places = stageLayout(4, clients).clients;

    expect(places).toHaveLength(clients);
    expect(places.filter((box) => !isOnStage(box))).toEqual([]);
    expect(overlapping(places.map((place) => [place]))).toEqual([]);
  });

  it('leaves the way from the clients to the ring free', () => {
    const onTheLeft = sizes.flatMap((n) =>
      stageLayout(n, 1).replicas.filter(
        ({ x, y }) => n > 1 && x < 400 && Math.abs(y - stageLayout(n, 1).centre.y) < 4,
      ),
    );

    expect(onTheLeft).toEqual([]);
  });
});

const rim = 8;
const legendHeight = 34;

function partsOf({ x, y, radius, disk, strip, twin }: ReplicaPlace): readonly Box[] {
  return [around({ x, y }, radius + rim), disk, strip, around(twin, twinRadius)];
}

function around({ x, y }: Point, reach: number): Box {
  return { x: x - reach, y: y - reach, width: 2 * reach, height: 2 * reach };
}

function isOnStage({ x, y, width, height }: Box): boolean {
  return x >= 0 && y >= legendHeight && x + width <= stageWidth && y + height <= stageHeight;
}

function overlapping(things: readonly (readonly Box[])[]): readonly string[] {
  return things.flatMap((a, i) =>
    things
      .slice(i + 1)
      .flatMap((b, j) =>
        a.some((part) => b.some((other) => overlap(part, other))) ? [`${i} and ${i + 1 + j}`] : [],
      ),
  );
}

function overlap(a: Box, b: Box): boolean {
  const besides = a.x + a.width <= b.x || b.x + b.width <= a.x;
  const above = a.y + a.height <= b.y || b.y + b.height <= a.y;
  return !besides && !above;
}
