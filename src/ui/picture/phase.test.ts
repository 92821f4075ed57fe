import { describe, expect, it } from 'vitest';

import { phaseWords } from './phase.ts';
import { Reel } from './reel.ts';
import { sampleTrace } from './sample-trace.ts';

const trace = sampleTrace({ replicas: 4, requests: 1 });
const reel = new Reel(trace);

describe('phase', () => {
  it('goes through the phases of the paper, once each', () => {
    const titles = trace.map((_, i) => phaseWords(reel.after(i + 1)).title);
    const changes = titles.filter((title, i) => title !== titles[i - 1]);

    expect(changes).toEqual([
      'quiet',
      'request',
      'quiet',
      'pre-prepare',
      'prepare',
      'commit',
      'reply',
      'quiet',
    ]);
  });

  it('says how many replicas are through', () => {
    expect(phaseWords(reel.after(trace.length))).toMatchObject({
      where: 'view 0 · sequence 1',
      progress: 'executed at 4 of 4',
    });
  });
});
