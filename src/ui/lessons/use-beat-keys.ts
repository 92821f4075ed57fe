import { useEffect } from 'react';

import { usesKey } from '#ui/frame/key-target.ts';

interface BeatKeys {
  readonly onward: () => void;
  readonly hide: () => void;
}

/** While a beat is on show Enter and → go on, and Escape hides it; a focused control keeps its own keys. */
export function useBeatKeys(isOn: boolean, { onward, hide }: BeatKeys): void {
  useEffect(() => {
    if (!isOn) return undefined;
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (usesKey(event.target, event.key)) return;
      if (event.key === 'Enter' || event.key === 'ArrowRight') onward();
      else if (event.key === 'Escape') hide();
      else return;
      event.preventDefault();
    };
    // Before the page's own shortcuts, for which → is a step.
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  });
}
