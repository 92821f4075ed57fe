import { describe, expect, it } from 'vitest';

import { OutsideWorld } from '#core/persistent/samples/outside-world.ts';
import type { Preferences } from '#lab/preferences.ts';

import { readWorld, writeWorld } from './world-record.ts';

function shelf(): Preferences {
  const kept = new Map<string, string>();
  return {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
  };
}

describe('the memory of the outside', () => {
  it('comes back as it was, for its own sample', () => {
    const storage = shelf();
    const world = new OutsideWorld({ refused: 'book hotel' });
    world.receive(0, 'Ann', 'booked');
    world.receive(0, 'Ann', 'booked');
    world.perform('effect-0', 'book hotel', ['Ann'], 300_000);
    const record = { world: 3, nowUs: 5, entries: world.entries };
    writeWorld(storage, 'travel-agent', record);

    expect(readWorld(storage, 'travel-agent')).toEqual(record);
    expect(readWorld(storage, 'sayer')).toBeUndefined();
  });

  it.each(['', '{', '[]', '{"world":0,"nowUs":0,"entries":[{"type":"deed"}]}'])(
    'is nothing when it cannot be read: %s',
    (text) => {
      const storage = shelf();
      storage.setItem('pbft-lab:corner:sayer', text);

      expect(readWorld(storage, 'sayer')).toBeUndefined();
    },
  );
});
