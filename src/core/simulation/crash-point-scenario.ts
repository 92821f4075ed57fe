/**
 * Every crash point of one request, one after the other: each turn of each process of an undisturbed run
 * is cut short before its commit, after it, and after what it sends; the process comes back from its disk.
 */
import { assert, defined } from '#core/base/assert.ts';
import { clientOf } from '#core/network/process-order.ts';
import type { CrashPoint } from '#core/network/trace-event.ts';

import { runScenario } from './cluster.ts';
import { parseScenario } from './parse-scenario.ts';
import type { Scenario, Step } from './scenario.ts';

const points: readonly CrashPoint[] = ['before-commit', 'after-commit', 'after-send'];

/** How long a process is away. */
const awayMs = 60;

/** The undisturbed runs: one in which all goes well, one in which the primary never answers. */
function baseScenario(replicas: number, isPrimaryDown: boolean): Scenario {
  const parsed = parseScenario({
    format: 'pbft-lab/scenario@1',
    replicas,
    protocol: { checkpointInterval: 2, logSize: 4 },
    network: { latencyMs: [20, 25] },
    steps: [
      ...(isPrimaryDown ? [{ do: 'crash', replica: 0 }] : []),
      { do: 'submit', operation: { put: ['x', '1'] } },
      { do: 'submit', operation: { add: ['n', 1] } },
    ],
    until: { executed: 2, atMs: 30_000 },
    expect: { safe: true, live: true, executed: 2 },
  });
  assert(parsed.ok, 'an undisturbed scenario is valid');
  return parsed.scenario;
}

const enumerated = new Map<number, readonly Scenario[]>();

/** Every crash point of the undisturbed runs of a cluster of this size. */
function crashPointScenarios(replicas: number): readonly Scenario[] {
  const known = enumerated.get(replicas);
  if (known !== undefined) return known;
  const scenarios = [false, true].flatMap((isPrimaryDown) =>
    crashPointsOf(baseScenario(replicas, isPrimaryDown)),
  );
  enumerated.set(replicas, scenarios);
  return scenarios;
}

/** The crash point of a seed: seeds that follow each other go through all of them. */
export function crashPointScenario(seed: number, replicas = 4): Scenario {
  const scenarios = crashPointScenarios(replicas);
  return defined(scenarios[seed % scenarios.length], 'there are crash points');
}

function crashPointsOf(base: Scenario): readonly Scenario[] {
  const { trace } = runScenario(base);
  return trace.flatMap((event) => {
    if (event.type !== 'persisted' || event.process === undefined) return [];
    const { process, turn } = event;
    const client = clientOf(process);
    const who = client === undefined ? { replica: Number(process) } : { client };
    const when = { ...who, turn };
    return points.map((point) => {
      const steps: readonly Step[] = [
        ...base.steps,
        { do: 'crash', ...who, point, when },
        { do: 'restart', ...who, when, after: awayMs },
      ];
      return { ...base, name: `crash of ${process} ${point} of turn ${turn}`, steps };
    });
  });
}
