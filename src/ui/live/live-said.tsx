import type { ReactNode } from 'react';

import { useLive } from './live-context.ts';
import { markSentence } from './mark-words.ts';

/** Says the latest that happened, one sentence; a checkpoint is no news. */
export function LiveSaid(): ReactNode {
  const mark = useLive((state) => state.marks.findLast(({ kind }) => kind !== 'stable'));
  const hasEnded = useLive((state) => state.result !== undefined);
  return (
    <output className="visually-hidden" data-testid="live-said" aria-live="polite">
      {hasEnded ? 'The run has ended.' : mark === undefined ? '' : markSentence(mark)}
    </output>
  );
}
