import { describe, expect, it } from 'vitest';

import { type LiveFacts, voteKinds } from './live-facts.ts';
import { LiveMonitor } from './live-monitor.ts';

const status: LiveFacts['status'] = {
  phase: 'normal',
  view: 0,
  lastExecuted: 0,
  executed: 0,
  stable: 0,
  turns: 0,
  commits: 0,
  commitBytes: 0,
  storageBytes: 0,
  signatures: 0,
  verifications: 0,
  busyMs: 0,
};

type Vote = readonly [
  kind: (typeof voteKinds)[number],
  view: number,
  place: number,
  digest: number,
];
type Execution = readonly [place: number, digest: number, ...operations: readonly number[]];

interface Told extends Partial<Omit<LiveFacts, 'votes' | 'executions' | 'status'>> {
  readonly votes?: readonly Vote[];
  readonly executions?: readonly Execution[];
  readonly stable?: number;
}

/** Operations are of clients with one timestamp each: c * 1000 + t. */
function factsOf(
  replica: number,
  { votes = [], executions = [], stable = 0, ...rest }: Told,
): LiveFacts {
  return {
    replica,
    votes: Float64Array.from(
      votes.flatMap(([kind, ...numbers]) => [voteKinds.indexOf(kind), ...numbers]),
    ),
    executions: Float64Array.from(
      executions.flatMap(([place, digest, ...operations]) => [
        place,
        digest,
        operations.length,
        ...operations.flatMap((operation) => [Math.floor(operation / 1000), operation % 1000, 0]),
      ]),
    ),
    ...rest,
    status: { ...status, stable },
  };
}

function monitored(...histories: readonly (readonly [replica: number, told: Told])[]): LiveMonitor {
  const monitor = new LiveMonitor(4, 8);
  for (const [replica, told] of histories) monitor.take(factsOf(replica, told));
  return monitor;
}

describe('the live checks', () => {
  it('find nothing wrong with replicas that agree, across a restart and a change of views', () => {
    const monitor = monitored(
      [0, { votes: [['pre-prepare', 0, 1, 7]], executions: [[1, 7, 1001, 2001]] }],
      [
        1,
        {
          votes: [
            ['prepare', 0, 1, 7],
            ['commit', 0, 1, 7],
          ],
          executions: [[1, 7, 1001, 2001]],
        },
      ],
      [1, { resumedAt: 1, votes: [['commit', 0, 1, 7]] }],
      [
        1,
        {
          votes: [
            ['view-change', 1, 0, 5],
            ['commit', 0, 1, 7],
            ['prepare', 1, 2, 9],
          ],
        },
      ],
      [0, { installed: 8, executions: [[9, 4, 1002]] }],
    );

    expect(monitor.findings).toEqual({
      contradictions: 0,
      executedTwice: 0,
      disagreements: 0,
      unequalStates: 0,
      violations: [],
    });
  });

  it.each([
    {
      what: 'two batches at one place',
      histories: [
        [0, { executions: [[1, 7, 1001]] }],
        [1, { executions: [[1, 8, 1001]] }],
      ],
      finds: { disagreements: 1 },
      says: /Replica 1 executed something else at 1/,
    },
    {
      what: 'a place that was left out',
      histories: [
        [
          0,
          {
            executions: [
              [1, 7],
              [3, 9],
            ],
          },
        ],
      ],
      finds: { disagreements: 1 },
      says: /executed 3 right after 1/,
    },
    {
      what: 'a place that was executed again after a restart',
      histories: [
        [0, { executions: [[1, 7, 1001]] }],
        [0, { resumedAt: 1, executions: [[1, 7, 1002]] }],
      ],
      finds: { executedTwice: 1 },
      says: /executed 1 after 1/,
    },
    {
      what: 'a request that was executed again at another place',
      histories: [
        [
          0,
          {
            executions: [
              [1, 7, 3005],
              [2, 8, 3005],
            ],
          },
        ],
      ],
      finds: { executedTwice: 1 },
      says: /request 5 of client 3 again/,
    },
    {
      what: 'a disk that came back older than what was told',
      histories: [
        [
          2,
          {
            executions: [
              [1, 7],
              [2, 8],
            ],
          },
        ],
        [2, { resumedAt: 1 }],
      ],
      finds: { contradictions: 1 },
      says: /Replica 2 came back at 1, after 2/,
    },
    ...voteKinds.slice(0, 3).map((kind) => ({
      what: `a second ${kind}, after a restart`,
      histories: [
        [3, { votes: [[kind, 0, 4, 7]] }],
        [3, { resumedAt: 0, votes: [[kind, 0, 4, 8]] }],
      ] as const,
      finds: { contradictions: 1 },
      says: new RegExp(`two different ${kind}s at 0/4`),
    })),
    {
      what: 'a second VIEW-CHANGE for one view',
      histories: [
        [
          3,
          {
            votes: [
              ['view-change', 2, 0, 7],
              ['view-change', 2, 0, 8],
            ],
          },
        ],
      ],
      finds: { contradictions: 1 },
      says: /two different view-changes/,
    },
    {
      what: 'a vote in a view that was given up',
      histories: [
        [
          3,
          {
            votes: [
              ['view-change', 2, 0, 7],
              ['prepare', 1, 1, 8],
            ],
          },
        ],
      ],
      finds: { contradictions: 1 },
      says: /a prepare of view 1 after its view-change for 2/,
    },
    {
      what: 'another state after the same place',
      histories: [
        [0, { votes: [['checkpoint', 0, 8, 7]] }],
        [1, { votes: [['checkpoint', 0, 8, 6]] }],
      ],
      finds: { unequalStates: 1 },
      says: /Replica 1 has another state after 8/,
    },
  ] as const)('find $what', ({ histories, finds, says }) => {
    const { violations, ...counts } = monitored(...histories).findings;

    expect(counts).toMatchObject(finds);
    expect(violations).toEqual([expect.stringMatching(says)]);
  });

  it('hold nothing against a liar', () => {
    const monitor = new LiveMonitor(4, 8);
    monitor.distrust(1);
    monitor.take(
      factsOf(1, {
        votes: [
          ['prepare', 0, 1, 7],
          ['prepare', 0, 1, 8],
        ],
      }),
    );

    expect(monitor.findings.violations).toEqual([]);
    expect(monitor.isTrusted(1)).toBe(false);
    expect(monitor.isTrusted(2)).toBe(true);
  });

  it('remember no more than the watermarks allow, even when a replica stays behind', () => {
    const monitor = new LiveMonitor(4, 8);
    const sizes: number[] = [];
    for (let place = 1; place <= 2000; place++) {
      for (const replica of [0, 1, 2]) {
        const stable = place - (place % 4);
        const votes: Vote[] = [
          ['prepare', 0, place, place],
          ['commit', 0, place, place],
        ];
        monitor.take(factsOf(replica, { votes, executions: [[place, place]], stable }));
      }
      sizes.push(monitor.size);
    }

    expect(Math.max(...sizes)).toBeLessThan(150);
  });
});
