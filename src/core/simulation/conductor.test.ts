import { describe, expect, it } from 'vitest';

import { Conductor } from './conductor.ts';
import { ToyHost } from './toy-host.ts';
import {
  answering,
  failing,
  gossip,
  quiet,
  reaching,
  run,
  ticking,
  timed,
  typesOf,
} from './toys.ts';

const submit = { do: 'submit', operation: { put: ['x', '1'] } } as const;

describe('conductor', () => {
  it('[C1] starts every process in order, then delivers what they send', () => {
    const { conductor, host } = run({ steps: [submit] }, gossip);
    host.play();

    expect(host.diary).toEqual([
      'spawn 0',
      'spawn 1',
      'spawn 2',
      'spawn 3',
      'spawn c0',
      '0 0 start',
      '0 1 start',
      '0 2 start',
      '0 3 start',
      '0 c0 start',
      '0 c0 submit',
      '10 0 deliver',
      '20 1 deliver',
      '20 2 deliver',
      '20 3 deliver',
    ]);
    expect(typesOf(conductor, 0)).toEqual([
      'started',
      'persisted',
      'delivered',
      'persisted',
      'sent',
      'sent',
      'sent',
    ]);
  });

  it('[C2] gives a process one input a round: timers before deliveries', () => {
    const { host } = run({ steps: [submit] }, timed);
    host.play();

    expect(host.diary.slice(-4)).toEqual([
      '20 1 timer',
      '20 2 deliver',
      '20 3 deliver',
      '20 1 deliver',
    ]);
  });

  describe('a crash', () => {
    const when = { delivered: { to: 1 } } as const;

    it.each([
      ['before-commit', ['started', 'persisted', 'delivered (lost)', 'crashed']],
      ['after-commit', ['started', 'persisted', 'delivered', 'persisted', 'crashed']],
      ['after-send', ['started', 'persisted', 'delivered', 'persisted', 'sent', 'crashed']],
    ] as const)('%s stops the next turn of its replica there', (point, types) => {
      const { conductor, host } = run(
        { steps: [submit, { do: 'crash', replica: 1, point, at: 15 }] },
        answering,
      );
      host.play();

      expect(host.decisions).toContainEqual({ process: 1, decision: point });
      expect(typesOf(conductor, 1)).toEqual(types);
    });

    it('[C3] is in the very turn that makes its condition true', () => {
      const condition = { replica: 1, reaches: 'pre-prepared' } as const;
      const { conductor, host } = run(
        { steps: [submit, { do: 'crash', replica: 1, point: 'before-commit', when: condition }] },
        reaching,
      );
      host.play();

      expect(typesOf(conductor, 1).slice(-3)).toEqual([
        'delivered (lost)',
        'pre-prepared (lost)',
        'crashed',
      ]);
    });

    it('of another replica takes effect at the end of the round', () => {
      const { conductor, host } = run(
        { steps: [submit, { do: 'crash', replica: 3, when }] },
        gossip,
      );
      host.play();

      expect(typesOf(conductor, 3)).toEqual([
        'started',
        'persisted',
        'delivered',
        'persisted',
        'crashed',
      ]);
    });

    it('loses what was on its way to the process, and a restart begins with the next incarnation', () => {
      const steps = [
        submit,
        { do: 'crash', replica: 1, at: 15 },
        { do: 'restart', replica: 1, at: 40 },
      ] as const;
      const { conductor, host } = run({ steps: [...steps] }, gossip);
      host.play();

      expect(conductor.trace.filter(({ type }) => type === 'dropped')).toMatchObject([
        { to: 1, reason: 'crashed' },
      ]);
      expect(host.diary.slice(-2)).toEqual(['spawn 1', '40 1 restart']);
      expect(conductor.trace.at(-2)).toMatchObject({
        type: 'restarted',
        incarnation: 1,
        disk: 'kept',
      });
    });

    it('before the first durable turn leaves a process as new as before', () => {
      const steps = [
        { do: 'crash', replica: 1 },
        { do: 'restart', replica: 1, at: 5 },
      ] as const;
      const { host } = run({ steps: [...steps] }, quiet);
      host.play();

      expect(host.diary.at(-1)).toBe('5 1 start');
    });

    it('of a process that the host lost is recorded as a step that repeats it', () => {
      const { conductor, host } = run({ steps: [submit] }, gossip);
      host.play(15_000);
      const round = conductor.round() ?? { turns: [] };
      conductor.reported(
        round.turns.map(({ process }) => ({
          process,
          report:
            process === 1
              ? { lost: true }
              : { turn: 2, reports: [], outgoing: [], nextTimerUs: null, timers: [] },
        })),
      );
      conductor.released([2, 3].map((process) => ({ process, bytes: [] })));

      expect(conductor.scenario().steps.at(-1)).toEqual({
        do: 'crash',
        replica: 1,
        point: 'before-commit',
        when: { replica: 1, turn: 2 },
      });
    });
  });

  it('lets inputs wait while a process is paused, and gives them in order', () => {
    const steps = [
      submit,
      { do: 'pause', replica: 1, at: 1 },
      { do: 'resume', replica: 1, at: 100 },
    ] as const;
    const { conductor, host } = run({ steps: [...steps] }, gossip);
    host.play();

    expect(host.diary.at(-1)).toBe('100 1 deliver');
    expect(typesOf(conductor, 1).slice(-4)).toEqual([
      'paused',
      'resumed',
      'delivered',
      'persisted',
    ]);
  });

  it('waits after a condition as long as a step says', () => {
    const step = { do: 'say', title: '', text: '', when: { sent: { to: 3 } }, after: 7 } as const;
    const { conductor, host } = run({ steps: [submit, step] }, gossip);
    host.play();

    expect(conductor.trace.find(({ type }) => type === 'said')?.atMs).toBe(17);
  });

  it('keeps an operation for a client that is down', () => {
    const steps = [
      { do: 'crash', client: 0, at: 1 },
      { ...submit, at: 2 },
      { do: 'restart', client: 0, at: 50 },
    ] as const;
    const { host } = run({ steps: [...steps] }, gossip);
    host.play(55_000);

    expect(host.diary.slice(-3)).toEqual(['spawn c0', '50 c0 restart', '50 c0 submit']);
  });

  describe('the end', () => {
    it('comes when all is quiet', () => {
      const { conductor, host } = run(
        { until: { atMs: 1000, quiet: true }, steps: [{ do: 'heal', at: 30 }] },
        quiet,
      );
      host.play();

      expect(conductor.ended).toBe('quiet');
      expect(conductor.nowUs).toBe(30_000);
    });

    it('comes with the time', () => {
      const { conductor, host } = run({}, ticking);
      host.play();

      expect(conductor.ended).toBe('time');
      expect(conductor.verdict([]).endedAtMs).toBe(1000);
    });

    it('comes when a program contradicts itself', () => {
      const { conductor, host } = run({}, failing({ problem: 'one is two' }));
      host.play();

      expect(conductor.ended).toBe('failed');
      expect(conductor.verdict([])).toMatchObject({
        met: false,
        unmet: ['process 2 failed: one is two'],
      });
    });

    it('does not come when storage fails: that process stops', () => {
      const { conductor, host } = run({}, failing({ problem: 'quota', storage: true }));
      host.play();

      expect(conductor.ended).not.toBe('failed');
      expect(conductor.verdict([]).replicas[2]?.status).toBe('failed');
    });
  });

  describe('a command', () => {
    it('[C5] takes effect 1 ms after the last instant, and running the record gives the same trace', () => {
      const { conductor, host } = run({ steps: [submit] }, gossip);
      host.play(10_000);
      expect(conductor.command({ do: 'crash', replica: 2 })).toEqual({
        do: 'crash',
        replica: 2,
        at: 11,
      });
      host.play(15_000);
      conductor.command({ do: 'restart', replica: 2, at: 30 });
      host.play();

      const again = new Conductor(conductor.scenario());
      new ToyHost(again, gossip).play();
      expect(again.trace).toEqual(conductor.trace);
      expect(again.traceDigest()).toBe(conductor.traceDigest());
      expect(conductor.trace.find(({ type }) => type === 'crashed')?.atMs).toBe(11);
    });

    it('[C5] revives a run that has ended', () => {
      const { conductor, host } = run({ until: { atMs: 1000, quiet: true } }, gossip);
      host.play();
      expect(conductor.nextInstantUs()).toBeUndefined();

      conductor.command(submit);
      host.play();
      expect(conductor.trace.filter(({ type }) => type === 'sent')).toHaveLength(4);
    });
  });

  it('says whether a condition has held so far', () => {
    const { conductor, host } = run({ steps: [submit] }, gossip);
    host.play(10_000);
    expect(conductor.holds({ delivered: { to: 1 } })).toBe(false);

    host.play();
    expect(conductor.holds({ delivered: { to: 1 } })).toBe(true);
  });

  it('refuses a report in the wrong phase', () => {
    const { conductor } = run({}, quiet);

    expect(() => conductor.reported([])).toThrow('an instant is open');
  });
});
