import { describe, expect, it } from 'vitest';

import { scenarioTrace } from './scenario-trace.ts';
import { viewHue, ViewBands } from './view-bands.ts';

function bandsOf(name: string): ViewBands {
  const bands = new ViewBands();
  for (const event of scenarioTrace(name).trace) if (event.lost !== true) bands.read(event);
  return bands;
}

describe('view bands', () => {
  it('are one from the beginning to the end where no view changes', () => {
    const { cluster, lanes } = bandsOf('normal-case');

    expect(cluster).toEqual([{ view: 0, fromMs: 0, toMs: undefined }]);
    expect([...lanes.keys()].sort((a, b) => a - b)).toEqual([0, 1, 2, 3]);
    expect(lanes.get(2)).toMatchObject([{ view: 0, toMs: undefined }]);
  });

  it('end for each replica when it enters the next view, after a time in which it asks for it', () => {
    const { cluster, lanes } = bandsOf('crashed-primary');

    expect(cluster.map(({ view }) => view)).toEqual([0, 1]);
    const [before, after] = lanes.get(2) ?? [];
    expect([before?.view, after?.view]).toEqual([0, 1]);
    expect(before?.toMs).toBe(after?.fromMs);
    expect(before?.leavesMs).toBeLessThan(after?.fromMs ?? 0);
  });

  it('last on at a replica that was away, until it catches up', () => {
    const { lanes } = bandsOf('crashed-primary');
    const endOf = (replica: number): number => lanes.get(replica)?.[0]?.toMs ?? 0;

    expect(lanes.get(0)?.map(({ view }) => view)).toEqual([0, 1]);
    expect(endOf(0)).toBeGreaterThan(Math.max(endOf(1), endOf(2), endOf(3)));
  });

  it('do not count a view for the cluster that nobody but its primary has entered', () => {
    const { cluster, lanes } = bandsOf('two-view-changes');

    expect(lanes.get(1)?.map(({ view }) => view)).toContain(1);
    expect(cluster.map(({ view }) => view)).toEqual([0, 2]);
  });

  it('have a hue that comes again after a few views', () => {
    expect(viewHue(0)).not.toBe(viewHue(1));
    expect(viewHue(6)).toBe(viewHue(0));
  });
});
