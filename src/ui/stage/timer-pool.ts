import type { Inspection, ReplicaInspection } from '#core/replica/inspection.ts';
import type { ReplicaPlace, StageLayout } from '#ui/picture/stage-layout.ts';
import { timerLeft, timerRing } from '#ui/picture/timer-ring.ts';

const svg = 'http://www.w3.org/2000/svg';

/** How far outside a replica's circle the ring is: beyond the votes on its rim; in a dense ring, where others stand there, inside. */
const gap = { roomy: 10.3, dense: -3.2 };

interface Ring {
  readonly process: number;
  readonly root: SVGGElement;
  readonly rest: SVGPathElement;
  /** What it shows: nothing is written to the page while that stays the same. */
  shown: string;
}

/** A ring around each replica whose timer runs: what is left of it, once per frame. */
export class TimerPool {
  private readonly rings: readonly Ring[];
  /** A whole ring that stands still, for people who want no motion. */
  private readonly still: boolean;

  constructor(root: SVGGElement, { replicas, dense }: StageLayout, still: boolean) {
    this.still = still;
    const beyond = dense ? gap.dense : gap.roomy;
    this.rings = replicas.map((place) => newRing(root, place, place.radius + beyond));
  }

  /** Shows how much of each timer is left at `nowMs`. */
  draw(inspections: Readonly<Record<string, Inspection>>, nowMs: number): void {
    for (const ring of this.rings) {
      const inspection = inspections[String(ring.process)];
      show(ring, inspection?.kind === 'replica' ? inspection.timer : undefined, nowMs, this.still);
    }
  }
}

function newRing(root: SVGGElement, { process, x, y }: ReplicaPlace, radius: number): Ring {
  const ring = document.createElementNS(svg, 'g');
  const whole = document.createElementNS(svg, 'path');
  const rest = document.createElementNS(svg, 'path');
  const outline = timerRing(radius);
  ring.setAttribute('transform', `translate(${x} ${y})`);
  ring.setAttribute('visibility', 'hidden');
  ring.dataset['testid'] = `timer-${process}`;
  whole.setAttribute('d', outline);
  rest.setAttribute('d', outline);
  rest.setAttribute('pathLength', '100');
  rest.dataset['rest'] = '';
  ring.append(whole, rest);
  root.append(ring);
  return { process, root: ring, rest, shown: '' };
}

function show(ring: Ring, timer: ReplicaInspection['timer'], nowMs: number, still: boolean): void {
  const left = timerLeft(timer, nowMs);
  // In steps that can be told apart: a ring is not painted anew in every frame.
  const part = left === undefined ? undefined : Math.round((still ? 1 : left) * 100);
  const shown = part === undefined ? '' : `${timer?.timer} ${part}`;
  if (shown === ring.shown) return;
  ring.shown = shown;
  ring.root.setAttribute('visibility', part === undefined ? 'hidden' : 'visible');
  if (timer === undefined || part === undefined) return;
  ring.root.dataset['timer'] = timer.timer;
  ring.rest.setAttribute('stroke-dasharray', `${part} 200`);
}
