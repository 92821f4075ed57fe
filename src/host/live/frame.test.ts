import { describe, expect, it } from 'vitest';

import { clientsEndpoint, entriesOf, FrameWriter, headerOf } from './frame.ts';

describe('frame', () => {
  it('carries all packets for one thread, in their order', () => {
    const writer = new FrameWriter(2);
    writer.add({ from: 2, to: 0, bytes: Uint8Array.of(1) });
    writer.add({ from: 2, to: 'c0', bytes: Uint8Array.of(2, 3) });
    writer.add({ from: 2, to: 0, bytes: new Uint8Array() });
    writer.add({ from: 2, to: 'c999', bytes: Uint8Array.of(4) });

    const [toReplica, toClients, ...others] = writer.take();

    expect(others).toEqual([]);
    expect(headerOf(toReplica ?? new ArrayBuffer(8))).toEqual({
      source: 2,
      destination: 0,
      packets: 2,
    });
    expect(headerOf(toClients ?? new ArrayBuffer(8))).toEqual({
      source: 2,
      destination: clientsEndpoint,
      packets: 2,
    });
    expect(entriesOf(toReplica ?? new ArrayBuffer(8))).toEqual([
      { from: 2, to: 0, bytes: Uint8Array.of(1) },
      { from: 2, to: 0, bytes: new Uint8Array() },
    ]);
    expect(entriesOf(toClients ?? new ArrayBuffer(8)).map(({ to }) => to)).toEqual(['c0', 'c999']);
  });

  it('is taken once', () => {
    const writer = new FrameWriter(clientsEndpoint);
    writer.add({ from: 'c1', to: 3, bytes: Uint8Array.of(1) });
    writer.take();

    expect(writer.take()).toEqual([]);
  });
});
