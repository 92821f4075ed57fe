import { describe, expect, it } from 'vitest';

import type { ClientInspection } from '#core/replica/inspection.ts';
import { blankProcess } from '#ui/picture/process-picture.ts';

import { slotWaiting } from './slot-waiting.ts';

/** A process that says why it waits, and nothing else. */
const waiter: ClientInspection = {
  kind: 'client',
  id: 0,
  view: 0,
  queue: [],
  history: [],
  workflows: [],
  incarnation: 0,
  waiting: [{ sequence: 3, text: 'needs 1 more PREPARE with digest 7a3f… from replica 1 or 3' }],
};

describe('why a slot waits', () => {
  it.each([
    ['what the process itself says of the place', blankProcess(2), 3, /1 more PREPARE/],
    ['that it has executed it', { ...blankProcess(2), executed: 3 }, 3, /^executed/],
    ['that it has heard nothing', blankProcess(2), 4, /heard nothing/],
    ['that it is down', { ...blankProcess(2), life: 'crashed' as const }, 3, /^crashed/],
  ])('is %s', (_, process, sequence, words) => {
    expect(slotWaiting(process, waiter, sequence)).toMatch(words);
  });
});
