import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';

import { assert } from '#core/base/assert.ts';
import type { CornerCommands, CornerState } from '#lab/corner/corner-state.ts';

/** The corner that a page shows: what is, and what can be done. */
export interface CornerOnPage {
  readonly store: StoreApi<CornerState>;
  readonly commands: CornerCommands;
  /** Where its disks are. */
  readonly diskEngine: 'IndexedDB' | 'memory';
}

/** Gives the corner to everything that draws it. */
export const CornerContext = createContext<CornerOnPage | undefined>(undefined);

function useWholeCorner(): CornerOnPage {
  const corner = useContext(CornerContext);
  assert(corner !== undefined, 'the page is drawn inside a CornerContext');
  return corner;
}

/** A part of the corner's state. */
export function useCorner<T>(selector: (state: CornerState) => T): T {
  return useStore(useWholeCorner().store, selector);
}

/** What can be done. */
export function useCornerCommands(): CornerCommands {
  return useWholeCorner().commands;
}

/** Where its disks are. */
export function useDiskEngine(): CornerOnPage['diskEngine'] {
  return useWholeCorner().diskEngine;
}
