import {
  argumentsIn,
  BadInput,
  laterExitCodeOf,
  numberIn,
  terminal,
  type Terminal,
} from './command.ts';
import { openLab, withServedLab } from './lab-in-browser.ts';
import { lineOf, soak, type SoakOptions } from './soak/soak-run.ts';

const usage = 'npm run -s soak -- --minutes M --seed N [--replicas N]';

/**
 * A load in a real browser while workers are terminated, paused and divided and one replica is Byzantine. Prints
 * pbft-lab/soak@1. The exit code: 0 nothing was lost, contradicted or unequal, 1 something was, 2 bad input.
 */
export function main(args: readonly string[], on: Terminal = terminal): Promise<number> {
  return laterExitCodeOf(on, () => run(optionsIn(args), on));
}

async function run(options: SoakOptions, { out, err }: Terminal): Promise<number> {
  const complaints: string[] = [];
  const report = await withServedLab(async (lab) =>
    soak(await openLab(lab, '?live=1', complaints), options),
  );
  const failures = [...report.failures, ...complaints];
  out(`${JSON.stringify({ ...report, failures }, undefined, 2)}\n`);
  err(`${lineOf(report)}\n`);
  return failures.length === 0 ? 0 : 1;
}

function optionsIn(args: readonly string[]): SoakOptions {
  const text = { type: 'string' } as const;
  const options = { minutes: text, seed: text, replicas: text };
  const { minutes, seed, replicas = '4' } = argumentsIn({ args: [...args], options }, usage).values;
  if (minutes === undefined || seed === undefined) throw new BadInput(usage);
  const ms = Number(minutes) * 60_000;
  if (!(ms >= 10_000 && ms <= 24 * 3_600_000))
    throw new BadInput(`--minutes: expected a number from 0.2 to 1440, not ${minutes}`);
  const n = numberIn('replicas', replicas, 4);
  if (n > 16) throw new BadInput(`--replicas: expected a number from 4 to 16, not ${replicas}`);
  return { n, seed: numberIn('seed', seed), ms };
}
