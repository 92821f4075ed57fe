import type { Fan } from '#ui/picture/fan.ts';
import { progressOf } from '#ui/picture/flight.ts';
import { glyphPath, letters } from '#ui/picture/message-style.ts';
import { processKey, shortName } from '#ui/picture/process-name.ts';
import type { Anchor } from '#ui/picture/stage-layout.ts';
import { along, wayBetween, type Way } from '#ui/picture/way.ts';

import type { FlightStyle } from './flight-pool.ts';

const svg = 'http://www.w3.org/2000/svg';

interface DrawnFan {
  readonly root: SVGGElement;
  readonly glyph: SVGGElement;
  readonly dots: SVGPathElement;
  readonly label: SVGTextElement;
}

/** Multicasts as fans: a dot where each message is, all in one path, and one glyph with their number in their midst. */
export class FanPool {
  private readonly root: SVGGElement;
  private readonly style: FlightStyle;
  private readonly shown = new Map<string, DrawnFan>();
  private readonly ways = new Map<string, Way>();

  constructor(root: SVGGElement, style: FlightStyle) {
    this.root = root;
    this.style = style;
  }

  draw(fans: readonly Fan[], nowMs: number): void {
    const wanted = new Set(fans.map(({ key }) => key));
    for (const [key, { root }] of this.shown) {
      if (wanted.has(key)) continue;
      root.remove();
      this.shown.delete(key);
    }
    for (const fan of fans) this.place(fan, nowMs);
  }

  private place(fan: Fan, nowMs: number): void {
    const drawn = this.shown.get(fan.key) ?? this.added(fan);
    let [x, y] = [0, 0];
    let dots = '';
    for (const flight of fan.flights) {
      const progress = this.style.stillAt ?? progressOf(flight, nowMs);
      const point = along(this.wayOf(processKey(flight.from), processKey(flight.to)), progress);
      x += point.x;
      y += point.y;
      dots += `M${point.x.toFixed(1)} ${point.y.toFixed(1)}h0`;
    }
    const { length } = fan.flights;
    drawn.dots.setAttribute('d', dots);
    drawn.glyph.setAttribute(
      'transform',
      `translate(${(x / length).toFixed(1)} ${(y / length).toFixed(1)})`,
    );
    const says = `×${length}`;
    if (!drawn.label.textContent.endsWith(says)) this.say(drawn, fan, says);
  }

  private say({ root, label }: DrawnFan, { flights }: Fan, says: string): void {
    const [first] = flights;
    if (first === undefined) return;
    const { kind } = first.header;
    label.textContent = letters[kind] + says;
    root.setAttribute(
      'aria-label',
      `${kind} from ${shortName(first.from)} to ${flights.length} processes`,
    );
  }

  private added({ key, flights }: Fan): DrawnFan {
    const drawn = newFan();
    const [first] = flights;
    if (first !== undefined) {
      const { kind } = first.header;
      drawn.root.dataset['kind'] = kind;
      drawn.root.dataset['message'] = String(first.message);
      drawn.root.dataset['testid'] = `fan-${first.message}`;
      drawn.glyph.querySelector('path')?.setAttribute('d', glyphPath(kind, this.style.size));
    }
    this.shown.set(key, drawn);
    this.root.append(drawn.root);
    return drawn;
  }

  private wayOf(from: string, to: string): Way {
    const key = `${from} ${to}`;
    const known = this.ways.get(key);
    if (known !== undefined) return known;
    const nowhere: Anchor = { x: 0, y: 0, radius: 0 };
    const { anchors } = this.style;
    const way = wayBetween(anchors.get(from) ?? nowhere, anchors.get(to) ?? nowhere);
    this.ways.set(key, way);
    return way;
  }
}

function newFan(): DrawnFan {
  const [root, glyph] = [group(), group()];
  const dots = document.createElementNS(svg, 'path');
  const shape = document.createElementNS(svg, 'path');
  const label = document.createElementNS(svg, 'text');
  root.setAttribute('role', 'img');
  dots.dataset['dots'] = '';
  label.setAttribute('dy', '1.9em');
  label.setAttribute('font-size', '9');
  glyph.append(shape, label);
  root.append(dots, glyph);
  return { root, glyph, dots, label };
}

function group(): SVGGElement {
  return document.createElementNS(svg, 'g');
}
