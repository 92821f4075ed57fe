import { describe, expect, it } from 'vitest';

import type { ProcessId } from '#core/pbft/message.ts';

import { Bus } from './bus.ts';
import type { Network } from './network-settings.ts';
import type { MessageHeader, NetworkEvent } from './trace-event.ts';

const steady: Network = { latencyMs: [10, 10], loss: 0, duplicate: 0, links: [] };

const commit: MessageHeader = { kind: 'commit', signer: 0, view: 0, sequence: 1 };

/** A bus with what it said, and a way to send that names only what matters. */
function world(network: Partial<Network> = {}, seed = 1): World {
  const events: NetworkEvent[] = [];
  const bus = new Bus(
    seed,
    { ...steady, ...network },
    () => false,
    (event) => events.push(event),
  );
  return {
    bus,
    events,
    send: (from, to, header = commit, nowUs = 0) =>
      bus.send(nowUs, { from, to, header, bytes: new Uint8Array() }),
    arrivals: (nowUs, down = []) =>
      bus
        .arrivals(nowUs, (process) => !down.includes(process))
        .map(({ id, parcel }) => [id, parcel.to]),
    said: (type) => events.filter((event) => event.type === type),
  };
}

function fates({ said }: World): readonly unknown[] {
  return said('sent').flatMap((event) => ('arrivesAtMs' in event ? [event.arrivesAtMs] : []));
}

interface World {
  readonly bus: Bus;
  readonly events: NetworkEvent[];
  readonly send: (from: ProcessId, to: ProcessId, header?: MessageHeader, nowUs?: number) => void;
  readonly arrivals: (
    nowUs: number,
    down?: readonly ProcessId[],
  ) => readonly (readonly (number | ProcessId)[])[];
  readonly said: (type: NetworkEvent['type']) => readonly NetworkEvent[];
}

describe('bus', () => {
  it('[B1] draws latencies within bounds, as integer microseconds, at least 1 ms', () => {
    const { send, said } = world({ latencyMs: [1, 3] });

    for (let k = 0; k < 50; k++) send(0, 1);
    const arrivals = said('sent').map(
      (event) => ('arrivesAtMs' in event ? event.arrivesAtMs : 0) ?? 0,
    );

    expect(Math.min(...arrivals)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...arrivals)).toBeLessThanOrEqual(3);
    expect(new Set(arrivals).size).toBeGreaterThan(20);
    expect(arrivals.every((atMs) => Number.isInteger(Math.round(atMs * 1e6) / 1e3))).toBe(true);
  });

  it('[B1] gives the k-th message of a link the same fate, whatever happened to those before it', () => {
    const undisturbed = world({ latencyMs: [5, 50], loss: 0.3, duplicate: 0.3 });
    const disturbed = world({ latencyMs: [5, 50], loss: 0.3, duplicate: 0.3 });
    disturbed.bus.addRule({ do: 'drop', match: { to: 1 }, count: 1 });
    disturbed.send(2, 1);

    for (let k = 0; k < 20; k++) {
      undisturbed.send(0, 1);
      disturbed.send(0, 1);
    }

    expect(fates(disturbed)).toEqual(fates(undisturbed));
  });

  it('[B1] draws otherwise on another link and with another seed', () => {
    const [one, other] = [world({ latencyMs: [1, 99] }, 1), world({ latencyMs: [1, 99] }, 2)];
    one.send(0, 1);
    one.send(1, 0);
    other.send(0, 1);

    const times = [...one.said('sent'), ...other.said('sent')].map((event) =>
      'arrivesAtMs' in event ? event.arrivesAtMs : 0,
    );
    expect(new Set(times).size).toBe(3);
  });

  it('[B3] lets messages of one instant arrive in the order of their ids', () => {
    const { send, arrivals } = world();
    send(0, 2);
    send(1, 2);
    send(0, 1);

    expect(arrivals(9_999)).toEqual([]);
    expect(arrivals(10_000)).toEqual([
      [0, 2],
      [1, 2],
      [2, 1],
    ]);
  });

  it('[B2] loses at arrival what is in flight across a new cut', () => {
    const { bus, send, arrivals, said } = world();
    send(0, 1);
    send(1, 0);
    bus.cut({ groups: [], cuts: [[0, 1]] });

    expect(arrivals(10_000)).toEqual([[1, 0]]);
    expect(said('dropped')).toEqual([
      { type: 'dropped', message: 0, from: 0, to: 1, reason: 'partition' },
    ]);
  });

  it('[B2] isolates a process in no group', () => {
    const { bus, send, arrivals } = world();
    bus.cut({ groups: [[0, 1], ['c0']], cuts: [] });
    send(0, 1);
    send(0, 2);
    send('c0', 0);

    expect(arrivals(10_000)).toEqual([[0, 1]]);
  });

  it('loses what is on its way to a process that crashes, held messages too', () => {
    const { bus, send, said } = world();
    bus.addRule({ do: 'hold', match: {}, count: 1 });
    send(0, 1);
    send(0, 1);
    send(0, 2);
    bus.loseAllTo(1);

    expect(said('dropped')).toMatchObject([
      { message: 0, reason: 'crashed' },
      { message: 1, reason: 'crashed' },
    ]);
    expect(bus.isEmpty).toBe(false);
  });

  it('loses what arrives at a process that is down', () => {
    const { send, arrivals, said } = world();
    send(0, 1);

    expect(arrivals(10_000, [1])).toEqual([]);
    expect(said('dropped')).toMatchObject([{ reason: 'crashed' }]);
  });

  describe('rules', () => {
    it('[B2] drop as many as they count', () => {
      const { bus, send, arrivals } = world();
      bus.addRule({ do: 'drop', match: { type: 'commit', to: 1 }, count: 2 });
      for (let k = 0; k < 3; k++) send(0, 1);
      send(0, 2);

      expect(arrivals(10_000)).toEqual([
        [2, 1],
        [3, 2],
      ]);
    });

    it('match no message that lacks the field', () => {
      const { bus, send, said } = world();
      bus.addRule({ do: 'drop', match: { sequence: 1 } });
      send(0, 1, { kind: 'status', signer: 0, view: 0 });

      expect(said('dropped')).toEqual([]);
    });

    it('copy, and the copy has an id of its own', () => {
      const { bus, send, arrivals, said } = world();
      bus.addRule({ do: 'duplicate', match: {}, count: 1 });
      send(0, 1);

      expect(said('sent')).toMatchObject([{ message: 0 }, { message: 1, copyOf: 0 }]);
      expect(arrivals(10_000)).toHaveLength(2);
    });

    it('delay by so much', () => {
      const { bus, send, arrivals, said } = world();
      bus.addRule({ do: 'delay', match: {}, delayUs: 5000 });
      send(0, 1);

      expect(said('delayed')).toEqual([{ type: 'delayed', message: 0, arrivesAtMs: 15 }]);
      expect(arrivals(14_999)).toEqual([]);
      expect(arrivals(15_000)).toEqual([[0, 1]]);
    });

    it('hold until a release, which lets go in the order of holding and does not end the rule', () => {
      const { bus, send, arrivals } = world();
      bus.addRule({ do: 'hold', match: {} });
      send(0, 2);
      send(0, 1);
      expect(arrivals(60_000)).toEqual([]);

      bus.release(70_000, { to: 1 });
      expect(arrivals(70_000)).toEqual([[1, 1]]);

      send(0, 3);
      expect(arrivals(90_000)).toEqual([]);
    });

    it('end with healing if they hold; others stay', () => {
      const { bus, send, arrivals } = world();
      bus.addRule({ do: 'hold', match: { to: 1 } });
      bus.addRule({ do: 'drop', match: { to: 2 } });
      bus.cut({ groups: [[0]], cuts: [] });
      send(0, 1);
      bus.heal(50_000);

      expect(arrivals(50_000)).toEqual([[0, 1]]);
      send(0, 1, commit, 50_000);
      send(0, 2, commit, 50_000);
      expect(arrivals(60_000)).toEqual([[1, 1]]);
    });
  });

  describe('one message in flight', () => {
    it.each([
      ['hold', 'held'],
      ['drop', 'dropped'],
      ['duplicate', 'sent'],
      ['deliver', 'released'],
    ] as const)('can be handled: %s', (deed, type) => {
      const { bus, send, events } = world();
      send(0, 1);

      expect(bus.handle(0, 0, { deed })).toBe(true);
      expect(events.at(-1)).toMatchObject({ type });
    });

    it('cannot be handled once it has arrived', () => {
      const { bus, send, arrivals } = world();
      send(0, 1);
      arrivals(10_000);

      expect(bus.handle(10_000, 0, { deed: 'drop' })).toBe(false);
    });
  });

  it('takes the settings of a link before those of the network, and changes from now on', () => {
    const { bus, send, arrivals } = world({ links: [{ from: 0, to: 1, latencyMs: [80, 80] }] });
    send(0, 1);
    send(0, 2);
    bus.change({ latencyMs: [20, 20] });
    send(0, 2);

    expect(arrivals(10_000)).toEqual([[1, 2]]);
    expect(arrivals(20_000)).toEqual([[2, 2]]);
    expect(arrivals(80_000)).toEqual([[0, 1]]);
  });

  it('doubles what is sent on a link that doubles, and nothing else', () => {
    const { send, said } = world({ links: [{ from: 0, to: 1, duplicate: 1 }] });
    send(0, 1);
    send(0, 2);
    send(1, 0);

    expect(said('sent')).toEqual([
      expect.objectContaining({ message: 0, to: 1 }),
      expect.objectContaining({ message: 1, to: 1, copyOf: 0 }),
      expect.objectContaining({ message: 2, to: 2 }),
      expect.objectContaining({ message: 3, to: 0 }),
    ]);
  });
});
