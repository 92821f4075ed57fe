import { useEffect } from 'react';

import type { LabState } from '#lab/lab-state.ts';
import { useLab } from '#ui/lab-context.ts';

/** The lab's theme, on the document. */
export function useTheme(): void {
  useThemeOf(useLab((state) => state.theme));
}

/** Puts a theme on the document: the chosen one, or the one that the system prefers. */
export function useThemeOf(theme: LabState['theme']): void {
  useEffect(() => {
    const dark = window.matchMedia('(prefers-color-scheme: dark)');
    const apply = (): void => {
      const system = dark.matches ? 'dark' : 'light';
      document.documentElement.dataset['theme'] = theme === 'system' ? system : theme;
    };
    apply();
    dark.addEventListener('change', apply);
    return () => dark.removeEventListener('change', apply);
  }, [theme]);
}
