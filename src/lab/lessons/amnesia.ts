import { amnesia } from '#core/simulation/scenarios/amnesia.ts';

import type { Lesson } from './lesson.ts';

const decided = { replica: 1, reaches: 'executed', sequence: 1 } as const;

/** What a lost disk costs. */
export const amnesiaLesson: Lesson = {
  name: 'amnesia',
  title: 'Amnesia is Byzantine',
  learn: 'Why a replica that forgets its votes counts among f, and must never vote again.',
  scenario: amnesia,
  rate: 0.03,
  beats: [
    {
      title: 'One liar, one that forgets',
      text: 'Replica 0 is Byzantine. Replica 3 is honest, but it keeps its votes in memory only: here the rule that they must be on disk is left out.',
    },
    {
      title: 'Decided',
      text: 'With the vote of replica 3, replica 1 has committed and executed the request at number 1. Now replica 3 restarts, and the primary shows it an empty batch for number 1.',
      when: decided,
      after: 0.5,
      prediction: {
        question: 'What will replica 3 do with the second proposal?',
        options: [
          {
            text: 'Vote for it',
            right: { happens: { type: 'sent', process: 3, kind: 'prepare' } },
          },
          {
            text: 'Refuse it: it has voted at number 1',
            right: { happens: { type: 'rejected', process: 3, reason: 'conflicting-pre-prepare' } },
          },
          { text: 'Ask the others first, and keep silent', right: 'otherwise' },
        ],
        because: 'It does not remember that it has voted. For itself it does nothing wrong.',
      },
    },
    {
      title: 'Two histories',
      text: 'Replica 2 has executed the empty batch where replica 1 has executed the request. Two votes with the signature of replica 3 contradict each other, as if it had lied.',
      when: { replica: 2, reaches: 'executed', sequence: 1 },
      after: 1,
    },
    {
      title: 'Forgetting counts among f',
      text: 'One liar and one amnesiac are two faults: more than f. So a replica of this lab that finds its disk empty, damaged or old becomes a learner. It executes and answers, and never votes again.',
      when: { replica: 2, reaches: 'executed', sequence: 1 },
      after: 20,
    },
  ],
  challenge: {
    title: 'An honest loss',
    task: 'All rules hold again. Corrupt the disk of one replica between the two requests: it must become a learner, and both requests must be answered.',
    hint: 'Choose a replica, then restart it with a corrupt record.',
    scenario: {
      format: 'pbft-lab/scenario@1',
      seed: 85,
      network: { latencyMs: [20, 28] },
      steps: [
        { do: 'submit', operation: { put: ['x', '1'] } },
        { do: 'submit', operation: { put: ['x', '2'] }, at: 500 },
      ],
      until: { atMs: 2500 },
    },
    rate: 0.03,
    goal: [
      { happened: { type: 'learner' }, says: 'A replica becomes a learner' },
      { answered: { atLeast: 2 } },
      { safe: true },
      { faulty: { atMost: 1 } },
    ],
    solution: [{ do: 'restart', replica: 3, disk: 'corrupt', at: 300 }],
  },
};
