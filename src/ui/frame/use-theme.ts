import { useEffect } from 'react';

import { useLab } from '#ui/lab-context.ts';

/** Puts the theme on the document: the chosen one, or the one that the system prefers. */
export function useTheme(): void {
  const theme = useLab((state) => state.theme);
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
