import type { Outgoing } from '#core/replica/process.ts';

import { type Misdeed, misbehaved } from './misdeed.ts';

/** How late, if nothing is said. */
const delayMsDefault = 300;

/** A-P8: everything leaves, but late. */
export function delay(ms: number | undefined, outgoing: readonly Outgoing[]): Misdeed {
  const delayMs = ms ?? delayMsDefault;
  return {
    outgoing: outgoing.map((message) => ({ ...message, delayMs })),
    reports: misbehaved('delay', 'is slow with', outgoing),
  };
}
