import { expect, it } from 'vitest';

import { heldVotes } from './held-votes.ts';

it.each([
  { held: 0, needed: 2, says: '0 of 2' },
  { held: 2, needed: 2, says: '2 of 2' },
  { held: 3, needed: 2, says: '3 ≥ 2' },
])('$held votes where $needed are needed are "$says"', ({ held, needed, says }) => {
  expect(heldVotes(held, needed)).toBe(says);
});
