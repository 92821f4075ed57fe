import { createContext, useContext } from 'react';
import { useStore } from 'zustand';

import { assert } from '#core/base/assert.ts';
import type { LiveCommands, LiveState } from '#lab/live/live-state.ts';
import type { LiveOnPage } from '#lab/live/open-live.ts';

/** Gives live mode to everything that draws it. */
export const LiveContext = createContext<LiveOnPage | undefined>(undefined);

function useLiveOnPage(): LiveOnPage {
  const live = useContext(LiveContext);
  assert(live !== undefined, 'the dashboard is drawn inside a LiveContext');
  return live;
}

/** A part of the state of live mode. */
export function useLive<T>(selector: (state: LiveState) => T): T {
  return useStore(useLiveOnPage().live.store, selector);
}

/** What can be done. */
export function useLiveCommands(): LiveCommands {
  return useLiveOnPage().commands;
}
