import type { Arrow } from './chronicle.ts';
import { shortName } from './process-name.ts';

/** Where a key leads among messages in the order in which they were sent; undefined for a key that leads nowhere. */
export function walked(
  arrows: readonly Arrow[],
  current: number | undefined,
  key: string,
): Arrow | undefined {
  const inOrder = [...arrows].sort((a, b) => a.sentAtMs - b.sentAtMs || a.message - b.message);
  const at = inOrder.findIndex(({ message }) => message === current);
  switch (key) {
    case 'ArrowRight':
      return inOrder[Math.min(at + 1, inOrder.length - 1)];
    case 'ArrowLeft':
      return inOrder[at < 0 ? inOrder.length - 1 : Math.max(0, at - 1)];
    case 'Home':
      return inOrder[0];
    case 'End':
      return inOrder.at(-1);
    default:
      return undefined;
  }
}

/** "prepare from R1 to R2, arrived" */
export function arrowName({ header, from, to }: Arrow, state: string): string {
  return `${header.kind} from ${shortName(from)} to ${shortName(to)}, ${state}`;
}
