import { noCommitPhase } from '#core/simulation/scenarios/no-commit-phase.ts';

import type { Lesson } from './lesson.ts';

/** What COMMIT is for. */
export const whyThreePhasesLesson: Lesson = {
  name: 'why-three-phases',
  title: 'Why three phases',
  learn:
    'What goes wrong without COMMIT, although nobody lies: prepared in one view says nothing in the next.',
  scenario: noCommitPhase,
  rate: 0.03,
  beats: [
    {
      title: 'No COMMIT phase',
      text: 'One rule is left out here: replicas execute as soon as they are prepared. All are honest. Only the network is bad: it loses the PREPAREs to replicas 0, 1 and 2.',
    },
    {
      title: 'Prepared, and executed',
      text: 'Replica 3 alone is prepared at number 1. It executes “x = first”, and its network fails. Replicas 1 and 2 are about to ask for view 1.',
      when: { replica: 3, reaches: 'executed', sequence: 1 },
      prediction: {
        question: 'What will view 1 execute at number 1?',
        options: [
          { text: 'The same request', right: 'otherwise' },
          {
            text: 'Another request',
            right: { happens: { type: 'violation', invariant: 'agreement' } },
          },
        ],
        because:
          'None of the three that are left was prepared, so their VIEW-CHANGEs prove nothing at number 1. The new primary may use it again.',
      },
    },
    {
      title: 'Two requests at number 1',
      text: 'Two correct replicas have executed different requests at the same sequence number. Agreement is lost, and nobody has lied.',
      when: { replica: 2, reaches: 'executed', sequence: 1 },
      after: 1,
    },
    {
      title: 'What COMMIT adds',
      text: 'A replica that waits for 2f + 1 COMMITs knows that 2f + 1 are prepared. Any 2f + 1 VIEW-CHANGEs contain one of a correct replica among those: the new view must propose the same request again.',
      when: { replica: 2, reaches: 'executed', sequence: 1 },
      after: 30,
    },
  ],
  challenge: {
    title: 'Prepared, never committed',
    task: 'All rules hold again. Bring replicas 1 and 2 to prepared, and keep everybody from committing.',
    hint: 'Step to the moment at which both are prepared. COMMITs that arrive across a cut are lost.',
    scenario: {
      format: 'pbft-lab/scenario@1',
      seed: 82,
      network: { latencyMs: [20, 28] },
      steps: [{ do: 'submit', operation: { put: ['x', '1'] } }],
      until: { atMs: 2000 },
    },
    rate: 0.02,
    goal: [
      { happened: { type: 'prepared', process: 1 }, says: 'Replica 1 is prepared' },
      { happened: { type: 'prepared', process: 2 }, says: 'Replica 2 is prepared' },
      { never: { type: 'committed' }, says: 'Nobody commits' },
    ],
    solution: [
      {
        do: 'partition',
        groups: [
          [0, 1, 'c0'],
          [2, 3],
        ],
        when: { replica: 0, reaches: 'prepared' },
        after: 9,
      },
    ],
  },
};
