import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';

import { parseScenario } from '#core/simulation/parse-scenario.ts';
import type { Scenario, Step } from '#core/simulation/scenario.ts';

import { SessionRecord, type Opening } from './session-record.ts';

const opening: Opening = { name: 'one', replicas: 4, seed: 7 };
const crash: Step = { do: 'crash', replica: 1, at: 12 };
const restart: Step = { do: 'restart', replica: 1, at: 40 };

function scenario(): Scenario {
  const parsed = parseScenario({ format: 'pbft-lab/scenario@1', name: 'one', seed: 7 });
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.scenario;
}

describe('session record', () => {
  it('has nothing to go on with at first', async () => {
    const record = await SessionRecord.open('empty');

    expect(await record.unfinished()).toBeUndefined();
  });

  it('gives the page that loads next everything that was done, in order', async () => {
    const record = await SessionRecord.open('goes-on');
    await record.begin({ opening, scenario: scenario(), planned: 0 });
    await record.command(crash, { atMs: 1000 });
    await record.command(restart, { atMs: 2000 });
    record.close();

    const next = await SessionRecord.open('goes-on');

    expect(await next.unfinished()).toEqual({
      opening,
      planned: 0,
      scenario: { ...scenario(), until: { atMs: 2000 }, steps: [crash, restart] },
    });
  });

  it('does not go on with a run that came to its end, unless it was given something to do after that', async () => {
    const record = await SessionRecord.open('finished');
    await record.begin({ opening, scenario: scenario(), planned: 0 });
    await record.finish();
    expect(await record.unfinished()).toBeUndefined();

    await record.command(crash, { atMs: 1000 });
    expect((await record.unfinished())?.scenario.steps).toEqual([crash]);
  });

  it('refuses what another version recorded, says what to do, and leaves it as it is', async () => {
    const record = await SessionRecord.open('newer');
    const newer = Object.assign(scenario(), { format: 'pbft-lab/scenario@2' });
    await record.begin({ opening, scenario: newer, planned: 0 });

    for (const _ of ['once', 'again']) {
      await expect(record.unfinished()).rejects.toThrow(
        /another version of the lab .*format.* Load the page again .* or open a new cluster/,
      );
    }
  });

  it('forgets the session before when another begins', async () => {
    const record = await SessionRecord.open('another');
    await record.begin({ opening, scenario: scenario(), planned: 0 });
    await record.command(crash, { atMs: 1000 });
    await record.begin({ opening: { ...opening, seed: 8 }, scenario: scenario(), planned: 0 });

    expect(await record.unfinished()).toEqual({
      opening: { ...opening, seed: 8 },
      planned: 0,
      scenario: scenario(),
    });
  });
});
