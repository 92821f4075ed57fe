import { crashedBackupRecovers } from '#core/simulation/scenarios/crashed-backup-recovers.ts';

import type { Lesson } from './lesson.ts';

const prepared = { replica: 2, reaches: 'prepared', sequence: 1 } as const;

/** What a disk is for. */
export const crashDiskRestartLesson: Lesson = {
  name: 'crash-disk-restart',
  title: 'Crash, disk, restart',
  learn:
    'Why a replica writes before it speaks, and how it goes on from its disk where it stopped.',
  scenario: {
    ...crashedBackupRecovers,
    protocol: { resendMs: 80 },
    steps: [
      { do: 'submit', operation: { put: ['x', '1'] } },
      { do: 'crash', replica: 2, point: 'after-send', when: prepared },
      { do: 'restart', replica: 2, when: prepared, after: 120 },
    ],
    until: { atMs: 600 },
    expect: { safe: true, live: true, executed: 1 },
  },
  rate: 0.02,
  beats: [
    {
      title: 'Write, then speak',
      text: 'Each replica writes the record of a turn to its disk, and only then do the messages of that turn leave. Whatever it has said is on its disk.',
    },
    {
      title: 'Replica 2 crashes',
      text: 'It was prepared, wrote that down, sent its COMMIT, and died. Its memory is empty, its disk is full, its COMMIT is in the air.',
      when: prepared,
      after: 3,
      prediction: {
        question: 'Will the others execute the request while it is down?',
        options: [
          { text: 'Yes', right: { happens: { type: 'executed', process: 1 } } },
          { text: 'No, its vote died with it', right: 'otherwise' },
        ],
        because:
          'Three are a quorum, and even the COMMIT of the dead replica counts: it was signed, and it was true.',
      },
    },
    {
      title: 'A vote outlives its voter',
      text: 'The others have decided. In a moment replica 2 restarts from its disk: its workflow is suspended at the very await at which it stopped.',
      when: prepared,
      after: 115,
      prediction: {
        question: 'What will replica 2 say about number 1?',
        options: [
          {
            text: 'Its COMMIT, once more',
            right: { happens: { type: 'sent', process: 2, kind: 'commit', sequence: 1 } },
          },
          {
            text: 'A new PREPARE: it has to start over',
            right: { happens: { type: 'pre-prepared', process: 2, sequence: 1 } },
          },
          { text: 'Nothing more', right: 'otherwise' },
        ],
        because:
          'It says exactly what its disk says it has said. To say it twice is no contradiction; to say something else would be.',
      },
    },
    {
      title: 'Caught up',
      text: 'A STATUS told the others what it lacks. They sent their COMMITs again, the await went on, and the request is executed.',
      when: { replica: 2, reaches: 'executed', sequence: 1 },
    },
  ],
  challenge: {
    title: 'The power fails',
    task: 'Crash every replica at least once, and have the request answered all the same, without breaking safety.',
    hint: 'What is on a disk waits as long as you like.',
    scenario: {
      format: 'pbft-lab/scenario@1',
      seed: 83,
      network: { latencyMs: [20, 28] },
      steps: [{ do: 'submit', operation: { put: ['x', '1'] }, at: 200 }],
      until: { atMs: 6000 },
    },
    rate: 0.03,
    goal: [{ faulty: { atLeast: 4 } }, { answered: { atLeast: 1 } }, { safe: true }],
    solution: [0, 1, 2, 3].flatMap((replica) => [
      { do: 'crash' as const, replica, at: 260 + replica },
      { do: 'restart' as const, replica, at: 400 + replica },
    ]),
  },
};
