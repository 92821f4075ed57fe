import type { Lesson } from './lesson.ts';

const impatient = { requestTimeoutMs: 150, viewChangeTimeoutMs: 300, clientTimeoutMs: 120 };
const network = { latencyMs: [20, 28] as [number, number] };

/** How another primary takes over. */
export const viewChangeLesson: Lesson = {
  name: 'view-change',
  title: 'View change',
  learn: 'How the backups replace a primary without trusting each other: VIEW-CHANGE and NEW-VIEW.',
  scenario: {
    format: 'pbft-lab/scenario@1',
    seed: 51,
    network,
    protocol: impatient,
    steps: [
      { do: 'crash', replica: 0 },
      { do: 'submit', operation: { put: ['x', '1'] } },
    ],
    until: { atMs: 700 },
    expect: { safe: true, live: true, executed: 1, view: 1 },
  },
  rate: 0.03,
  beats: [
    {
      title: 'The primary is gone',
      text: 'Replica 0 leads view 0, and it is down. The REQUEST is on its way to it, and to nobody else.',
    },
    {
      title: 'The client asks everybody',
      text: 'No answer came, so the client sends its REQUEST to all. A backup that knows of a request starts a timer.',
      when: { delivered: { type: 'request', to: 1 } },
      after: 9,
      prediction: {
        question: 'Nothing comes from the primary. What will replica 1 do?',
        options: [
          {
            text: 'Propose the request itself',
            right: { happens: { type: 'sent', process: 1, kind: 'pre-prepare' } },
          },
          {
            text: 'Ask for view 1',
            right: { happens: { type: 'view-change', process: 1 } },
          },
          {
            text: 'Tell the client to give up',
            right: { happens: { type: 'sent', process: 1, kind: 'reply' } },
          },
        ],
        because:
          'Only the primary of a view may propose in it. When its timer runs out a backup stops voting in view 0 and sends a VIEW-CHANGE for view 1.',
      },
    },
    {
      title: 'VIEW-CHANGE',
      text: 'It carries the last stable checkpoint and a certificate for every number at which the replica is prepared. The primary of view v is replica v mod n: of view 1, replica 1.',
      when: { replica: 1, reaches: 'view-change', view: 1 },
      prediction: {
        question: 'Replica 1 has its own. Who must still ask for view 1 before it begins?',
        options: [
          {
            text: 'Nobody: it is the next primary',
            right: { times: 0, of: { type: 'delivered', process: 1, kind: 'view-change' } },
          },
          {
            text: 'Two more replicas',
            right: { times: 2, of: { type: 'delivered', process: 1, kind: 'view-change' } },
          },
          { text: 'All replicas', right: 'otherwise' },
        ],
        because:
          '2f + 1 = 3 with its own. Whatever was committed in view 0 was prepared at one of them, so nothing that was decided is forgotten.',
      },
    },
    {
      title: 'NEW-VIEW: a claim with its proof',
      text: 'The new primary shows the 2f + 1 VIEW-CHANGEs, and what follows from them. Each backup computes that again and believes nothing else.',
      when: { replica: 1, reaches: 'new-view', view: 1 },
      prediction: {
        question: 'At which number will view 1 propose the request?',
        options: [
          {
            text: 'At 1',
            right: { happens: { type: 'pre-prepared', process: 2, sequence: 1, view: 1 } },
          },
          {
            text: 'At 2, since 1 belonged to view 0',
            right: { happens: { type: 'pre-prepared', process: 2, sequence: 2, view: 1 } },
          },
        ],
        because: 'Nothing was prepared in view 0. Sequence numbers go on where the log ends.',
      },
    },
    {
      title: 'Live again',
      text: 'The three phases of view 1 are those of view 0. The client learns from the REPLYs whom to ask next time.',
      when: { client: 0, answered: 1 },
    },
  ],
  challenge: {
    title: 'Two primaries too few',
    task: 'Seven replicas tolerate two faults. Have the request answered in view 2 or later, without breaking safety.',
    hint: 'Who leads view 0, and who view 1?',
    scenario: {
      format: 'pbft-lab/scenario@1',
      seed: 84,
      replicas: 7,
      network,
      protocol: impatient,
      steps: [{ do: 'submit', operation: { put: ['x', '1'] }, at: 200 }],
      until: { atMs: 4000 },
    },
    rate: 0.05,
    goal: [{ view: 2 }, { answered: { atLeast: 1 } }, { safe: true }, { faulty: { atMost: 2 } }],
    solution: [
      { do: 'crash', replica: 0, at: 5 },
      { do: 'crash', replica: 1, at: 6 },
    ],
  },
};
