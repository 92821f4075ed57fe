import type { ClusterPicture } from '#ui/picture/cluster-picture.ts';
import { drawnOf, type Drawn } from '#ui/picture/fan.ts';
import { progressOf, visibilityOf, type Flight } from '#ui/picture/flight.ts';
import { glyphPath, isSubdued, letters, type MessageKind } from '#ui/picture/message-style.ts';
import { processKey, shortName } from '#ui/picture/process-name.ts';
import type { Anchor } from '#ui/picture/stage-layout.ts';
import { along, wayBetween, type Way } from '#ui/picture/way.ts';

import { FanPool } from './fan-pool.ts';

const svg = 'http://www.w3.org/2000/svg';

/** One glyph of the pool: its elements, and the message it shows at the moment. */
interface Glyph {
  readonly root: SVGGElement;
  readonly trail: SVGLineElement;
  readonly shape: SVGPathElement;
  readonly label: SVGTextElement;
  flight: Flight | undefined;
  way: Way | undefined;
  /** Where its trail ends, as it was drawn last. */
  trailEnd: number;
}

/** How the messages are drawn. */
export interface FlightStyle {
  readonly anchors: ReadonlyMap<string, Anchor>;
  readonly size: number;
  /** How far along their way still arrows stand, for people who want no motion. */
  readonly stillAt: number | undefined;
}

const trailLength = 46;

/**
 * The messages in flight, drawn without React: glyphs are taken from a pool and moved by their `transform`, once per frame.
 */
export class FlightPool {
  private readonly root: SVGGElement;
  private readonly shown = new Map<number, Glyph>();
  private readonly free: Glyph[] = [];
  private lit: readonly number[] = [];
  private readonly style: FlightStyle;
  private readonly fans: FanPool;
  private picture: ClusterPicture | undefined;
  private drawn: Drawn = { singles: new Map(), fans: [] };

  constructor(root: SVGGElement, style: FlightStyle) {
    this.root = root;
    this.style = style;
    this.fans = new FanPool(root, style);
  }

  /** Moves every message to where it is at `nowMs`. */
  draw(picture: ClusterPicture, nowMs: number): void {
    if (picture !== this.picture) {
      this.picture = picture;
      this.drawn = drawnOf(picture.flights);
    }
    const { singles, fans } = this.drawn;
    this.fans.draw(fans, nowMs);
    for (const [message, glyph] of this.shown) {
      const flight = singles.get(message) ?? picture.refused.get(message);
      if (flight === undefined || visibilityOf(flight, nowMs) <= 0) this.release(message, glyph);
    }
    for (const flights of [singles, picture.refused]) {
      for (const flight of flights.values()) {
        if (visibilityOf(flight, nowMs) > 0) this.place(flight, nowMs);
      }
    }
  }

  /** Lights the messages that are selected or hovered, and no others. */
  light(messages: readonly number[]): void {
    for (const message of this.lit) this.shown.get(message)?.root.removeAttribute('data-lit');
    for (const message of messages) this.shown.get(message)?.root.setAttribute('data-lit', '');
    this.lit = messages;
  }

  /** Takes every glyph away. */
  clear(): void {
    for (const [message, glyph] of this.shown) this.release(message, glyph);
    this.fans.draw([], 0);
    this.root.replaceChildren();
    this.free.length = 0;
  }

  private place(flight: Flight, nowMs: number): void {
    const glyph = this.shown.get(flight.message) ?? this.take(flight);
    if (glyph.flight !== flight) this.dress(glyph, flight);
    const { way } = glyph;
    if (way === undefined) return;
    const { stillAt } = this.style;
    const progress = stillAt ?? progressOf(flight, nowMs);
    const { x, y } = along(way, progress);
    glyph.root.setAttribute('transform', `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
    const travelled = way.length * progress;
    const trail =
      stillAt !== undefined ? travelled : Math.min(trailLength * this.style.size ** 2, travelled);
    const trailEnd = -Math.round(trail);
    if (trailEnd !== glyph.trailEnd) glyph.trail.setAttribute('x1', String(trailEnd));
    glyph.trailEnd = trailEnd;
    const visibility = visibilityOf(flight, nowMs);
    if (visibility < 1) glyph.root.setAttribute('opacity', visibility.toFixed(2));
  }

  private take(flight: Flight): Glyph {
    const glyph = this.free.pop() ?? newGlyph();
    this.shown.set(flight.message, glyph);
    this.root.append(glyph.root);
    return glyph;
  }

  private release(message: number, glyph: Glyph): void {
    glyph.root.remove();
    glyph.root.removeAttribute('data-lit');
    glyph.flight = undefined;
    this.shown.delete(message);
    this.free.push(glyph);
  }

  private dress(glyph: Glyph, flight: Flight): void {
    const from = this.style.anchors.get(processKey(flight.from));
    const to = this.style.anchors.get(processKey(flight.to));
    glyph.flight = flight;
    glyph.way = from === undefined || to === undefined ? undefined : wayBetween(from, to);
    const { kind } = flight.header;
    const { root, shape, label, trail } = glyph;
    root.removeAttribute('opacity');
    root.dataset['kind'] = kind;
    root.dataset['message'] = String(flight.message);
    root.dataset['state'] = flight.state;
    root.dataset['testid'] = `message-${flight.message}`;
    root.setAttribute('aria-label', spokenFlight(flight));
    shape.setAttribute('d', glyphPath(kind, this.style.size));
    label.textContent = letters[kind];
    label.setAttribute('font-size', String(fontSize(kind, this.style.size)));
    if (glyph.way !== undefined) {
      trail.setAttribute('transform', `rotate(${glyph.way.angle.toFixed(1)})`);
    }
    if (this.lit.includes(flight.message)) root.setAttribute('data-lit', '');
  }
}

function fontSize(kind: MessageKind, size: number): number {
  return (isSubdued(kind) ? 8.5 : 11.5) * Math.sqrt(size);
}

function spokenFlight(flight: Flight): string {
  const { kind } = flight.header;
  return `${kind} from ${shortName(flight.from)} to ${shortName(flight.to)}, ${flight.state}`;
}

function newGlyph(): Glyph {
  const root = document.createElementNS(svg, 'g');
  const trail = document.createElementNS(svg, 'line');
  const shape = document.createElementNS(svg, 'path');
  const label = document.createElementNS(svg, 'text');
  root.setAttribute('role', 'img');
  trail.setAttribute('x2', '0');
  label.setAttribute('dy', '0.36em');
  root.append(trail, shape, label);
  return { root, trail, shape, label, flight: undefined, way: undefined, trailEnd: 0 };
}
