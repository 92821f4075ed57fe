import { expect, it } from 'vitest';

import { Chronicle } from './chronicle.ts';
import { sampleTrace } from './sample-trace.ts';
import { thinned, timelineEndMs } from './timeline-scale.ts';

const trace = sampleTrace({ replicas: 4, requests: 1000 });
const endMs = trace.at(-1)?.atMs ?? 0;
const chronicle = new Chronicle(trace);
chronicle.update();

it('paints a timeline with as many marks as it has room for, however long the history', () => {
  const places = 200;
  const shown = thinned(chronicle.marks, timelineEndMs(endMs) / places);
  const kinds = new Set(shown.map(({ kind }) => kind)).size;

  expect(chronicle.marks.length).toBeGreaterThan(places * kinds);
  expect(shown.length).toBeLessThanOrEqual((places + 1) * kinds);
});

it('draws of a diagram what its window shows, wherever in the history that is', () => {
  const counts = [0.1, 0.5, 0.9].map(
    (part) => chronicle.between(endMs * part, endMs * part + 200).length,
  );

  expect(Math.min(...counts)).toBeGreaterThan(0);
  expect(Math.max(...counts)).toBeLessThan(200);
});
