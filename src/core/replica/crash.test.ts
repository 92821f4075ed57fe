import { describe, expect, it } from 'vitest';

import type { ProcessId } from '#core/pbft/message.ts';

import { type CrashPoint, TestCluster } from './test-cluster.ts';

/** Turns that a crash cannot undo without a trace: starting, and of a client taking its two operations, which nobody repeats. */
const firstTurns = 1;
const submissions = 2;

const points: readonly CrashPoint[] = ['before-commit', 'after-commit', 'after-send'];
const processes: readonly ProcessId[] = [0, 1, 'c0'];

interface Run {
  readonly turns: (id: ProcessId) => number;
  readonly outcome: unknown;
}

describe('a process that crashes and starts again', () => {
  const undisturbed = runOf(() => undefined);

  it.each(processes.flatMap((id) => points.map((point) => ({ id, point }))))(
    '[A-S1] ends as if nothing had happened when $id dies $point of any turn',
    ({ id, point }) => {
      const turns = undisturbed.turns(id);
      expect(turns).toBeGreaterThan(10);
      const first = firstTurns + (id === 'c0' ? submissions : 0) + 1;
      for (let turn = first; turn <= turns; turn++) {
        let isDue = true;
        const run = runOf((process, at) => {
          if (process !== id || at !== turn || !isDue) return undefined;
          isDue = false;
          return point;
        });
        expect(isDue, `crashed in turn ${turn}`).toBe(false);
        expect(run.outcome, `after a crash in turn ${turn}`).toEqual(undisturbed.outcome);
      }
    },
    30_000,
  );
});

function runOf(crashIn: TestCluster['crashIn']): Run {
  const cluster = new TestCluster({ checkpointInterval: 2, logSize: 4 });
  cluster.crashIn = crashIn;
  for (const text of ['1', '2']) cluster.submit({ put: ['x', text] });
  const isAnswered = cluster.runUntil(() => cluster.answers().length === 2, 20_000);
  cluster.run(600);
  return {
    turns: (id: ProcessId) => cluster.machines.get(id)?.turnOfLastRecord ?? 0,
    outcome: {
      isAnswered,
      answers: cluster.answers(),
      states: [0, 1, 2, 3].map((i) => cluster.replica(i).state),
      executed: [0, 1, 2, 3].map((i) => cluster.replica(i).executed),
      // Not which digest: the client's clock is in it, and a crash delays.
      digests: new Set([0, 1, 2, 3].map((i) => cluster.replica(i).stateDigest)).size,
      windows: [0, 1, 2, 3].map((i) => cluster.replica(i).lowWatermark),
      contradictions: contradictionsIn(cluster),
    },
  };
}

/** I9: a correct replica says one digest in each (type, view, sequence number), crashes or not. */
function contradictionsIn(cluster: TestCluster): readonly string[] {
  const said = new Map<string, string>();
  return cluster.sent.flatMap(({ packet: { signed } }) => {
    const { body, signer } = signed;
    if (body.type !== 'pre-prepare' && body.type !== 'prepare' && body.type !== 'commit') return [];
    const key = `${body.type} ${body.view} ${body.sequence} ${signer}`;
    const before = said.get(key) ?? body.digest;
    said.set(key, before);
    return before === body.digest ? [] : [key];
  });
}
