import { equivocatingPrimary } from '#core/simulation/scenarios/equivocating-primary.ts';

import type { Lesson } from './lesson.ts';

/** Equivocation. */
export const primaryLiesLesson: Lesson = {
  name: 'primary-lies',
  title: 'The primary lies',
  learn:
    'Why a primary that proposes two things gets at most one of them decided, and gives itself away.',
  scenario: { ...equivocatingPrimary, until: { atMs: 700 } },
  rate: 0.02,
  beats: [
    {
      title: 'A Byzantine primary',
      text: 'Replica 0 wears a mask: it may do anything but forge signatures. It will propose the request to replicas 1 and 2, and an empty batch to replica 3, both at number 1 and both properly signed.',
    },
    {
      title: 'Two proposals',
      text: 'Each backup has accepted the proposal that it got, and votes for that. The primary supports both sides.',
      when: { replica: 3, reaches: 'pre-prepared', sequence: 1 },
      after: 9,
      prediction: {
        question: 'Which proposal will be prepared?',
        options: [
          {
            text: 'The request, at replicas 1 and 2',
            right: { happens: { type: 'prepared', process: 1 } },
          },
          {
            text: 'The empty batch, at replica 3',
            right: { happens: { type: 'prepared', process: 3 } },
          },
          { text: 'Neither', right: 'otherwise' },
        ],
        because:
          'It takes the PRE-PREPARE and two PREPAREs that match it. Two backups have voted for the request, one for the empty batch.',
      },
    },
    {
      title: 'One quorum at most',
      text: 'For both to be prepared, some correct replica would have to vote twice at one number in one view. None does. Replica 3 now holds votes that contradict its proposal.',
      when: { replica: 1, reaches: 'prepared', sequence: 1 },
      prediction: {
        question: 'What will replica 3 do?',
        options: [
          {
            text: 'Ask for another view',
            right: { happens: { type: 'view-change', process: 3 } },
          },
          {
            text: 'Change its vote',
            right: { happens: { type: 'sent', process: 3, kind: 'prepare' } },
          },
          { text: 'Wait for its timer', right: 'otherwise' },
        ],
        because:
          'It has seen both signed proposals. That is proof that the primary is faulty: no need to wait for a timer.',
      },
    },
    {
      title: 'Two signatures, one proof',
      text: 'Whoever holds both PRE-PREPAREs can show them to anybody: only replica 0 can have signed them. Replica 3 asks for view 1, and so do the others when they see the proof.',
      when: { replica: 3, reaches: 'view-change' },
      after: 1,
    },
    {
      title: 'What was committed stays',
      text: 'In view 1 replica 1 leads. The request keeps its number: the VIEW-CHANGEs proved that it was prepared. Replica 3 executes it, too.',
      when: { replica: 3, reaches: 'executed', sequence: 1 },
    },
  ],
  challenge: {
    title: 'Decide two values',
    task: 'Make two correct replicas execute different requests at one number, with two faulty replicas at most.',
    hint: 'A primary that equivocates needs a partner that votes for both sides. Look through the behaviours.',
    scenario: {
      format: 'pbft-lab/scenario@1',
      seed: 57,
      network: { latencyMs: [20, 28] },
      steps: [{ do: 'submit', operation: { put: ['x', '1'] }, at: 200 }],
      until: { atMs: 1200 },
    },
    rate: 0.02,
    goal: [{ violated: 'agreement' }, { faulty: { atMost: 2 } }],
    solution: [
      { do: 'byzantine', replica: 0, behaviour: 'equivocate', split: [2, 3], at: 5 },
      { do: 'byzantine', replica: 3, behaviour: 'collude', with: 0, at: 6 },
    ],
  },
};
