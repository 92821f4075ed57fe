import { normalCase } from '#core/simulation/scenarios/normal-case.ts';

import type { Lesson } from './lesson.ts';

/** Request, three phases, reply. */
export const normalCaseLesson: Lesson = {
  name: 'normal-case',
  title: 'The normal case',
  learn: 'How four replicas agree on one request: PRE-PREPARE, PREPARE, COMMIT, and f + 1 answers.',
  scenario: {
    ...normalCase,
    steps: [{ do: 'submit', operation: { put: ['x', '1'] } }],
    until: { atMs: 220 },
    expect: { safe: true, live: true, executed: 1 },
  },
  rate: 0.02,
  beats: [
    {
      title: 'One request',
      text: 'Four replicas keep the same state. The client signs its REQUEST and sends it to the primary of view 0: replica 0, with the crown.',
    },
    {
      title: 'PRE-PREPARE: a proposal',
      text: 'The primary gives the request sequence number 1 and proposes it to the backups. Each backup that accepts the proposal sends a PREPARE to every other replica.',
      when: { replica: 0, reaches: 'pre-prepared', sequence: 1 },
      prediction: {
        question: 'How many PREPAREs will be on the wire?',
        options: [
          { text: '3', right: { times: 3, of: { type: 'sent', kind: 'prepare' } } },
          { text: '9', right: { times: 9, of: { type: 'sent', kind: 'prepare' } } },
          { text: '12', right: { times: 12, of: { type: 'sent', kind: 'prepare' } } },
        ],
        because:
          'Three backups send one to each of the three others. The primary sends none: its PRE-PREPARE is its vote.',
      },
    },
    {
      title: 'PREPARE: votes for it',
      text: 'Replica 2 holds the proposal and its own PREPARE. The PREPAREs of replicas 1 and 3 are on the way.',
      when: { replica: 2, reaches: 'pre-prepared', sequence: 1 },
      after: 9,
      prediction: {
        question: 'What will replica 2 send next?',
        options: [
          {
            text: 'A COMMIT, with the next PREPARE',
            right: { happens: { type: 'sent', process: 2, kind: 'commit' } },
          },
          {
            text: 'A REPLY to the client',
            right: { happens: { type: 'sent', process: 2, kind: 'reply' } },
          },
          { text: 'Nothing before all have voted', right: 'otherwise' },
        ],
        because:
          'The PRE-PREPARE and 2f = 2 matching PREPAREs are a prepared certificate: 2f + 1 replicas stand behind the proposal. Nobody waits for the last one.',
      },
    },
    {
      title: 'Prepared',
      text: 'No other request can be prepared at number 1 in this view. But replica 2 does not know yet who else has seen that: its COMMIT tells the others.',
      when: { replica: 2, reaches: 'prepared', sequence: 1 },
    },
    {
      title: 'Committed',
      text: 'Replica 2 holds 2f + 1 COMMITs: a quorum is prepared, so every later view will find the request. Replica 2 executes it and answers.',
      when: { replica: 2, reaches: 'executed', sequence: 1 },
      prediction: {
        question: 'How many REPLYs does the client wait for?',
        options: [
          {
            text: '1',
            right: { times: 1, of: { type: 'delivered', process: 'c0', kind: 'reply' } },
          },
          {
            text: '2',
            right: { times: 2, of: { type: 'delivered', process: 'c0', kind: 'reply' } },
          },
          {
            text: '4',
            right: { times: 4, of: { type: 'delivered', process: 'c0', kind: 'reply' } },
          },
        ],
        because:
          'f + 1 = 2 equal answers: at most f of them come from liars, so one is from a correct replica.',
      },
    },
    {
      title: 'Answered',
      text: 'Five message delays after it asked, the client has a result that it may believe. The replicas that are slower than the quorum come to the same state.',
      when: { client: 0, answered: 1 },
    },
  ],
  challenge: {
    title: 'One may be missing',
    task: 'Crash one replica before the request comes, so that it is answered all the same and nobody asks for another view.',
    hint: 'Which replica is needed to propose?',
    scenario: {
      format: 'pbft-lab/scenario@1',
      seed: 7,
      network: { latencyMs: [20, 28] },
      steps: [{ do: 'submit', operation: { put: ['x', '1'] }, at: 200 }],
      until: { atMs: 2000 },
    },
    rate: 0.02,
    goal: [
      { faulty: { atLeast: 1, atMost: 1 } },
      { answered: { atLeast: 1 } },
      { never: { type: 'view-change' }, says: 'No replica asks for another view' },
    ],
    solution: [{ do: 'crash', replica: 3, at: 5 }],
  },
};
