import { useEffect } from 'react';

import { useWholeLab, type Lab } from '#ui/lab-context.ts';

import { usesKey } from './key-target.ts';

/** What a key does now, if anything. */
export type KeyAction = (key: string, lab: Lab) => (() => void) | undefined;

/** Keys of the page. They leave alone what a focused control does with them, and what belongs to the browser. */
export function usePageKeys(actionOf: KeyAction): void {
  const lab = useWholeLab();
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (usesKey(event.target, event.key)) return;
      const act = actionOf(event.key, lab);
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });
}
