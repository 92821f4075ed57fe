import { describe, expect, it } from 'vitest';

import { signingInput } from '#core/pbft/signing.ts';

import { type CrashPoint, TestCluster } from './test-cluster.ts';

const points: readonly CrashPoint[] = ['before-commit', 'after-commit', 'after-send'];

/** A run in which the primary goes away for ever, after a request has prepared and not committed. */
function runOf(crashIn: TestCluster['crashIn']): TestCluster {
  const cluster = new TestCluster({ requestTimeoutMs: 200, viewChangeTimeoutMs: 400 });
  cluster.crashIn = (id, turn) => (cluster.machines.has(0) ? undefined : crashIn(id, turn));
  cluster.isLost = ({ packet: { signed } }) =>
    signed.body.type === 'commit' && signed.body.view === 0;
  cluster.submit({ put: ['x', '1'] });
  cluster.run(60);
  cluster.crash(0);
  cluster.runUntil(() => cluster.answers().length === 1, 20_000);
  cluster.run(800);
  return cluster;
}

/** I9: what a correct replica says at most once, whatever it forgets: votes by place, VIEW-CHANGE and NEW-VIEW by view. */
function contradictionsIn(cluster: TestCluster): readonly string[] {
  const said = new Map<string, string>();
  const promised = new Map<unknown, number>();
  return cluster.sent.flatMap(({ from, packet: { signed } }) => {
    const { body, signer } = signed;
    if (signer !== from || !('view' in body || 'nextView' in body)) return [];
    if (body.type === 'reply' || body.type === 'status') return [];
    const view = 'nextView' in body ? body.nextView : body.view;
    const sequence = 'sequence' in body ? body.sequence : '';
    const key = `${body.type} ${view} ${sequence} ${signer}`;
    const content = String(signingInput(cluster.configuration, body));
    const before = said.get(key) ?? content;
    said.set(key, before);
    if (body.type === 'view-change') promised.set(signer, view);
    const isBroken = body.type !== 'view-change' && view < (promised.get(signer) ?? 0);
    return before === content && !isBroken ? [] : [key];
  });
}

describe('a replica that crashes while views change', () => {
  const undisturbed = runOf(() => undefined);

  it.each([1, 2].flatMap((id) => points.map((point) => ({ id, point }))))(
    'takes part as if nothing had happened when $id dies $point of any turn',
    ({ id, point }) => {
      const last = undisturbed.machines.get(id)?.turnOfLastRecord ?? 0;
      const crashed = new Set<number>();
      for (let turn = 5; turn <= last; turn++) {
        let isDue = true;
        const cluster = runOf((process, at) => {
          if (process !== id || at !== turn || !isDue) return undefined;
          isDue = false;
          crashed.add(turn);
          return point;
        });
        expect(cluster.answers(), `after a crash in turn ${turn}`).toEqual(['ok']);
        expect(contradictionsIn(cluster), `after a crash in turn ${turn}`).toEqual([]);
        expect(
          [1, 2, 3].map((i) => cluster.replica(i).executed),
          `after a crash in turn ${turn}`,
        ).toEqual([1, 1, 1]);
      }
      expect(crashed.size).toBeGreaterThan(15);
    },
    60_000,
  );
});
