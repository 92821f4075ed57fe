import { assert } from '#core/base/assert.ts';
import { Random } from '#core/base/random.ts';
import { processesOf } from '#core/network/process-order.ts';

import { SimulatedCluster } from './cluster.ts';
import { SimulatedDisk } from './disk.ts';
import { parseScenario } from './parse-scenario.ts';
import type { Operation, Scenario, Verdict } from './scenario.ts';

/** How long a run is, and what draws its operations. */
export interface EnduranceOptions {
  readonly operations: number;
  readonly seed: number;
}

/** What a run holds: all that must not grow with its length. */
interface Footprint {
  /** How many operations were given to clients so far. */
  readonly operations: number;
  readonly deliveries: number;
  /** The storage logs of all processes: bytes and records, the mean over the tenth, for each log grows until it is compacted. */
  readonly storageBytes: number;
  readonly storageRecords: number;
  /** The replicas as they were last written down whole, the mean over the tenth. */
  readonly stateBytes: number;
  /** As the host measures it, at the end of the tenth. */
  readonly heapBytes: number;
}

/** What a long run has come to. */
export interface Endured {
  readonly verdict: Verdict;
  readonly tenths: readonly Footprint[];
}

/** How many entries of the past each checker remembers. */
const remember = 1000;
const samplesPerTenth = 40;

/**
 * Four replicas serve 16 clients in a closed loop, in batches of up to 16, for as many operations as one likes. No event
 * is kept, no disk can be rolled back, and checkers look back a bounded way.
 */
export function endure(
  { operations, seed }: EnduranceOptions,
  heapBytes: () => number = () => 0,
): Endured {
  const work = new Work(operations, seed);
  const cluster = new SimulatedCluster(scenarioOf(seed), {
    remember,
    load: () => work.next(),
    newDisk: forgetfulDisk,
  });
  const tenths: Footprint[] = [];
  for (let tenth = 1; tenth <= 10; tenth++) {
    const samples: Sample[] = [];
    for (let sample = 1; sample <= samplesPerTenth; sample++) {
      const due = (operations / 10) * (tenth - 1 + sample / samplesPerTenth);
      while (work.given < due && cluster.stepRound()) continue;
      samples.push(storageOf(cluster));
    }
    tenths.push({
      operations: work.given,
      deliveries: cluster.conductor.counts().delivered,
      storageBytes: meanOf(samples.map(({ bytes }) => bytes)),
      storageRecords: meanOf(samples.map(({ records }) => records)),
      stateBytes: meanOf(samples.map(({ state }) => state)),
      heapBytes: heapBytes(),
    });
  }
  cluster.run();
  return { verdict: cluster.verdict(), tenths };
}

function scenarioOf(seed: number): Scenario {
  const parsed = parseScenario({
    format: 'pbft-lab/scenario@1',
    name: 'endurance',
    seed,
    clients: 16,
    // What comes while a batch is agreed on makes up the next one.
    protocol: { batchMax: 16, pipeline: 1 },
    until: { atMs: 1e9, quiet: true },
  });
  assert(parsed.ok, 'the scenario is sound');
  return parsed.scenario;
}

/** Writes and reads of 64 keys, so many of them: a state that does not grow. */
class Work {
  given = 0;
  private readonly operations: number;
  private readonly random: Random;

  constructor(operations: number, seed: number) {
    this.operations = operations;
    this.random = new Random(`endurance ${seed}`);
  }

  next(): Operation | undefined {
    if (this.given === this.operations) return undefined;
    this.given++;
    const { random } = this;
    const key = `k${random.integer(0, 63)}`;
    return random.next() < 0.75 ? { put: [key, `${random.integer(1000, 9999)}`] } : { get: key };
  }
}

function forgetfulDisk(): SimulatedDisk {
  return new SimulatedDisk(false);
}

interface Sample {
  readonly bytes: number;
  readonly records: number;
  readonly state: number;
}

function storageOf(cluster: SimulatedCluster): Sample {
  const { n, clients } = cluster.conductor.configuration;
  const logs = processesOf(n, clients).map((process) => cluster.recordsOf(process));
  const records = logs.flat();
  return {
    bytes: bytesOf(records),
    records: records.length,
    state: bytesOf(logs.slice(0, n).flatMap(([snapshot]) => snapshot ?? [])),
  };
}

function bytesOf(records: readonly Uint8Array[]): number {
  return records.reduce((sum, record) => sum + record.length, 0);
}

function meanOf(values: readonly number[]): number {
  return Math.round(values.reduce((sum, value) => sum + value, 0) / values.length);
}
