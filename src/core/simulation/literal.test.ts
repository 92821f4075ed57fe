import { describe, expect, it } from 'vitest';

import { assert } from '#core/base/assert.ts';
import type { TraceEvent } from '#core/network/trace-event.ts';

import { runScenario, type Run } from './cluster.ts';
import { parseScenario } from './parse-scenario.ts';

const d = 'd1'.repeat(32);
const operations = [{ client: 0, index: 0 }];
const prepare = { type: 'prepare', view: 0, sequence: 1, digest: d };
const prePrepare = { type: 'pre-prepare', view: 0, sequence: 1, digest: d };
const state = { sequence: 8, digest: d };

/** Replica 3 says it to replica 1, once the only operation is executed everywhere. */
function said(message: object, seed = 1): Run {
  const parsed = parseScenario({
    format: 'pbft-lab/scenario@1',
    seed,
    steps: [
      { do: 'byzantine', replica: 3, behaviour: 'silent' },
      { do: 'submit', operation: { put: ['x', '1'] } },
      { do: 'send', replica: 3, to: 1, message, at: 200 },
    ],
    until: { atMs: 240 },
  });
  assert(parsed.ok, parsed.ok ? '' : parsed.problem);
  return runScenario(parsed.scenario);
}

/** What left replica 3, and what replica 1 reports of it. */
function toldOf({ trace }: Run): readonly Partial<TraceEvent>[] {
  const start = trace.findIndex((event) => event.type === 'sent' && event.process === 3);
  return trace
    .slice(Math.max(0, start))
    .filter(
      (event) =>
        (event.type === 'sent' && event.process === 3) ||
        (event.type === 'rejected' && event.process === 1) ||
        event.type === 'unmet',
    );
}

function problemOf(message: unknown): string {
  const parsed = parseScenario({
    format: 'pbft-lab/scenario@1',
    steps: [{ do: 'send', replica: 0, to: 1, message }],
  });
  return parsed.ok ? 'none' : parsed.problem;
}

const every: readonly (readonly [object, string])[] = [
  [
    { type: 'request', client: 0, timestamp: 9, operation: { get: 'x' }, signer: 'c0' },
    'bad-signature',
  ],
  [{ type: 'request', client: 0, timestamp: 9, operation: { get: 'x' } }, 'wrong-signer'],
  [{ type: 'pre-prepare', view: 0, sequence: 2, operations }, 'not-the-primary'],
  [prePrepare, 'not-the-primary'],
  [{ ...prepare, sequence: 99 }, 'outside-watermarks'],
  [{ ...prepare, replica: 2 }, 'wrong-signer'],
  [{ ...prepare, replica: 2, signer: 2 }, 'bad-signature'],
  [{ type: 'commit', view: 0, sequence: 1, operations, signature: 'bad' }, 'bad-signature'],
  [
    { type: 'reply', view: 0, client: 0, timestamp: 1, result: 'ok', signature: 'bad' },
    'not-for-me',
  ],
  [{ type: 'checkpoint', sequence: 3, digest: d }, 'not-a-checkpoint'],
  [{ type: 'view-change', nextView: 0 }, 'another-view'],
  [
    {
      type: 'view-change',
      nextView: 1,
      stable: 8,
      checkpoints: [{ type: 'checkpoint', ...state }],
      prepared: [{ prePrepare: { seen: { view: 0 } }, prepares: [prepare, { seen: {} }] }],
    },
    'bad-checkpoint-proof',
  ],
  [
    {
      type: 'new-view',
      view: 3,
      viewChanges: [{ type: 'view-change', nextView: 3 }],
      prePrepares: [{ type: 'pre-prepare', view: 3, sequence: 1, digest: 'null' }],
    },
    'bad-view-changes',
  ],
  [{ type: 'status', view: 0, lastExecuted: 3, prepared: [1] }, 'bad-status'],
  [{ type: 'fetch', kind: 'body', operations, signature: 'bad' }, 'bad-signature'],
  [{ type: 'fetch', kind: 'echo', incarnation: 1, signature: 'bad' }, 'bad-signature'],
  [{ type: 'fetch', kind: 'root', ...state, signature: 'bad' }, 'bad-signature'],
  [
    { type: 'fetch', kind: 'node', ...state, level: 1, index: 0, signature: 'bad' },
    'bad-signature',
  ],
  [{ type: 'fetch', kind: 'chunk', ...state, index: 0, signature: 'bad' }, 'bad-signature'],
  [
    {
      type: 'data',
      kind: 'slot',
      sequence: 1,
      operations,
      commits: [{ seen: {} }, { type: 'commit', view: 0, sequence: 1, operations }],
    },
    'already-executed',
  ],
  [{ type: 'data', kind: 'body', operations }, 'unwanted'],
  [{ type: 'data', kind: 'root', ...state, executed: 1, chunks: 1, children: [d] }, 'unwanted'],
  [{ type: 'data', kind: 'node', ...state, level: 1, index: 0, children: [d] }, 'unwanted'],
  [
    {
      type: 'data',
      kind: 'chunk',
      ...state,
      index: 0,
      items: [
        ['x', '1'],
        [0, 1, 'ok'],
      ],
    },
    'unwanted',
  ],
];

describe('a message written by hand', () => {
  it.each(every)('%j leaves as written, and is refused as %s', (message, reason) => {
    const type = 'type' in message ? message.type : undefined;

    expect(toldOf(said(message))).toMatchObject([
      { type: 'sent', to: 1, header: { kind: type } },
      { type: 'rejected', reason },
    ]);
  });

  it('is signed: a vote of its replica counts', () => {
    const commit = { type: 'commit', view: 0, sequence: 2, digest: d };
    const { trace } = said(commit);

    expect(trace.filter((event) => event.type === 'counted' && event.process === 1)).toContainEqual(
      expect.objectContaining({ kind: 'commit', sequence: 2, signer: 3 }),
    );
  });

  it('holds other messages, seen or its own: a VIEW-CHANGE with a proof is accepted', () => {
    const run = said({
      type: 'view-change',
      nextView: 1,
      prepared: [
        {
          prePrepare: { seen: { sequence: 1 } },
          prepares: [{ seen: { signer: 1 } }, { seen: { signer: 2 } }],
        },
      ],
    });

    expect(toldOf(run)).toMatchObject([{ type: 'sent', header: { kind: 'view-change', view: 1 } }]);
  });

  it('of which nothing has been seen yet is not sent, and the run says so', () => {
    const message = { seen: { type: 'new-view' } };
    const holding = { type: 'view-change', nextView: 1, checkpoints: [{ seen: { sequence: 8 } }] };

    for (const unwritable of [message, holding]) {
      expect(toldOf(said(unwritable))).toMatchObject(
        expect.arrayContaining([
          expect.objectContaining({ says: 'no message that matches has been seen' }),
        ]),
      );
    }
  });

  it.each<[string, unknown, string]>([
    ['no object', 7, 'steps[0].message: expected Object, not 7'],
    ['no type', {}, 'steps[0].message.type: missing'],
    ['a type that there is not', { type: 'vote' }, 'steps[0].message.type: expected ("request"'],
    ['an unknown field', { ...prepare, round: 1 }, 'steps[0].message.round: unknown field'],
    ['a missing field', { type: 'prepare', sequence: 1 }, 'steps[0].message.view: missing'],
    [
      'a fraction',
      { ...prepare, sequence: 1.5 },
      'steps[0].message.sequence: expected a natural number, not 1.5',
    ],
    [
      'a digest that is too short',
      { ...prepare, digest: 'd1' },
      'steps[0].message.digest: expected 64 hexadecimal digits in lower case, or "null", not "d1"',
    ],
    [
      'an unknown field of a match',
      { seen: { kind: 'commit' } },
      'steps[0].message.seen.kind: unknown field',
    ],
    [
      'a kind that there is not',
      { type: 'fetch', kind: 'all' },
      'steps[0].message.kind: expected ("body"',
    ],
    [
      'a vote of the wrong type in a certificate',
      {
        type: 'view-change',
        nextView: 1,
        prepared: [{ prePrepare, prepares: [prepare, { ...prepare, type: 'commit' }] }],
      },
      'steps[0].message.prepared[0].prepares[1].type: expected "prepare", not "commit"',
    ],
    [
      'a wrong field deep inside',
      {
        type: 'new-view',
        view: 1,
        viewChanges: [
          { type: 'view-change', nextView: 1, checkpoints: [{ type: 'checkpoint', sequence: -1 }] },
        ],
      },
      'steps[0].message.viewChanges[0].checkpoints[0].sequence: expected a natural number, not -1',
    ],
    [
      'an item that is neither entry nor row',
      { type: 'data', kind: 'chunk', ...state, index: 0, items: [['x', 1]] },
      'steps[0].message.items[0]',
    ],
    ['no signature of its own', { ...prepare, signature: 'aa' }, 'steps[0].message.signature'],
  ])('with %s is refused with its path', (_, message, problem) => {
    expect(problemOf(message)).toContain(problem);
  });
});
