import type { Lab } from '#ui/lab-context.ts';

/** What a key does to time, in every mode of the page. */
export function timeAction(key: string, { store, commands }: Lab): (() => void) | undefined {
  switch (key) {
    case ' ':
      return () => (store.getState().playing ? commands.pause() : commands.play());
    case 'ArrowRight':
      return () => void commands.step();
    case 'ArrowLeft':
      return () => commands.back();
    case 'ArrowDown':
      return () => void commands.nextPhase();
    case 'End':
      return () => commands.toEdge();
    default:
      return undefined;
  }
}
