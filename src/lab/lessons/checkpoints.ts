import type { Lesson } from './lesson.ts';

const network = { latencyMs: [15, 20] as [number, number] };
const smallLog = { checkpointInterval: 2, logSize: 4 };

/** Ten requests, one after the other. */
function puts(at: number): { do: 'submit'; operation: { put: [string, string] }; at: number }[] {
  return Array.from({ length: 10 }, (_, i) => ({
    do: 'submit',
    operation: { put: [`k${i}`, String(i)] },
    at,
  }));
}

/** What becomes of the log. */
export const checkpointsLesson: Lesson = {
  name: 'checkpoints',
  title: 'Checkpoints and state transfer',
  learn: 'How the log is cut, and how a replica that was away too long gets the state instead.',
  scenario: {
    format: 'pbft-lab/scenario@1',
    seed: 57,
    network,
    protocol: smallLog,
    steps: [
      { do: 'partition', groups: [[0, 1, 2, 'c0']] },
      ...puts(1),
      { do: 'heal', when: { client: 0, answered: 10 }, after: 100 },
    ],
    until: { atMs: 3000 },
    expect: { safe: true, live: true, executed: 10 },
  },
  rate: 0.08,
  beats: [
    {
      title: 'A log of four',
      text: 'A replica keeps its messages until they are no longer needed. Here the log holds 4 numbers, and every 2 the replicas make a checkpoint. Replica 3 is cut off from the start.',
    },
    {
      title: 'A checkpoint',
      text: 'Replica 0 has executed number 2. It sends the digest of its state in a CHECKPOINT.',
      when: { replica: 0, reaches: 'checkpoint', sequence: 2 },
      prediction: {
        question: 'Can the checkpoint become stable without replica 3?',
        options: [
          { text: 'Yes', right: { happens: { type: 'stable', process: 0, sequence: 2 } } },
          { text: 'No: it needs the log, too', right: 'otherwise' },
        ],
        because: '2f + 1 = 3 equal CHECKPOINTs are a proof that a quorum has this state.',
      },
    },
    {
      title: 'Stable',
      text: 'The low watermark h moves to 2. Everything up to it is thrown away: PRE-PREPAREs, PREPAREs, COMMITs. The window h … h + 4 moves on with it.',
      when: { replica: 0, reaches: 'stable', sequence: 2 },
    },
    {
      title: 'Replica 3 returns',
      text: 'Ten requests are executed, and replica 3 has seen none of them. Its network comes back in a moment.',
      when: { client: 0, answered: 10 },
      after: 90,
      prediction: {
        question: 'How will it get to the state of the others?',
        options: [
          {
            text: 'It executes all ten requests',
            right: { happens: { type: 'executed', process: 3, sequence: 1 } },
          },
          {
            text: 'It fetches the state',
            right: { happens: { type: 'state-transfer', process: 3, deed: 'installed' } },
          },
          { text: 'It stays behind', right: 'otherwise' },
        ],
        because:
          'The messages of the first numbers are gone everywhere. What is left is the stable checkpoint, with its proof.',
      },
    },
    {
      title: 'The state, piece by piece',
      text: '2f + 1 signatures name the digest of the state. Each piece is checked against it, so it does not matter who sends it, not even if that is a liar.',
      when: { replica: 3, executed: 8 },
      after: 1,
    },
  ],
  challenge: {
    title: 'Away too long',
    task: 'Make a correct replica fetch the state of the others, with no faulty replica at all. All ten requests must be answered.',
    hint: 'Divide the network so that a quorum is left, and heal it late.',
    scenario: {
      format: 'pbft-lab/scenario@1',
      seed: 58,
      network,
      protocol: smallLog,
      steps: puts(200),
      until: { atMs: 4000 },
    },
    rate: 0.1,
    goal: [
      {
        happened: { type: 'state-transfer', deed: 'installed' },
        says: 'A replica fetches the state',
      },
      { answered: { atLeast: 10 } },
      { faulty: { atMost: 0 } },
    ],
    solution: [
      { do: 'partition', groups: [[0, 1, 2, 'c0'], [3]], at: 5 },
      { do: 'heal', when: { client: 0, answered: 10 } },
    ],
  },
};
