import { describe, expect, it } from 'vitest';

import { rejections } from '#core/pbft/rejection.ts';
import { sentence } from '#ui/words/sentence.ts';
import { spokenSummary } from '#ui/words/spoken-summary.ts';

import { Chronicle } from './chronicle.ts';
import { Reel } from './reel.ts';
import { refusalOf } from './refusal.ts';
import { scenarioTrace } from './scenario-trace.ts';
import { lanesOf, linesBetween } from './space-time.ts';

function rejectedIn(name: string): readonly ReturnType<typeof refusalOf>[] {
  return scenarioTrace(name).trace.flatMap((event) =>
    event.type === 'rejected' ? [refusalOf(event.reason)] : [],
  );
}

describe('refusal', () => {
  it('knows what every reason means', () => {
    const known = Object.values(rejections).length;

    expect(known).toBeGreaterThan(30);
    expect(new Set(rejectedIn('equivocating-primary'))).toEqual(
      new Set(['surplus', 'stale', 'wrong']),
    );
  });

  it.each(['normal-case', 'checkpoints', 'crashed-primary', 'two-view-changes'])(
    'is never one of a wrong message in %s, where nobody says anything wrong',
    (name) => {
      const refusals = rejectedIn(name);

      expect(refusals.length).toBeGreaterThan(0);
      expect(refusals).not.toContain('wrong');
    },
  );

  it('belongs to the message that arrived: a late reply is drawn mildly, once it is there', () => {
    const { trace } = scenarioTrace('normal-case');
    const chronicle = new Chronicle(trace);
    chronicle.update();
    const mild = chronicle.arrows.filter(({ refusal }) => refusal !== undefined);

    expect(mild.length).toBeGreaterThan(0);
    for (const { header, refusal } of mild) {
      expect([header.kind, refusal]).toEqual(['reply', 'surplus']);
    }
    const [late] = mild;
    if (late === undefined) return;
    const reel = new Reel(trace);
    const stateAt = (ms: number): string | undefined =>
      reel.at(ms).refused.get(late.message)?.state;
    expect(stateAt(late.endsAtMs - 1)).toBeUndefined();
    expect(stateAt(late.endsAtMs)).toBe('surplus');
    expect(stateAt(late.endsAtMs + 60_000)).toBeUndefined();
    const scale = { originMs: 0, pixelsPerMs: 1 };
    const lines = linesBetween(chronicle, lanesOf(4, 1, 200), scale, 0, late.endsAtMs + 1);
    expect(lines.find(({ kind }) => kind === 'reply')?.open).not.toBe('');
    expect(lines.every(({ refused }) => refused === '')).toBe(true);
  });

  it('is said mildly where nothing is wrong, and not at all when anything else happened', () => {
    const { trace } = scenarioTrace('normal-case');
    const at = trace.findIndex(({ type }) => type === 'rejected');
    const [delivered, refused] = trace.slice(at - 1, at + 1);

    expect(refused && sentence(refused)).toBe(
      'Client c0 has no more need of a message: another request.',
    );
    expect(delivered && refused && spokenSummary([delivered, refused])).toContain('received');
  });
});
