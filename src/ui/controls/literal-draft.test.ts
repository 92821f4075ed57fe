import { describe, expect, it } from 'vitest';

import type { TraceEvent } from '#core/network/trace-event.ts';
import { SimulatedCluster } from '#core/simulation/cluster.ts';
import { parseScenario, parseStep } from '#core/simulation/parse-scenario.ts';

import {
  draftIn,
  draftLike,
  draftOf,
  draftTypes,
  inTheNameOf,
  numbersOf,
  textOf,
  type Submitted,
} from './literal-draft.ts';

/** A run with a view change, and what it sent. */
function traceOf(): readonly TraceEvent[] {
  const parsed = parseScenario({
    format: 'pbft-lab/scenario@1',
    seed: 5,
    protocol: { batchMax: 2, pipeline: 1, checkpointInterval: 2, logSize: 4 },
    clients: 2,
    steps: [
      { do: 'submit', operation: { put: ['x', '1'] } },
      { do: 'submit', client: 1, operation: { put: ['y', '2'] } },
      { do: 'submit', client: 1, operation: { get: 'x' } },
      { do: 'byzantine', replica: 0, behaviour: 'silent' },
    ],
    until: { atMs: 4000 },
  });
  if (!parsed.ok) throw new Error(parsed.problem);
  const cluster = new SimulatedCluster(parsed.scenario);
  cluster.run();
  return cluster.conductor.trace;
}

const trace = traceOf();
const submitted = trace.filter((event): event is Submitted => event.type === 'submitted');
const population = { replicas: 4, clients: 2 };

type Sent = Extract<TraceEvent, { type: 'sent' }>;

function sent(kind: string): readonly Sent[] {
  return trace.filter(
    (event): event is Sent => event.type === 'sent' && event.header.kind === kind,
  );
}

describe('draftLike', () => {
  const kinds = ['pre-prepare', 'prepare', 'commit', 'checkpoint', 'reply', 'view-change'];

  it.each([...kinds, 'new-view', 'request'])('writes %s as a step that may be sent', (kind) => {
    const events = sent(kind);
    expect(events.length).toBeGreaterThan(0);
    for (const { header, to } of events) {
      const message = draftLike(header, 0, { trace, submitted });

      expect(parseStep({ do: 'send', replica: 0, to, message }, population)).toMatchObject({
        ok: true,
      });
    }
  });

  it('names the operations of a proposal, one or more', () => {
    const batches = sent('pre-prepare').map(
      ({ header }) => draftLike(header, 0, { trace, submitted })?.['operations'],
    );

    const both = expect.arrayContaining([
      { client: 0, index: 0 },
      { client: 1, index: 0 },
    ]);
    expect(batches).toContainEqual(both);
    expect(batches.every((batch) => Array.isArray(batch))).toBe(true);
  });

  it('says in whose name it is where that is not the sender', () => {
    const [prepare] = sent('prepare').filter(({ header }) => header.signer === 2);

    expect(prepare && draftLike(prepare.header, 3, { trace, submitted })).toMatchObject({
      signer: 2,
      replica: 2,
    });
    expect(prepare && draftLike(prepare.header, 2, { trace, submitted })).not.toHaveProperty(
      'signer',
    );
  });

  it('lets a NEW-VIEW speak of the view changes that were seen', () => {
    const [first] = sent('new-view');
    const draft = first && draftLike(first.header, 1, { trace, submitted });

    expect(draft?.['viewChanges']).toContainEqual({
      seen: { type: 'view-change', signer: 2, view: 1 },
    });
  });

  it('writes nothing of what is no matter of the hand', () => {
    expect(draftLike({ kind: 'data', signer: 0 }, 0, { trace, submitted })).toBeUndefined();
  });
});

describe('draftOf', () => {
  it.each(draftTypes)('begins a %s that may be sent', (type) => {
    const message = draftOf(type, undefined);

    expect(parseStep({ do: 'send', replica: 0, to: [1], message }, population)).toMatchObject({
      ok: true,
    });
  });

  it('keeps what two types have in common', () => {
    const prepare = {
      type: 'prepare',
      view: 2,
      sequence: 5,
      digest: 'null',
      signer: 1,
      replica: 1,
    };

    expect(draftOf('commit', prepare)).toEqual({ ...prepare, type: 'commit' });
    expect(draftOf('view-change', prepare)).toMatchObject({ nextView: 3, signer: 1 });
  });
});

it('a name that is forged stands in the message and under it, and can be taken back', () => {
  const own = { type: 'prepare', view: 0, sequence: 1, digest: 'null' };

  expect(inTheNameOf(own, 2)).toEqual({ ...own, replica: 2, signer: 2 });
  expect(inTheNameOf(inTheNameOf(own, 2), undefined)).toEqual(own);
  expect(inTheNameOf({ type: 'new-view' }, 2)).toEqual({ type: 'new-view', signer: 2 });
});

it('what is written is read again, unless it is no message', () => {
  const draft = { type: 'commit', view: 1, sequence: 3, digest: 'null', replica: 2 };

  expect(draftIn(textOf(draft))).toEqual(draft);
  expect(numbersOf(draft)).toEqual([
    ['view', 1],
    ['sequence', 3],
  ]);
  expect(draftIn('{"view":1}')).toBeUndefined();
  expect(draftIn('commit')).toBeUndefined();
});
