import type { MessageHeader } from '#core/network/trace-event.ts';

/** A kind of message as the page draws it. */
export type MessageKind = MessageHeader['kind'];

/** The letters of a kind, the same in every view. */
export const letters: Readonly<Record<MessageKind, string>> = {
  request: 'RQ',
  'pre-prepare': 'PP',
  prepare: 'P',
  commit: 'C',
  reply: 'R',
  checkpoint: 'CK',
  'view-change': 'VC',
  'new-view': 'NV',
  status: 'ST',
  fetch: 'F',
  data: 'D',
  undecodable: '?',
};

/** Every kind, in the order of the paper; paths and legends follow it. */
export const messageKinds: readonly MessageKind[] = [
  'request',
  'pre-prepare',
  'prepare',
  'commit',
  'reply',
  'checkpoint',
  'view-change',
  'new-view',
  'status',
  'fetch',
  'data',
  'undecodable',
];

/** The kinds that every request needs: always in the legend. */
export const phaseKinds: readonly MessageKind[] = [
  'request',
  'pre-prepare',
  'prepare',
  'commit',
  'reply',
];

/** Repair traffic is drawn smaller and paler, so that the protocol's own messages stand out. */
export function isSubdued(kind: MessageKind): boolean {
  return kind === 'status' || kind === 'fetch';
}

/** The outline of a kind's glyph around the origin; `size` scales it (1 = 24 by 17). */
export function glyphPath(kind: MessageKind, size = 1): string {
  const w = 12 * size;
  const h = 8.5 * size;
  return outlines[kind](w, h);
}

type Outline = (w: number, h: number) => string;

const box: Outline = (w, h) => `M${-w},${-h}H${w}V${h}H${-w}Z`;
const pill: Outline = (w, h) =>
  `M${-w + h},${-h}H${w - h}A${h},${h} 0 0 1 ${w - h},${h}H${-w + h}A${h},${h} 0 0 1 ${-w + h},${-h}Z`;
const tag: Outline = (w, h) =>
  `M${-w},${-h}H${w - h * 0.7}L${w + h * 0.3},0L${w - h * 0.7},${h}H${-w}Z`;
const octagon: Outline = (w, h) => {
  const c = h * 0.62;
  return `M${-w + c},${-h}H${w - c}L${w},${-h + c}V${h - c}L${w - c},${h}H${-w + c}L${-w},${h - c}V${-h + c}Z`;
};
const rounded: Outline = (w, h) => {
  const r = h * 0.42;
  return `M${-w + r},${-h}H${w - r}Q${w},${-h} ${w},${-h + r}V${h - r}Q${w},${h} ${w - r},${h}H${-w + r}Q${-w},${h} ${-w},${h - r}V${-h + r}Q${-w},${-h} ${-w + r},${-h}Z`;
};
const slanted: Outline = (w, h) =>
  `M${-w + h * 0.55},${-h}H${w + h * 0.2}L${w - h * 0.55},${h}H${-w - h * 0.2}Z`;
const folded: Outline = (w, h) => `M${-w},${-h}H${w - h * 0.8}L${w},${-h + h * 0.8}V${h}H${-w}Z`;

const outlines: Readonly<Record<MessageKind, Outline>> = {
  request: rounded,
  'pre-prepare': tag,
  prepare: pill,
  commit: octagon,
  reply: slanted,
  checkpoint: folded,
  'view-change': slanted,
  'new-view': tag,
  status: (w, h) => pill(w * 0.72, h * 0.72),
  fetch: (w, h) => pill(w * 0.72, h * 0.72),
  data: box,
  undecodable: box,
};
