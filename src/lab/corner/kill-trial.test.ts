import { describe, expect, it } from 'vitest';

import { catalogue } from '#core/persistent/samples/catalogue.ts';
import { OutsideWorld } from '#core/persistent/samples/outside-world.ts';
import { SampleHost } from '#host/corner/sample-host.ts';
import type { SampleProcess } from '#host/corner/sample-port.ts';
import { MemoryDisk } from '#host/storage/memory-disk.ts';

import { killEverywhere } from './kill-trial.ts';
import { SampleRun, type Spawn } from './sample-run.ts';

/** Processes in this thread: what goes in and comes out is copied as between workers. */
function threads(disk = new MemoryDisk()): Spawn {
  return (): SampleProcess => {
    let host: SampleHost | undefined;
    return {
      async open({ sample, erase }) {
        if (erase) await disk.clear();
        host = await SampleHost.open(sample, disk);
        return structuredClone(host.opened());
      },
      async step(step) {
        return structuredClone(await host?.step(structuredClone(step)));
      },
      kill() {
        host = undefined;
      },
    };
  };
}

function newRun(sample: string, world: OutsideWorld, spawn = threads()): SampleRun {
  return new SampleRun({ sample, disk: 'disk' }, { world, nowUs: 0 }, spawn);
}

// The one with the mistake in it tells the outside nothing.
const honest = catalogue.filter(({ name }) => name !== 'invoice');
const reliable = honest.flatMap(({ name, worlds }) =>
  worlds
    .filter(({ conduct }) => conduct.forgetsIds !== true)
    .map((world) => ({ name, conduct: world.conduct, world: world.name })),
);

describe('a run of a sample', () => {
  it('goes on at the same line with the same locals', async () => {
    const run = newRun('ping-pong', new OutsideWorld({}));
    await run.boot(true);
    for (let i = 0; i < 3; i++) await run.step('release');
    const before = run.look;
    run.kill();
    expect(run.look).toBeUndefined();
    await run.boot();

    expect(before?.workflows).toHaveLength(2);
    expect(before?.written).not.toEqual([]);
    // Only who has written a record knows what was in it.
    expect(run.look).toEqual({ ...before, written: [] });
  });

  it('never knew a turn whose record was not written', async () => {
    const world = new OutsideWorld({});
    const run = newRun('ping-pong', world);
    await run.boot(true);
    await run.step('release');
    const before = run.look?.workflows;
    await run.step('turn');
    expect(run.look?.workflows).not.toEqual(before);
    run.kill();
    await run.boot();

    expect(run.look?.workflows).toEqual(before);
    expect(world.entries).toEqual([]);
  });

  it('lets overdue timers fire when it comes to life, in their order', async () => {
    const world = new OutsideWorld({});
    const run = newRun('alarms', world);
    await run.boot(true);
    await run.step('release');
    run.kill();
    run.nowUs = 1_000_000_000;
    await run.boot();
    while (run.next() !== undefined) await run.step('release');

    expect(world.letters).toEqual([
      'console: tea rings as number 1',
      'console: egg rings as number 2',
      'console: bus rings as number 3',
    ]);
    expect(run.nowUs).toBe(1_000_000_000);
  });

  it('tells of an error with the line of the source', async () => {
    const run = newRun('invoice', new OutsideWorld({}));
    await run.boot(true);
    await run.step('release');
    run.kill();
    await run.boot();
    const answer = await run.step('release');

    expect(answer?.failures).toEqual([
      expect.objectContaining({
        file: 'core/persistent/samples/invoice.ts',
        stack: expect.stringMatching(/^RangeError: the basket is empty\n.*Invoice\.dearest/),
      }),
    ]);
  });
});

describe('killing everywhere', () => {
  it.each(reliable)('changes nothing for $name, when the world is: $world', async (sample) => {
    const trial = { sample: sample.name, conduct: sample.conduct, disk: 'disk', spawn: threads() };
    const { deaths, commits, isOver, undisturbed } = await killEverywhere(trial, () => true);

    expect(undisturbed.letters).not.toEqual([]);
    expect(isOver).toBe(true);
    expect(deaths).toHaveLength(3 * commits);
    expect(deaths.filter(({ isEqual }) => !isEqual)).toEqual([]);
  });

  it('makes something come again, known by its number or id', async () => {
    const trial = { sample: 'ping-pong', conduct: {}, disk: 'disk', spawn: threads() };
    const { deaths } = await killEverywhere(trial, () => true);

    const again = new Set(deaths.filter(({ again }) => again > 0).map(({ stage }) => stage));
    // A turn that is not written loses the acknowledgements that came with it.
    expect(again).toEqual(new Set(['release', 'turn']));
  });

  it('finds out a world that forgets ids', async () => {
    const trial = {
      sample: 'travel-agent',
      conduct: { forgetsIds: true },
      disk: 'disk',
      spawn: threads(),
    };
    const { deaths } = await killEverywhere(trial, () => true);

    expect(deaths.filter(({ isEqual }) => !isEqual)).not.toEqual([]);
  });

  it('ends when nobody wants to know', async () => {
    const trial = { sample: 'sayer', conduct: {}, disk: 'disk', spawn: threads() };

    expect(await killEverywhere(trial, () => false)).toMatchObject({ isOver: false, deaths: [] });
  });
});
