import { arc } from 'd3-shape';

/** One segment of a vote gauge: a place for a vote. */
export interface GaugeSegment {
  readonly path: string;
  readonly filled: boolean;
}

const gapAtEnds = 0.34;
const gapBetween = 0.1;

/**
 * The places for `need` votes on one side of a replica's rim, filled from below. Votes beyond `need` show no more.
 */
export function gaugeSegments(
  side: 'left' | 'right',
  need: number,
  held: number,
  radius: number,
): readonly GaugeSegment[] {
  const sweep = Math.PI - 2 * gapAtEnds;
  const draw = arc<number>()
    .innerRadius(radius + 3.5)
    .outerRadius(radius + 8)
    .cornerRadius(2)
    .startAngle((i) => angleOf(side, (i * sweep) / need))
    .endAngle((i) => angleOf(side, ((i + 1) * sweep) / need - gapBetween));
  return Array.from({ length: need }, (_, i) => ({ path: draw(i) ?? '', filled: i < held }));
}

function angleOf(side: 'left' | 'right', along: number): number {
  return side === 'left' ? Math.PI + gapAtEnds + along : Math.PI - gapAtEnds - along;
}
