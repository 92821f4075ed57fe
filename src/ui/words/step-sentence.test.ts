import { describe, expect, it } from 'vitest';

import { builtInScenarios } from '#core/simulation/scenarios/library.ts';

import { stepSentence } from './step-sentence.ts';

describe('sentence of a step', () => {
  it.each([
    [{ do: 'crash', replica: 2, at: 70.851 }, 'a step crashes replica 2.'],
    [
      { do: 'crash', client: 0, point: 'before-commit' },
      'a step crashes client c0 before its next commit.',
    ],
    [
      { do: 'submit', operation: { put: ['x', '1'] } },
      'a step gives client c0 the operation put x 1.',
    ],
    [
      { do: 'restart', replica: 1, disk: 'lose-last', commits: 2 },
      'a step restarts replica 1 from a disk that has lost its last 2 commits.',
    ],
    [
      {
        do: 'partition',
        groups: [
          [0, 1],
          [2, 3, 'c0'],
        ],
      },
      'a step divides the network: replica 0 and replica 1 | replica 2, replica 3 and client c0.',
    ],
    [
      { do: 'drop', match: { type: 'prepare', from: 3, to: 2 }, count: 1 },
      'a step drops the next 1 PREPARE from replica 3 to replica 2.',
    ],
    [{ do: 'message', message: 7, deed: 'delay', ms: 20 }, 'a step delays message 7 by 20 ms.'],
    [{ do: 'resume', twin: 2 }, 'a step lets the twin of replica 2 go on.'],
    [{ do: 'say', title: 'a', text: 'b' }, 'the scenario has something to say.'],
  ])('of %j is plain', (step, words) => {
    expect(stepSentence(JSON.stringify(step))).toBe(words);
  });

  it('is plain for every step of every scenario of the library', () => {
    const sentences = builtInScenarios.flatMap(({ scenario }) =>
      scenario.steps.map((step) => stepSentence(JSON.stringify(step))),
    );

    expect(sentences.length).toBeGreaterThan(150);
    expect(sentences.filter((said) => !/^(a step|the scenario) [^{}"[\]]+\.$/.test(said))).toEqual(
      [],
    );
    expect(sentences.filter((said) => /undefined|object/.test(said))).toEqual([]);
  });
});
