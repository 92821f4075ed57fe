import type { Flight } from './flight.ts';
import { processKey } from './process-name.ts';

/** More messages than this are not told apart one by one, and a page without a GPU could not move them smoothly. */
export const singlesMax = 450;

/** A multicast drawn as one: what one process sent to many at one instant. */
export interface Fan {
  /** The same in every picture. */
  readonly key: string;
  readonly flights: readonly Flight[];
}

/** The messages on their way as they are drawn: each by itself, or multicasts as fans when there are too many. */
export interface Drawn {
  readonly singles: ReadonlyMap<number, Flight>;
  readonly fans: readonly Fan[];
}

/** Held and lost messages are always drawn by themselves: they can be acted on, or are gone. */
export function drawnOf(flights: ReadonlyMap<number, Flight>): Drawn {
  if (flights.size <= singlesMax) return { singles: flights, fans: [] };
  const multicasts = new Map<string, Flight[]>();
  for (const flight of flights.values()) {
    const key =
      flight.state === 'flying' && flight.copyOf === undefined
        ? multicastOf(flight)
        : `message ${flight.message}`;
    const multicast = multicasts.get(key);
    if (multicast === undefined) multicasts.set(key, [flight]);
    else multicast.push(flight);
  }
  const singles = new Map<number, Flight>();
  const fans: Fan[] = [];
  for (const [key, multicast] of multicasts) {
    const [first] = multicast;
    if (multicast.length > 1) fans.push({ key, flights: multicast });
    else if (first !== undefined) singles.set(first.message, first);
  }
  return { singles, fans };
}

function multicastOf({ from, sentAtMs, header }: Flight): string {
  const { kind, view, sequence, digest } = header;
  return [processKey(from), sentAtMs, kind, view, sequence, digest].join(' ');
}
