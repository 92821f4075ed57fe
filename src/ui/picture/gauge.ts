import { arc } from 'd3-shape';

const gapAtEnds = 0.34;
const gapBetween = 0.1;

/** A side of a vote gauge as two outlines: the places that are taken, and those that are not. */
export interface GaugeSide {
  readonly filled: string;
  readonly empty: string;
}

/** The places for `need` votes on one side of a replica's rim, filled from below. Votes beyond `need` show no more. */
export function gaugeSide(
  side: 'left' | 'right',
  need: number,
  held: number,
  radius: number,
): GaugeSide {
  const places = placesOf(side, need, radius);
  return { filled: places.slice(0, held).join(''), empty: places.slice(held).join('') };
}

const known = new Map<string, readonly string[]>();

/** The outlines of all places: the same few, again and again. */
function placesOf(side: 'left' | 'right', need: number, radius: number): readonly string[] {
  const key = `${side} ${need} ${radius}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const sweep = Math.PI - 2 * gapAtEnds;
  const draw = arc<number>()
    .innerRadius(radius + 3.5)
    .outerRadius(radius + 8)
    .cornerRadius(2)
    .startAngle((i) => angleOf(side, (i * sweep) / need))
    .endAngle((i) => angleOf(side, ((i + 1) * sweep) / need - gapBetween));
  const places = Array.from({ length: need }, (_, i) => draw(i) ?? '');
  known.set(key, places);
  return places;
}

function angleOf(side: 'left' | 'right', along: number): number {
  return side === 'left' ? Math.PI + gapAtEnds + along : Math.PI - gapAtEnds - along;
}
