import { describe, expect, it } from 'vitest';

import type { TraceEvent } from '#core/network/trace-event.ts';
import { maxSentence, minSentence, stepSentence } from '#ui/words/order-sentence.ts';

import { scenarioTrace } from './scenario-trace.ts';
import { viewChangeStory, viewsAsked } from './view-change-story.ts';

function traceOf(name: string): readonly TraceEvent[] {
  return scenarioTrace(name).trace;
}

describe('a change of views as data', () => {
  it('tells that nobody answers where the next primary is silent, and who enters the view after', () => {
    const trace = traceOf('two-view-changes');

    expect(viewsAsked(trace)).toEqual([1, 2]);
    const [first, second] = [1, 2].map((view) => viewChangeStory(trace, 7, view));
    expect(first?.votes.map(({ replica, cause }) => [replica, cause])).toContainEqual([2, 'timer']);
    expect(first?.entries[1]?.state).toBe('unheard');
    expect(second?.primary).toBe(2);
    expect(second?.order?.signers).toHaveLength(5);
    expect(second?.entries.filter(({ state }) => state === 'entered').length).toBeGreaterThan(3);
    expect(second?.entries[2]?.state).toBe('began');
  });

  it('explains O by the certificate that was taken along', () => {
    const trace = traceOf('prepared-across-views');
    const order = viewChangeStory(trace, 4, 1).order;
    const step = order?.steps[0];

    expect(order).toMatchObject({ minSequence: 0, maxSequence: 1, reader: 1 });
    expect(step).toMatchObject({ sequence: 1, follows: true, said: { null: false } });
    expect(step?.claims[0]).toMatchObject({ view: 0, digest: step?.said?.digest });
    expect(order && minSentence(order)).toMatch(/no VIEW-CHANGE/i);
    expect(order && maxSentence(order)).toMatch(/highest place/);
    expect(step && stepSentence(step)).toMatch(/only certificate/);
  });

  it('says where a replica that checks nothing has taken an O that does not follow', () => {
    const trace = traceOf('ablation-unchecked-new-view');
    const order = viewChangeStory(trace, 4, 1, 2).order;

    expect(order?.steps[0]).toMatchObject({ follows: false, said: { null: true } });
    expect(order?.steps[0] && stepSentence(order.steps[0])).toMatch(/nobody checked/);
  });

  it.each(['crashed-primary', 'equivocating-primary', 'prepared-across-views'])(
    'agrees with what the replicas of %s have computed',
    (name) => {
      const trace = traceOf(name);
      const read = trace.filter((event) => event.type === 'new-view');

      expect(read.length).toBeGreaterThan(2);
      for (const { id, view, process, minSequence, maxSequence } of read) {
        if (typeof process !== 'number') throw new TypeError('a replica enters a view');
        const { order } = viewChangeStory(trace.slice(0, id + 1), 4, view, process);
        expect(order).toMatchObject({ minSequence, maxSequence });
        expect(order?.steps.every(({ follows }) => follows)).toBe(true);
      }
    },
  );

  it('shows nothing that has not happened yet', () => {
    const trace = traceOf('two-view-changes');
    const entered = trace.findIndex(({ type }) => type === 'new-view');

    expect(viewChangeStory(trace.slice(0, entered), 7, 2).order).toBeUndefined();
    expect(viewChangeStory([], 7, 1).votes).toEqual([]);
  });
});
