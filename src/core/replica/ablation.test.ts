import { expect, it } from 'vitest';

import { type Ablation, defaults } from '#core/pbft/configuration.ts';
import type { Packet } from '#core/pbft/message.ts';

import { ProcessMachine } from './process-machine.ts';
import type { TurnReport } from './process.ts';
import { delivered, prePrepare, requestOf, vote } from './test-messages.ts';

/** What backup 1 does with these packets while a rule is left out. */
function turnsWithout(rule: Ablation, ...packets: readonly Packet[]): readonly TurnReport[] {
  const c = { ...defaults, ablation: [rule] };
  const machine = ProcessMachine.start(1, c, { verify: true });
  machine.turn(0, { type: 'start' }, null);
  return packets.map((packet) => machine.turn(1000, delivered(packet), null));
}

function sentIn(turns: readonly TurnReport[]): readonly string[] {
  return turns.flatMap(({ outgoing }) =>
    outgoing.filter(({ to }) => to !== 2 && to !== 3).map(({ packet }) => packet.signed.body.type),
  );
}

function executedIn(turns: readonly TurnReport[]): readonly number[] {
  return turns.flatMap(({ reports }) =>
    reports.flatMap((report) => (report.type === 'executed' ? [report.sequence] : [])),
  );
}

const commits = [0, 2, 3].map((i) => vote('commit', i));

it('takes the same vote of one backup once, and needs Q, when no rule is left out', () => {
  const again = vote('commit', 3);
  expect(executedIn(turnsWithout('send-before-commit', prePrepare(), again, again, again))).toEqual(
    [],
  );
  expect(
    executedIn(turnsWithout('send-before-commit', prePrepare(), ...commits.slice(0, 2))),
  ).toEqual([]);
});

it('[accept-second-pre-prepare] votes for both batches of an equivocating primary', () => {
  const turns = turnsWithout('accept-second-pre-prepare', prePrepare(), prePrepare(1, []));
  expect(sentIn(turns)).toEqual(['prepare', 'prepare']);
});

it('[no-commit-phase] executes what is only prepared', () => {
  const turns = turnsWithout('no-commit-phase', prePrepare(), vote('prepare', 2));
  expect(executedIn(turns)).toEqual([1]);
});

it('[no-execution-order] executes what is decided first, each slot once', () => {
  const second = prePrepare(2, [requestOf(0, 2, { put: ['x', '2'] })]);
  const { body } = second.signed;
  if (body.type !== 'pre-prepare') throw new TypeError('a PRE-PREPARE is one');
  const { digest } = body;
  const late = [vote('prepare', 2), vote('prepare', 3)];
  const turns = turnsWithout(
    'no-execution-order',
    second,
    ...[0, 2, 3].map((i) => vote('commit', i, { n: 2, digest })),
    ...[2, 3].map((i) => vote('prepare', i, { n: 2, digest })),
    prePrepare(),
    ...commits,
    ...late,
  );
  expect(executedIn(turns)).toEqual([2, 1]);
});

it('[no-vote-deduplication] takes the same vote of one backup for a quorum', () => {
  const again = vote('commit', 3);
  const turns = turnsWithout('no-vote-deduplication', prePrepare(), again, again, again);
  expect(executedIn(turns)).toEqual([1]);
});

it('[quorum-f+1] decides with f + 1 COMMITs', () => {
  const turns = turnsWithout('quorum-f+1', prePrepare(), ...commits.slice(0, 2));
  expect(executedIn(turns)).toEqual([1]);
});

it('[no-signatures] takes a vote whose signature does not verify', () => {
  const forged = commits.map((packet) => {
    const input = delivered(packet);
    if (input.type !== 'deliver' || !input.arrival.ok) throw new TypeError('a packet arrives');
    return { ...input, arrival: { ...input.arrival, verdicts: [false] } };
  });
  const executed = (rule: Ablation): readonly number[] => {
    const machine = ProcessMachine.start(1, { ...defaults, ablation: [rule] }, { verify: true });
    machine.turn(0, { type: 'start' }, null);
    const inputs = [delivered(prePrepare()), ...forged];
    return executedIn(inputs.map((input) => machine.turn(1000, input, null)));
  };

  expect(executed('no-signatures')).toEqual([1]);
  expect(executed('send-before-commit')).toEqual([]);
});
