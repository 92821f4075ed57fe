import type { ClusterPicture } from '#ui/picture/cluster-picture.ts';
import type { ReplicaPlace } from '#ui/picture/stage-layout.ts';

const svg = 'http://www.w3.org/2000/svg';

/** How long a commit travels from memory to disk, in virtual ms. */
const pulseMs = 5;

/** The commits on their way from memory to disk: one dot per replica, moved once per frame. */
export class PulsePool {
  private readonly dots: readonly {
    readonly place: ReplicaPlace;
    readonly dot: SVGCircleElement;
  }[];

  constructor(root: SVGGElement, places: readonly ReplicaPlace[]) {
    this.dots = places.map((place) => {
      const dot = document.createElementNS(svg, 'circle');
      dot.setAttribute('r', '4');
      dot.setAttribute('visibility', 'hidden');
      root.append(dot);
      return { place, dot };
    });
  }

  /** Moves each dot to where it is at `nowMs`. */
  draw(picture: ClusterPicture, nowMs: number): void {
    for (const { place, dot } of this.dots) {
      const process = picture.processes.get(String(place.process));
      const since = process?.persistedAtMs === undefined ? -1 : nowMs - process.persistedAtMs;
      const visible = since >= 0 && since < pulseMs && process?.life === 'up';
      dot.setAttribute('visibility', visible ? 'visible' : 'hidden');
      if (visible) dot.setAttribute('transform', positionOf(place, since / pulseMs));
    }
  }
}

function positionOf({ x, y, radius, disk }: ReplicaPlace, part: number): string {
  const eased = 1 - (1 - part) ** 2;
  const end = { x: disk.x + (disk.x < x ? disk.width - 10 : 14), y: disk.y + disk.height / 2 };
  const distance = Math.hypot(end.x - x, end.y - y);
  const start = {
    x: x + ((end.x - x) / distance) * radius,
    y: y + ((end.y - y) / distance) * radius,
  };
  const at = { x: start.x + (end.x - start.x) * eased, y: start.y + (end.y - start.y) * eased };
  return `translate(${at.x.toFixed(1)} ${at.y.toFixed(1)})`;
}
