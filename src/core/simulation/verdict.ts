import { assert, defined } from '#core/base/assert.ts';
import { clientProcess } from '#core/network/process-order.ts';
import type { Inspection, ReplicaInspection } from '#core/replica/inspection.ts';

import type { Examination } from './examination.ts';
import { lowest, unmetBy } from './expectation.ts';
import type { ClientVerdict, ReplicaVerdict, Scenario, Verdict } from './scenario.ts';
import type { Stage } from './stage.ts';

/** What a run has come to, given a last look at every process that runs. */
export function verdictOf(
  stage: Stage,
  scenario: Scenario,
  ended: Verdict['ended'],
  nowUs: number,
  examinations: readonly Examination[],
): Verdict {
  const endedAtMs = ended === 'time' ? scenario.until.atMs : nowUs / 1000;
  for (const examination of examinations) stage.examine(nowUs, examination);
  stage.conclude(nowUs);
  const violations = violationsOf(stage);
  const replicas = replicasOf(stage, examinations);
  const running = replicas.filter(
    ({ id }) => stage.life(id).status === 'running' && stage.progress.isCorrect(id),
  );
  const safe = violations.length === 0;
  const live = isLive(stage, running);
  const unmet = [
    ...stage.trace.remarks.flatMap((event) => (event.type === 'unmet' ? [event.says] : [])),
    ...contradictions(stage),
    ...unmetBy(scenario.expect, {
      safe,
      live,
      executed: lowest(running.map((replica) => replica.executed)),
      view: lowest(running.map((replica) => replica.view)),
      violations,
    }),
  ];
  return {
    format: 'pbft-lab/verdict@1',
    scenario: scenario.name,
    seed: scenario.seed,
    traceDigest: stage.trace.digest(),
    endedAtMs,
    ended,
    safe,
    live,
    met: unmet.length === 0,
    violations,
    unmet,
    replicas,
    clients: clientsOf(stage),
    counts: stage.counts(),
  };
}

function violationsOf(stage: Stage): Verdict['violations'] {
  const { culprits } = stage.oracle;
  const found = stage.trace.remarks.filter((event) => event.type === 'violation');
  return [...found, ...stage.findings].map(({ invariant, atMs, sequence, says, evidence }) => ({
    invariant,
    atMs,
    ...(sequence !== undefined && { sequence }),
    says,
    culprits,
    evidence,
  }));
}

/** A program that contradicted itself meets no expectation. */
function contradictions(stage: Stage): readonly string[] {
  if (!stage.hasContradiction) return [];
  return stage.trace.remarks.flatMap((event) =>
    event.type === 'failed' ? [`process ${event.process ?? ''} failed: ${event.problem}`] : [],
  );
}

function replicasOf(stage: Stage, examinations: readonly Examination[]): readonly ReplicaVerdict[] {
  return stage.progress.replicas.map((progress, id): ReplicaVerdict => {
    const { status, behaviour } = stage.life(id);
    assert(status !== 'absent', 'only a second instance may be absent');
    const inspection = examinations.find(({ process }) => process === id)?.inspection;
    const seen = status === 'running' && isOfReplica(inspection) ? inspection : undefined;
    const { view, executed, lowWatermark } = seen ?? progress;
    return {
      id,
      status: status === 'running' ? (seen?.status ?? 'normal') : status,
      view,
      executed,
      lowWatermark,
      stateDigest: seen?.stateDigest ?? '',
      byzantine: behaviour?.behaviour ?? null,
    };
  });
}

function isOfReplica(inspection: Inspection | undefined): inspection is ReplicaInspection {
  return inspection?.kind === 'replica';
}

function clientsOf(stage: Stage): readonly ClientVerdict[] {
  return stage.progress.clients.map(({ given, answered, results }, id) => ({
    id,
    submitted: given,
    answered,
    results: [...results],
  }));
}

/** Every operation of a correct client is answered, and all running correct replicas have come to one state. */
function isLive(stage: Stage, running: readonly ReplicaVerdict[]): boolean {
  const areAnswered = stage.progress.clients.every(
    ({ given, answered }, id) => !stage.progress.isCorrect(clientProcess(id)) || answered === given,
  );
  if (running.length === 0) return areAnswered;
  const first = defined(running[0], 'somebody runs');
  const haveConverged = running.every(
    ({ executed, stateDigest }) => executed === first.executed && stateDigest === first.stateDigest,
  );
  return areAnswered && haveConverged;
}
