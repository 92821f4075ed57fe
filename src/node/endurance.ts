import process from 'node:process';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { endure, type EnduranceOptions } from '#core/simulation/endurance.ts';

const usage = 'npm run -s endurance -- --operations N --seed N';

/** Serves many operations in the simulator and prints pbft-lab/endurance@1. The exit code: 0 safe, live and flat, 1 not, 2 bad input. */
export function main(args: readonly string[]): number {
  const options = optionsIn(args);
  if (options === undefined) {
    process.stderr.write(`${usage}\n`);
    return 2;
  }
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
  process.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
  return safe && live && isFlat && counts.viewChanges === 0 ? 0 : 1;
}

function optionsIn(args: readonly string[]): EnduranceOptions | undefined {
  try {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({ args: [...args], options: { operations: text, seed: text } });
    const [operations, seed] = [Number(values.operations), Number(values.seed)];
    const isSound = Number.isSafeInteger(operations) && operations >= 100;
    return isSound && Number.isSafeInteger(seed) ? { operations, seed } : undefined;
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
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
