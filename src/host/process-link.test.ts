import { beforeEach, describe, expect, it } from 'vitest';

import { ProcessLink } from './process-link.ts';
import type { FromProcess, ToProcess } from './turn-port.ts';

const question: ToProcess = { type: 'decision', decision: 'commit' };

describe('process link', () => {
  let losses: string[];
  beforeEach(() => {
    losses = [];
  });

  it('brings the answer of the process', async () => {
    const { port1, port2 } = new MessageChannel();
    port2.addEventListener('message', () => {
      port2.postMessage({ type: 'released', bytes: [] } satisfies FromProcess);
    });
    port2.start();
    const link = new ProcessLink(port1, (why) => losses.push(why));

    expect(await link.ask(question)).toEqual({ type: 'released', bytes: [] });
    expect(await link.ask(question)).toEqual({ type: 'released', bytes: [] });
    link.end('the test is over');
    expect(losses).toEqual([]);
  });

  it('loses a process that does not answer in time, and asks it no more', async () => {
    const { port1 } = new MessageChannel();
    const link = new ProcessLink(port1, (why) => losses.push(why), 20);

    expect(await link.ask(question)).toEqual({
      type: 'lost',
      why: 'it did not answer within 0.02 s',
    });
    expect(await link.ask(question)).toMatchObject({ type: 'lost' });
  });

  it('tells who waits that the process is gone', async () => {
    const { port1 } = new MessageChannel();
    const link = new ProcessLink(port1, (why) => losses.push(why));
    const answer = link.ask(question);
    link.lose('its worker died');

    expect(await answer).toEqual({ type: 'lost', why: 'its worker died' });
    link.lose('its worker died again');
    expect(losses).toEqual(['its worker died']);
  });
});
