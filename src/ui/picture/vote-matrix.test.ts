import { describe, expect, it } from 'vitest';

import type { SlotInspection } from '#core/replica/inspection.ts';

import { scenarioTrace } from './scenario-trace.ts';
import { matrixRows, matrixSlots } from './vote-matrix.ts';

const vote = (signer: number, digest: string): SlotInspection['prepares'][number] => ({
  signer,
  digest,
  counts: digest === 'aa',
});

describe('vote matrix', () => {
  it('has a row for each digest that is voted for in one view, the accepted one first', () => {
    const rows = matrixRows({
      digest: 'aa',
      proposal: { signer: 0, digest: 'aa' },
      prepares: [vote(3, 'bb'), vote(1, 'aa'), vote(2, 'aa')],
      commits: [vote(3, 'bb')],
    });

    expect(rows).toEqual([
      { digest: 'aa', accepted: true, proposer: 0, prepares: [1, 2], commits: [] },
      { digest: 'bb', accepted: false, prepares: [3], commits: [3] },
    ]);
  });

  it('has rows for votes that come before any proposal', () => {
    const rows = matrixRows({ prepares: [vote(1, 'aa')], commits: [] });

    expect(rows).toEqual([{ digest: 'aa', accepted: false, prepares: [1], commits: [] }]);
  });

  it('keeps the votes of a view that the replica has left, apart from those of the next', () => {
    const { trace } = scenarioTrace('prepared-across-views');
    const now: SlotInspection = {
      view: 1,
      sequence: 1,
      operations: [],
      state: 'executed',
      prepares: [],
      commits: [],
    };
    const [before, after, ...others] = matrixSlots([now], trace, 3, 4);

    expect(others).toEqual([]);
    expect(after).toMatchObject({ view: 1, state: 'executed' });
    expect(before).toMatchObject({ view: 0, state: 'left behind', proposal: { signer: 0 } });
    const counted = trace.filter(
      (event) => event.type === 'counted' && event.process === 3 && event.view === 0,
    );
    expect(counted.length).toBeGreaterThan(1);
    expect((before?.prepares.length ?? 0) + (before?.commits.length ?? 0)).toBe(counted.length);
  });
});
