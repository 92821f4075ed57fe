import { describe, expect, it } from 'vitest';

import { defaults } from '#core/pbft/configuration.ts';

import type { ToBus } from './live-bus.ts';
import { LiveDesk } from './live-desk.ts';
import type { LiveFacts, LiveStatus } from './live-facts.ts';

const begun: LiveStatus = {
  phase: 'normal',
  view: 0,
  lastExecuted: 0,
  executed: 0,
  stable: 0,
  turns: 1,
  commits: 1,
  commitBytes: 100,
  storageBytes: 100,
  signatures: 0,
  verifications: 0,
  busyMs: 1,
};

/** A desk, and what replica 2 tells it. */
function deskWith(...told: readonly Partial<LiveFacts>[]): LiveDesk {
  const desk = new LiveDesk(defaults);
  const listeners: ((event: MessageEvent<ToBus>) => void)[] = [];
  desk.connect(2, {
    postMessage: () => undefined,
    addEventListener: (_, listener) => {
      listeners.push(listener);
    },
    start: () => undefined,
    close: () => undefined,
  });
  for (const facts of told) {
    const whole = {
      replica: 2,
      votes: new Float64Array(),
      executions: new Float64Array(),
      status: begun,
      ...facts,
    };
    const data = { type: 'departure', facts: whole, frames: [] } as const;
    for (const hear of listeners) hear(new MessageEvent('message', { data }));
  }
  return desk;
}

describe('the desk of a live run', () => {
  it('counts on over the restarts of a replica, each of which counts from nothing', () => {
    const desk = deskWith(
      { status: { ...begun, turns: 10, commits: 4, storageBytes: 900 } },
      { status: { ...begun, turns: 12, commits: 5, storageBytes: 950 } },
      { resumedAt: 0, status: { ...begun, turns: 2, commits: 1, storageBytes: 960 } },
      { status: { ...begun, turns: 5, commits: 2, storageBytes: 970 } },
    );

    expect(desk.report(4).statuses[2]).toMatchObject({
      turns: 17,
      commits: 7,
      storageBytes: 970,
      isTrusted: true,
    });
    expect(desk.report(4).statuses[0]).toBeUndefined();
  });

  it('tells once what has happened: a view, a stable checkpoint, a vote after a restart', () => {
    const desk = deskWith(
      {},
      { status: { ...begun, view: 1 } },
      { status: { ...begun, view: 1, stable: 8 }, votingAgainMs: 5000 },
      { status: { ...begun, view: 1, stable: 8 } },
    );

    expect(desk.report(4).marks).toEqual([
      expect.objectContaining({ kind: 'view', replica: 2, view: 1 }),
      { kind: 'voting-again', replica: 2, view: 1, sequence: 8, atMs: 5000 },
      expect.objectContaining({ kind: 'stable', replica: 2, sequence: 8 }),
    ]);
    expect(desk.report(4).marks).toEqual([]);
  });
});
