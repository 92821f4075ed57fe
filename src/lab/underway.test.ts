import { expect, it } from 'vitest';

import { SimulatedCluster } from '#core/simulation/cluster.ts';
import { loadScenario } from '#core/simulation/scenarios/library.ts';

import { createLabStore } from './lab-store.ts';
import { getUnderway } from './underway.ts';

const parsed = loadScenario('normal-case');
if (!parsed.ok) throw new Error(parsed.problem);
const cluster = new SimulatedCluster(parsed.scenario);
cluster.run();
const { trace } = cluster.conductor;

it('is underway when the first message flies, and not before', async () => {
  const sentMs = trace.find(({ type }) => type === 'sent')?.atMs ?? Number.NaN;
  const store = createLabStore({ playing: true, trace, traceLength: trace.length });

  const underway = getUnderway(store);
  store.setState({ nowMs: sentMs });
  expect(store.getState().underway).toBe(false);

  store.setState({ nowMs: sentMs + 0.1 });
  expect(store.getState().underway).toBe(true);
  await underway;
});

it('is underway as soon as it rests', async () => {
  const store = createLabStore({ playing: true, trace, traceLength: trace.length });

  const underway = getUnderway(store);
  store.setState({ playing: false });
  expect(store.getState().underway).toBe(true);
  await underway;
});
