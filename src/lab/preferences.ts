import type { LabState } from './lab-state.ts';
import type { LabStore } from './lab-store.ts';

/** The part of Web Storage that is used. */
export interface Preferences {
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
}

const themeName = 'pbft-lab:theme';
const letterKeysName = 'pbft-lab:letter-keys';

/** Brings back what a person chose before, and keeps what is chosen from here on. */
export function keepPreferences(store: LabStore, preferences: Preferences): void {
  store.setState({ theme: readTheme(preferences) });
  store.setState({ letterKeys: preferences.getItem(letterKeysName) !== 'off' });
  store.subscribe((state, before) => {
    if (state.theme !== before.theme) writeTheme(preferences, state.theme);
    if (state.letterKeys !== before.letterKeys) {
      preferences.setItem(letterKeysName, state.letterKeys ? 'on' : 'off');
    }
  });
}

/** What was chosen before; else what the system prefers. */
export function readTheme(preferences: Preferences): LabState['theme'] {
  const theme = preferences.getItem(themeName);
  return isTheme(theme) ? theme : 'system';
}

/** Keeps what is chosen. */
export function writeTheme(preferences: Preferences, theme: LabState['theme']): void {
  preferences.setItem(themeName, theme);
}

function isTheme(value: string | null): value is LabState['theme'] {
  return value === 'system' || value === 'light' || value === 'dark';
}
