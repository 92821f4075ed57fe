import { expect, it } from 'vitest';

import { createLabStore } from '#lab/lab-store.ts';

import { normalCaseLesson } from './normal-case.ts';
import { keepProgress } from './progress.ts';

it('remembers a lesson at its last beat, in this browser', () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
  };
  const last = normalCaseLesson.beats.at(-1);
  const store = createLabStore({
    trace: [{ id: 0, atMs: 20, type: 'said', title: last?.title ?? '', text: '' }],
    lesson: { lesson: normalCaseLesson, part: 'beats', predictions: {}, checked: undefined },
  });
  keepProgress(store, storage);
  store.setState({ nowMs: 19 });
  expect(store.getState().learned.lessons).toEqual([]);

  store.setState({ nowMs: 20 });
  expect(store.getState().learned.lessons).toEqual(['normal-case']);

  const later = createLabStore();
  keepProgress(later, storage);
  expect(later.getState().learned).toEqual({ lessons: ['normal-case'], challenges: [] });
});
