import { describe, expect, it } from 'vitest';

import { Chronicle } from './chronicle.ts';
import { sampleTrace } from './sample-trace.ts';
import { scenarioTrace } from './scenario-trace.ts';
import {
  comfortableWindowMs,
  lanesOf,
  linesBetween,
  nearestArrow,
  segmentOf,
} from './space-time.ts';

const trace = sampleTrace({
  replicas: 4,
  requests: 5,
  crash: { process: 3, atMs: 150, restartAtMs: 300 },
});

function chronicle(): Chronicle {
  const read = new Chronicle(trace);
  read.update();
  return read;
}

describe('chronicle', () => {
  it('marks each decision once, the crash and the restart', () => {
    const { marks } = chronicle();

    expect(marks.filter(({ kind }) => kind === 'decision').map(({ sequence }) => sequence)).toEqual(
      [1, 2, 3, 4, 5],
    );
    expect(marks.filter(({ kind }) => kind === 'crash' || kind === 'restart')).toMatchObject([
      { kind: 'crash', atMs: 150, process: 3 },
      { kind: 'restart', atMs: 300, process: 3 },
    ]);
    expect(chronicle().downs.get('3')).toEqual([{ fromMs: 150, toMs: 300 }]);
  });

  it('ends the gap of a replica that crashed before it had stored anything where it starts', () => {
    const late = new Chronicle(scenarioTrace('crashed-primary').trace);
    late.update();
    const [gap, ...others] = late.downs.get('0') ?? [];

    expect(others).toEqual([]);
    expect(gap?.fromMs).toBe(0);
    expect(gap?.toMs).toBeGreaterThan(0);
  });

  it('reads the same in pieces as at once', () => {
    const growing = trace.slice(0, 50);
    const pieces = new Chronicle(growing);
    for (let i = 50; i < trace.length; i += 37) {
      pieces.update();
      growing.push(...trace.slice(growing.length, i));
    }
    growing.push(...trace.slice(growing.length));
    pieces.update();

    expect(pieces.arrows).toEqual(chronicle().arrows);
    expect(pieces.marks).toEqual(chronicle().marks);
  });

  it('finds exactly the messages that touch a stretch of time', () => {
    const { arrows } = chronicle();
    const touching = arrows.filter(({ sentAtMs, endsAtMs }) => sentAtMs <= 60 && endsAtMs >= 40);

    expect(chronicle().between(40, 60)).toEqual(touching);
  });
});

describe('space-time diagram', () => {
  const lanes = lanesOf(4, 1, 200);
  const scale = { originMs: 100, pixelsPerMs: 4 };

  it('puts clients on top, then the replicas in order', () => {
    expect(lanes.processes).toEqual(['c0', 0, 1, 2, 3]);
    const heights = lanes.processes.map((process) => lanes.y(process));
    expect(heights).toEqual([...heights].sort((a, b) => a - b));
  });

  it('gives a second instance a lane below that of its replica', () => {
    const read = new Chronicle([
      { id: 0, atMs: 5, process: 't1', type: 'doubled', of: 1, incarnation: 1 },
    ]);
    read.update();

    expect(lanesOf(3, 1, 200, read.twins).processes).toEqual(['c0', 0, 1, 't1', 2]);
  });

  it('ends the line of a lost message on the way', () => {
    const gone = chronicle().arrows.find(({ outcome }) => outcome === 'lost');
    expect(gone).toBeDefined();
    if (gone === undefined) return;
    const { y1, y2 } = segmentOf(gone, lanes, scale);

    expect(Math.abs(y2 - y1)).toBeLessThan(Math.abs(lanes.y(gone.to) - lanes.y(gone.from)));
  });

  it('draws one path per kind of message', () => {
    const kinds = linesBetween(chronicle(), lanes, scale, 0, 125).map(({ kind }) => kind);

    expect(kinds).toEqual(['request', 'pre-prepare', 'prepare', 'commit', 'reply']);
  });

  it('finds the message under the pointer, and none where there is none', () => {
    const { arrows } = chronicle();
    const [first] = arrows;
    if (first === undefined) return;
    const { x1, y1, x2, y2 } = segmentOf(first, lanes, scale);
    const middle = { x: (x1 + x2) / 2, y: (y1 + y2) / 2 };

    expect(nearestArrow(arrows, lanes, scale, middle)?.message).toBe(first.message);
    expect(nearestArrow(arrows, lanes, scale, { x: -4000, y: 10 })).toBeUndefined();
  });

  it('shows a run with slow links in a wider window', () => {
    expect(comfortableWindowMs([100, 200])).toBeGreaterThan(comfortableWindowMs([5, 10]));
  });
});
