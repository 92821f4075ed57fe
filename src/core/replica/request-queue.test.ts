import { expect, it } from 'vitest';

import { RequestQueue } from './request-queue.ts';
import { requestOf } from './test-messages.ts';

it('proposes nothing twice, also when the view begins with an older request of the same client', () => {
  const queue = new RequestQueue();
  const older = requestOf(0, 1, { get: 'x' });
  const newer = requestOf(0, 2, { get: 'x' });
  queue.add(newer);
  expect(queue.proposable()).toEqual([newer]);
  queue.markProposed([newer]);
  queue.markProposed([older]);
  expect(queue.proposable()).toEqual([]);
});
