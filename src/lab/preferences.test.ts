import { describe, expect, it } from 'vitest';

import { createLabStore } from './lab-store.ts';
import { keepPreferences, type Preferences } from './preferences.ts';

function memory(entries: Record<string, string> = {}): Preferences {
  const kept = new Map(Object.entries(entries));
  return {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => {
      kept.set(name, value);
    },
  };
}

describe('preferences', () => {
  it('are kept for the next page', () => {
    const preferences = memory();
    const first = createLabStore();
    keepPreferences(first, preferences);
    first.setState({ theme: 'dark', letterKeys: false });

    const second = createLabStore();
    keepPreferences(second, preferences);

    expect(second.getState()).toMatchObject({ theme: 'dark', letterKeys: false });
  });

  it('leave the defaults alone when there is nothing that can be read', () => {
    const store = createLabStore();
    keepPreferences(store, memory({ 'pbft-lab:theme': 'plaid' }));

    expect(store.getState()).toMatchObject({ theme: 'system', letterKeys: true });
  });
});
