import { describe, expect, it } from 'vitest';

import { arrowName, walked } from './arrow-walk.ts';
import { Chronicle } from './chronicle.ts';
import { sampleTrace } from './sample-trace.ts';

const chronicle = new Chronicle(sampleTrace({ replicas: 4, requests: 1 }));
chronicle.update();
const { arrows } = chronicle;

describe('keys among messages', () => {
  it('go from one to the next in the order of sending, and stay at the ends', () => {
    const seen: number[] = [];
    let current: number | undefined;
    for (const _ of [...arrows, undefined]) {
      current = walked([...arrows].reverse(), current, 'ArrowRight')?.message;
      if (current !== undefined) seen.push(current);
    }

    const inOrder = arrows.map(({ message }) => message);
    expect(seen).toEqual([...inOrder, inOrder.at(-1)]);
    expect(walked(arrows, seen[0], 'ArrowLeft')?.message).toBe(seen[0]);
    expect(walked(arrows, seen[0], 'End')?.message).toBe(seen.at(-1));
    expect(walked(arrows, seen.at(-1), 'Home')?.message).toBe(seen[0]);
  });

  it('lead nowhere where there is no message, and where the key is another one', () => {
    expect(walked([], undefined, 'ArrowRight')).toBeUndefined();
    expect(walked(arrows, 0, 'x')).toBeUndefined();
  });

  it('read a message out', () => {
    const [first] = arrows;

    expect(first && arrowName(first, 'arrived')).toBe('request from c0 to R0, arrived');
  });
});
