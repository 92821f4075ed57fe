import { assert } from '#core/base/assert.ts';
import { type Conduct, OutsideWorld } from '#core/persistent/samples/outside-world.ts';
import type { Stage } from '#host/corner/sample-port.ts';

import { SampleRun, type Spawn } from './sample-run.ts';

/** The points of a turn at which a process can die. */
export const stages: readonly Stage[] = ['turn', 'commit', 'release'];

/** What the outside has in the end. */
interface Life {
  readonly letters: readonly string[];
  readonly journal: readonly string[];
}

/** One death and what became of it. */
export interface Death {
  /** Counted from 1. */
  readonly commit: number;
  readonly stage: Stage;
  readonly isEqual: boolean;
  /** How often something came to the outside that it had already. */
  readonly again: number;
  readonly life: Life;
}

/** A sample run once undisturbed, and once more for each point at which it can be killed. */
export interface TrialReport {
  readonly undisturbed: Life;
  readonly commits: number;
  readonly deaths: readonly Death[];
  readonly isOver: boolean;
}

/** What is killed. */
export interface Trial {
  readonly sample: string;
  readonly conduct: Conduct;
  /** A disk of the trial's own. */
  readonly disk: string;
  readonly spawn: Spawn;
}

const commitsMax = 1000;

/** Kills a sample before and after every commit and after every release; `report` ends it by giving false. */
export async function killEverywhere(
  trial: Trial,
  report: (report: TrialReport) => boolean,
): Promise<TrialReport> {
  const { life, commits } = await live(trial);
  const deaths: Death[] = [];
  const soFar = (isOver: boolean): TrialReport => ({
    undisturbed: life,
    commits,
    deaths: [...deaths],
    isOver,
  });
  for (let commit = 1; commit <= commits; commit++) {
    for (const stage of stages) {
      if (!report(soFar(false))) return soFar(false);
      const killed = await live(trial, { commit, stage });
      const isEqual = JSON.stringify(killed.life) === JSON.stringify(life);
      deaths.push({ commit, stage, isEqual, again: killed.again, life: killed.life });
    }
  }
  report(soFar(true));
  return soFar(true);
}

interface Lived {
  readonly life: Life;
  readonly commits: number;
  readonly again: number;
}

async function live(
  { sample, conduct, disk, spawn }: Trial,
  crash?: { readonly commit: number; readonly stage: Stage },
): Promise<Lived> {
  const world = new OutsideWorld(conduct);
  let lost: string | undefined;
  const run = new SampleRun({ sample, disk }, { world, nowUs: 0 }, spawn, (why) => {
    lost = why;
  });
  let commits = 0;
  await run.boot(true);
  while (run.next() !== undefined) {
    commits++;
    assert(commits < commitsMax, 'a sample ends');
    const isLast = commits === crash?.commit;
    await run.step(isLast ? crash.stage : 'release');
    if (isLast) {
      run.kill();
      await run.boot();
    }
  }
  run.kill();
  if (lost !== undefined) throw new Error(`a worker of the trial is lost: ${lost}`);
  return {
    life: { letters: world.letters, journal: world.journal },
    commits,
    again: world.entries.reduce((sum, { times }) => sum + times - 1, 0),
  };
}
