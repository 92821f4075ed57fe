import type { Lesson } from './lesson.ts';

/** What a partition takes away, and what it cannot. */
export const dividedNetworkLesson: Lesson = {
  name: 'divided-network',
  title: 'A divided network',
  learn: 'A partition takes liveness from a side without a quorum, and safety from nobody.',
  scenario: {
    format: 'pbft-lab/scenario@1',
    seed: 88,
    network: { latencyMs: [20, 28] },
    steps: [
      {
        do: 'partition',
        groups: [
          [0, 1, 'c0'],
          [2, 3],
        ],
        at: 2,
      },
      { do: 'submit', operation: { put: ['x', '1'] }, at: 5 },
      { do: 'heal', at: 320 },
    ],
    until: { executed: 1, atMs: 4000 },
    expect: { safe: true, live: true, executed: 1 },
  },
  rate: 0.03,
  beats: [
    {
      title: 'Two and two',
      text: 'Replicas 0 and 1 hear each other and the client; 2 and 3 are beyond a cut. Nobody has crashed and nobody lies.',
      at: 3,
      prediction: {
        question: 'What will come of the request on this side of the cut?',
        options: [
          { text: 'Both sides decide it', right: { happens: { type: 'committed', process: 2 } } },
          {
            text: 'Replicas 0 and 1 decide it',
            right: { happens: { type: 'committed', process: 0 } },
          },
          { text: 'Nothing, as long as the cut is there', right: 'otherwise' },
        ],
        because:
          'A quorum is 3. What cannot be told apart from two crashes must be borne like two crashes: it waits.',
      },
    },
    {
      title: 'No half is enough',
      text: 'If two could decide here, two others could decide there, something else. So neither may, and what waits is safe.',
      at: 300,
      prediction: {
        question: 'The cut is about to end. What comes of what was lost on the way?',
        options: [
          {
            text: 'It is sent again, and the request is decided',
            right: { happens: { type: 'committed', sequence: 1 } },
          },
          { text: 'The request is lost with it', right: 'otherwise' },
        ],
        because: 'STATUS messages tell what each lacks; whoever has it sends it again.',
      },
    },
    {
      title: 'Whole again',
      text: 'Safety never asked whether the network works. Liveness asks for a quorum that hears each other, long enough.',
      when: { client: 0, answered: 1 },
    },
  ],
  challenge: {
    title: 'Keep it live under a partition',
    task: 'The network is cut two by two. It stays divided, and nobody may fail: divide it otherwise, so that two requests are answered all the same.',
    hint: 'How many may be on the far side? Draw another line on the stage, or open Partition again. It works even without the primary.',
    scenario: {
      format: 'pbft-lab/scenario@1',
      seed: 89,
      network: { latencyMs: [20, 28] },
      protocol: { requestTimeoutMs: 300, viewChangeTimeoutMs: 500, clientTimeoutMs: 400 },
      steps: [
        {
          do: 'partition',
          groups: [
            [0, 1],
            [2, 3, 'c0'],
          ],
        },
        { do: 'submit', operation: { put: ['x', '1'] }, at: 200 },
        { do: 'submit', operation: { get: 'x' }, at: 200 },
      ],
      until: { atMs: 2500 },
    },
    rate: 0.05,
    goal: [
      { answered: { atLeast: 2 } },
      { safe: true },
      { faulty: { atMost: 0 } },
      { never: { type: 'healed' }, says: 'The network stays divided' },
    ],
    solution: [{ do: 'partition', groups: [[0], [1, 2, 3, 'c0']], at: 5 }],
  },
};
