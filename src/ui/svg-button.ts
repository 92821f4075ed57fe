import type { KeyboardEvent } from 'react';

/** SVG has no button element: what makes a group one, for the keyboard and for screen readers. */
export function svgButton(act: () => void): {
  readonly role: 'button';
  readonly tabIndex: 0;
  readonly onClick: () => void;
  readonly onFocus: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
} {
  return {
    role: 'button',
    tabIndex: 0,
    onClick: act,
    onFocus: act,
    onKeyDown: (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      act();
    },
  };
}
