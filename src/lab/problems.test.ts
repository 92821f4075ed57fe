import { expect, it } from 'vitest';

import { createLabStore } from './lab-store.ts';
import { dismissProblem, showFailures, showProblem } from './problems.ts';

const full = 'A commit could not be written: this browser has no room left for the page.';

it('processes that stop for the same reason are told of once, with what to do', () => {
  const store = createLabStore({});
  showFailures(store, [
    { id: 7, atMs: 5, process: 1, type: 'failed', problem: full },
    { id: 8, atMs: 5, process: 3, type: 'failed', problem: 'Something else, repaired since.' },
    { id: 9, atMs: 6, process: 2, type: 'failed', problem: full },
    { id: 10, atMs: 9, process: 3, type: 'restarted', incarnation: 2, disk: 'kept' },
  ]);

  expect(store.getState().problems).toMatchObject([
    { severity: 'warning', text: expect.stringMatching(/no room left .* restart who has stopped/) },
  ]);
});

it('a problem that was read is gone, and may come again', () => {
  const store = createLabStore({});
  showProblem(store, 'info', 'One', 'text');
  showProblem(store, 'info', 'Two', 'text');
  const [one] = store.getState().problems;
  dismissProblem(store, one?.id ?? 0);
  expect(store.getState().problems.map(({ title }) => title)).toEqual(['Two']);

  showProblem(store, 'info', 'One', 'text');
  expect(store.getState().problems.map(({ title }) => title)).toEqual(['Two', 'One']);
});
