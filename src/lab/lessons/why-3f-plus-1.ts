import type { Lesson } from './lesson.ts';

const network = { latencyMs: [20, 28] as [number, number] };

/** What n = 3f + 1 is for. */
export const whyFourLesson: Lesson = {
  name: 'why-3f-plus-1',
  title: 'Why 3f + 1',
  learn: 'Why n = 3f + 1 replicas and quorums of 2f + 1 go on without f of them, and never guess.',
  scenario: {
    format: 'pbft-lab/scenario@1',
    seed: 81,
    network,
    protocol: { resendMs: 80, requestTimeoutMs: 2000, clientTimeoutMs: 2000 },
    steps: [
      { do: 'crash', replica: 3, at: 1 },
      { do: 'submit', operation: { put: ['x', '1'] }, at: 2 },
      { do: 'crash', replica: 2, at: 250 },
      { do: 'submit', operation: { put: ['x', '2'] }, at: 252 },
      { do: 'restart', replica: 2, at: 500 },
    ],
    until: { atMs: 900 },
    expect: { safe: true, executed: 2 },
  },
  rate: 0.03,
  beats: [
    {
      title: 'n = 4, f = 1',
      text: 'PBFT promises safety with n = 3f + 1 replicas while at most f of them are faulty, whatever those do. A quorum is 2f + 1 = 3.',
    },
    {
      title: 'One is gone',
      text: 'Replica 3 has crashed. From outside nobody can tell a crashed replica from a slow one, or from one that keeps silent on purpose.',
      at: 10,
      prediction: {
        question: 'Will the request be answered without replica 3?',
        options: [
          { text: 'Yes', right: { happens: { type: 'answered' } } },
          { text: 'No: all four must vote', right: 'otherwise' },
        ],
        because: 'Three replicas are a quorum.',
      },
    },
    {
      title: 'Wait for n − f at most',
      text: 'f replicas may never speak. Whoever waits for more than n − f = 3 may wait for ever, so a quorum must not be larger.',
      when: { client: 0, answered: 1 },
    },
    {
      title: 'A second one is gone',
      text: 'Replica 2 has crashed, too: two faults, more than f. The client asks for x = 2. Replicas 0 and 1 are left, both correct.',
      at: 260,
      prediction: {
        question: 'What will the two do with the request?',
        options: [
          { text: 'Execute it: they agree', right: { happens: { type: 'executed' } } },
          { text: 'Execute different requests', right: { happens: { type: 'violation' } } },
          { text: 'Nothing: they wait', right: 'otherwise' },
        ],
        because: 'Two votes are no quorum. Without one nobody commits and nobody executes.',
      },
    },
    {
      title: 'Safe, but not live',
      text: 'With more than f replicas down the cluster stands still, and does nothing wrong. In a moment replica 2 restarts from its disk.',
      at: 490,
      prediction: {
        question: 'What will become of the request?',
        options: [
          { text: 'It is answered', right: { happens: { type: 'answered' } } },
          { text: 'It is lost, the client must start over', right: 'otherwise' },
        ],
        because: 'Replica 2 hears what it missed. Three votes are a quorum again.',
      },
    },
    {
      title: 'Two quorums share f + 1',
      text: 'Any two quorums of 3 out of 4 have at least 2 = f + 1 replicas in common, so at least one correct one, and that one votes only once. Out of 3f they would share f only: perhaps all liars.',
      when: { client: 0, answered: 2 },
    },
  ],
  challenge: {
    title: 'Stall it',
    task: 'Keep the request from ever being answered, without breaking safety, and with two faulty replicas at most.',
    hint: 'How many votes does a quorum need? There is even a way with no faulty replica at all.',
    scenario: {
      format: 'pbft-lab/scenario@1',
      seed: 81,
      network,
      steps: [{ do: 'submit', operation: { put: ['x', '1'] }, at: 200 }],
      until: { atMs: 3000 },
    },
    rate: 0.03,
    goal: [{ answered: { atMost: 0 } }, { safe: true }, { faulty: { atMost: 2 } }],
    solution: [
      { do: 'crash', replica: 2, at: 5 },
      { do: 'crash', replica: 3, at: 6 },
    ],
  },
};
