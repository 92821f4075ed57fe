import type { Lab } from '#ui/lab-context.ts';

import { timeAction } from './time-keys.ts';
import { usePageKeys } from './use-page-keys.ts';

/** What keys do that the page itself knows how to do. */
export interface PageActions {
  readonly help: () => void;
  readonly share: () => void;
  readonly files: () => void;
  readonly nextView: () => void;
  readonly openSheet: (sheet: 'byzantine' | 'partition') => void;
}

/** Keys for everything. */
export function useShortcuts(actions: PageActions): void {
  usePageKeys((key, lab) => actionOf(key, lab, actions));
}

function actionOf(key: string, lab: Lab, actions: PageActions): (() => void) | undefined {
  const { letterKeys } = lab.store.getState();
  return (
    timeAction(key, lab) ?? (letterKeys ? letterAction(key.toLowerCase(), lab, actions) : undefined)
  );
}

function letterAction(key: string, lab: Lab, actions: PageActions): (() => void) | undefined {
  const { store, commands } = lab;
  const { selection, scenario } = store.getState();
  if (/^[1-9]$/.test(key)) {
    const process = Number(key) - 1;
    const exists = process < (scenario?.replicas ?? 0);
    return exists ? () => commands.select({ kind: 'process', process }) : undefined;
  }
  switch (key) {
    case 'c':
      return selection?.kind === 'process'
        ? () => crashOrRestart(lab, String(selection.process))
        : undefined;
    case 'b':
      return () => actions.openSheet('byzantine');
    case 'p':
      return () => actions.openSheet('partition');
    case 'f':
      return () => void commands.fork();
    case 's':
      return actions.share;
    case 'e':
      return actions.files;
    case 'v':
      return actions.nextView;
    case '?':
      return actions.help;
    default:
      return undefined;
  }
}

function crashOrRestart({ store, commands }: Lab, key: string): void {
  const { selection, trace } = store.getState();
  if (selection?.kind !== 'process') return;
  const last = trace.findLast(
    (event) =>
      String(event.process) === key &&
      (event.type === 'crashed' || event.type === 'restarted' || event.type === 'failed'),
  );
  const down = last !== undefined && last.type !== 'restarted';
  void (down ? commands.restart(selection.process) : commands.crash(selection.process));
}
