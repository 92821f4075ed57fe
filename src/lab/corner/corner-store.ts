import { createStore, type StoreApi } from 'zustand/vanilla';

import { defined } from '#core/base/assert.ts';
import { catalogue } from '#core/persistent/samples/catalogue.ts';
import type { LabState } from '#lab/lab-state.ts';

import type { CornerState } from './corner-state.ts';

/** A corner before a sample is there. */
export function createCornerStore(theme: LabState['theme']): StoreApi<CornerState> {
  return createStore<CornerState>(() => ({
    sample: defined(catalogue[0], 'there are samples'),
    world: 0,
    process: 'starting',
    isBusy: false,
    look: undefined,
    durable: undefined,
    changed: new Map(),
    outside: [],
    failures: [],
    next: undefined,
    nowUs: 0,
    isPlaying: false,
    rate: 1,
    deaths: 0,
    last: { type: 'none' },
    trial: undefined,
    isTrying: false,
    selected: undefined,
    theme,
  }));
}
