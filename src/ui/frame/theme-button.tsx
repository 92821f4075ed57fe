import { Monitor, Moon, Sun } from 'lucide-react';
import type { ReactNode } from 'react';

import type { LabState } from '#lab/lab-state.ts';

import styles from './header.module.css';

interface ThemeButtonProps {
  readonly theme: LabState['theme'];
  readonly onTheme: (theme: LabState['theme']) => void;
}

const themes = ['system', 'light', 'dark'] as const;
const icons = { system: Monitor, light: Sun, dark: Moon };

/** Goes from one theme to the next. */
export function ThemeButton({ theme, onTheme }: ThemeButtonProps): ReactNode {
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system';
  const Icon = icons[theme];
  return (
    <button
      data-quiet
      className={styles['icon']}
      data-testid="theme"
      aria-label={`Theme: ${theme}. Switch to ${next}`}
      title={`Theme: ${theme}`}
      onClick={() => onTheme(next)}
    >
      <Icon size={18} />
    </button>
  );
}
