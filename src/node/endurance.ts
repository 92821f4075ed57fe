import process from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { endure, type EnduranceOptions } from '#core/simulation/endurance.ts';

import { argumentsIn, BadInput, exitCodeOf, numberIn, terminal, type Terminal } from './command.ts';

const usage = 'npm run -s endurance -- --operations N --seed N';

/** Serves many operations in the simulator and prints pbft-lab/endurance@1. The exit code: 0 safe, live and flat, 1 not, 2 bad input. */
export function main(args: readonly string[], on: Terminal = terminal): number {
  return exitCodeOf(on, () => run(optionsIn(args), on));
}

function run(options: EnduranceOptions, { out }: Terminal): number {
  const collect = garbageCollector();
  const startMs = performance.now();
  const { verdict, tenths } = endure(options, () => {
    collect();
    return process.memoryUsage().heapUsed;
  });
  const seconds = (performance.now() - startMs) / 1000;
  const { counts, safe, live, traceDigest } = verdict;
  const [second, last] = [tenths[1], tenths.at(-1)];
  const growth = {
    state: ratio(last?.stateBytes, second?.stateBytes),
    storage: ratio(last?.storageBytes, second?.storageBytes),
    heap: ratio(last?.heapBytes, second?.heapBytes),
  };
  const isFlat = growth.state <= 1.05 && growth.storage <= 1.05 && growth.heap <= 1.05;
  const report = {
    format: 'pbft-lab/endurance@1',
    ...options,
    safe,
    live,
    traceDigest,
    counts,
    tenths,
    growth,
    seconds: rounded(seconds),
    perSecond: {
      operations: rounded(options.operations / seconds),
      deliveries: rounded(counts.delivered / seconds),
    },
  };
  out(`${JSON.stringify(report, undefined, 2)}\n`);
  return safe && live && isFlat && counts.viewChanges === 0 ? 0 : 1;
}

function optionsIn(args: readonly string[]): EnduranceOptions {
  const text = { type: 'string' } as const;
  const options = { operations: text, seed: text };
  const { operations, seed } = argumentsIn({ args: [...args], options }, usage).values;
  if (operations === undefined || seed === undefined) throw new BadInput(usage);
  return { operations: numberIn('operations', operations, 100), seed: numberIn('seed', seed) };
}

/** A heap can only be compared when what is garbage is gone. */
function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new TypeError('Node collects garbage on demand');
  return () => void Reflect.apply(collect, undefined, []);
}

function ratio(value = 0, reference = 0): number {
  return Math.round((value / reference) * 1000) / 1000;
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
