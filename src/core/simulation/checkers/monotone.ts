import type { TraceEvent } from '#core/network/trace-event.ts';

import type { Checker } from './checker.ts';

/** I10: view, low watermark, execution counter and client timestamps never go back. */
export function monotone(): Checker {
  const highest = new Map<string, { readonly value: number; readonly event: number }>();
  return {
    invariant: 'monotone',
    observe(event, cast) {
      const { process, id } = event;
      if (process === undefined || !cast.isCorrect(process)) return undefined;
      for (const [what, value, order] of quantitiesOf(event)) {
        const before = highest.get(`${process}: ${what}`);
        if (before === undefined || value > before.value) {
          highest.set(`${process}: ${what}`, { value, event: id });
        } else if (value < before.value || order === 'strict') {
          const says = `process ${process} has ${what} ${value} after ${before.value}`;
          return { says, evidence: [before.event, id] };
        }
      }
      return undefined;
    },
  };
}

type Quantity = readonly [what: string, value: number, order: 'strict' | 'weak'];

function quantitiesOf(event: TraceEvent): readonly Quantity[] {
  if (
    event.type === 'pre-prepared' ||
    event.type === 'prepared' ||
    event.type === 'view-change' ||
    event.type === 'new-view'
  ) {
    const { view } = event;
    return event.type === 'view-change' || event.type === 'new-view'
      ? [
          ['view', view, 'weak'],
          [event.type === 'new-view' ? 'entered view' : 'wanted view', view, 'strict'],
        ]
      : [['view', view, 'weak']];
  }
  if (event.type === 'state-transfer' && event.deed === 'installed') {
    return [['last executed', event.sequence, 'strict']];
  }
  if (event.type === 'executed') {
    return [
      ['last executed', event.sequence, 'strict'],
      ['executed', event.executed, 'weak'],
    ];
  }
  if (event.type === 'stable') return [['low watermark', event.sequence, 'strict']];
  if (event.type === 'requested') return [['timestamp', event.timestamp, 'strict']];
  if (event.type === 'recovered' && event.lastExecuted !== undefined) {
    return [['last executed', event.lastExecuted, 'weak']];
  }
  return [];
}
