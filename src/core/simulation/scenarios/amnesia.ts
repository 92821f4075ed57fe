import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

type Step = NonNullable<ScenarioSource['steps']>[number];

const decided = { replica: 1, reaches: 'executed', sequence: 1 } as const;
const asked = { delivered: { type: 'request', to: 0 } } as const;
const request = [{ client: 0, index: 0 }];

/** Why a replica that forgets is Byzantine. */
export const amnesia: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'Amnesia: why a lost disk is a Byzantine fault',
  about:
    'The Byzantine primary gets the request decided at replica 1 with the vote of replica 3. Replica 3 is honest, but it restarts without its votes and goes on voting: the primary shows it an empty batch for the same place, and replica 2 hears a quorum for that. Two signed votes of replica 3 contradict each other, as if it had lied. Forgetting counts among f. That is why here a replica that has lost its disk never votes again; in this scenario that rule is left out.',
  seed: 75,
  ablation: ['forget-votes'],
  network: { latencyMs: [20, 28] },
  steps: [
    { do: 'byzantine', replica: 0, behaviour: 'silent' },
    { do: 'drop', match: { type: 'prepare', from: 3, to: 2 }, count: 1 },
    { do: 'drop', match: { type: 'commit', from: 3, to: 2 }, count: 1 },
    { do: 'drop', match: { type: 'commit', from: 1 } },
    { do: 'drop', match: { type: 'prepare', from: 1, to: 2 } },
    { do: 'submit', operation: { put: ['x', '1'] } },
    { ...word('pre-prepare', [1, 3], request), when: asked },
    { ...word('commit', [1], request), when: asked },
    {
      do: 'partition',
      cut: [
        [1, 2],
        [2, 1],
        [1, 3],
        [1, 0],
      ],
      when: decided,
    },
    { do: 'restart', replica: 3, when: decided, after: 1 },
    { ...word('pre-prepare', [2, 3], []), when: decided, after: 200 },
    { ...word('commit', [2, 3], []), when: decided, after: 200 },
  ],
  until: { atMs: 480 },
  expect: { safe: false, violations: ['no-contradiction', 'agreement'] },
};

/** What the primary says about the first place. */
function word(
  type: 'pre-prepare' | 'commit',
  to: number[],
  operations: { client: number; index: number }[],
): Extract<Step, { readonly do: 'send' }> {
  return { do: 'send', replica: 0, to, message: { type, view: 0, sequence: 1, operations } };
}
