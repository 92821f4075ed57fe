import type { LabState } from './lab-state.ts';
import type { LabStore } from './lab-store.ts';

/**
 * Resolves when there is something to watch: a message moves, or the page rests. What is read beside it is fetched
 * then, and not before: it would take the way of what moves.
 */
export function getUnderway(store: LabStore): Promise<void> {
  return new Promise((resolve) => {
    const look = (state: LabState): boolean => {
      if (!isUnderway(state)) return false;
      store.setState({ underway: true });
      resolve();
      return true;
    };
    if (look(store.getState())) return;
    const stop = store.subscribe((state) => {
      if (!state.underway && look(state)) stop();
    });
  });
}

function isUnderway({ playing, trace, nowMs }: LabState): boolean {
  if (!playing) return true;
  const first = trace.find(({ type }) => type === 'sent');
  return first !== undefined && nowMs > first.atMs;
}
