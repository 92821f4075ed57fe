import { describe, expect, it } from 'vitest';

import { Chronicle } from './chronicle.ts';
import { sampleTrace } from './sample-trace.ts';
import { lastSequence, shareOf, swimlaneOf } from './swimlane.ts';

function chronicleOf(requests: number): Chronicle {
  const chronicle = new Chronicle(sampleTrace({ replicas: 4, requests }));
  chronicle.update();
  return chronicle;
}

describe('the figure of the paper', () => {
  it('has 1 request, 3 PRE-PREPAREs, 9 PREPAREs, 12 COMMITs and 4 replies among four replicas', () => {
    const { columns, view, executions } = swimlaneOf(chronicleOf(2), 2, 10_000);

    expect(columns.map(({ phase, arrows }) => [phase, arrows.length])).toEqual([
      ['request', 1],
      ['pre-prepare', 3],
      ['prepare', 9],
      ['commit', 12],
      ['reply', 4],
    ]);
    expect(view).toBe(0);
    expect(new Set(executions.map(({ process }) => process))).toEqual(new Set([0, 1, 2, 3]));
  });

  it('shows one sequence number only', () => {
    const chronicle = chronicleOf(3);
    const { columns } = swimlaneOf(chronicle, 2, 10_000);

    expect(columns[2]?.arrows.every(({ header }) => header.sequence === 2)).toBe(true);
    expect(columns[0]?.arrows[0]?.header.timestamp).toBe(2);
    expect(
      swimlaneOf(chronicle, 9, 10_000).columns.every(({ arrows }) => arrows.length === 0),
    ).toBe(true);
  });

  it('puts instants of a phase into its column', () => {
    const column = { phase: 'commit', arrows: [], fromMs: 10, toMs: 20 } as const;

    expect([5, 10, 15, 30].map((ms) => shareOf(column, ms))).toEqual([0, 0, 0.5, 1]);
  });

  it('follows the highest sequence number of the playhead', () => {
    const chronicle = chronicleOf(3);

    expect([0, 140, 10_000].map((ms) => lastSequence(chronicle, ms))).toEqual([0, 1, 3]);
  });
});
