import type { Outgoing } from '#core/replica/process.ts';

import { type Misdeed, misbehaved } from './misdeed.ts';

/** A-B6, A-P5: withholds everything. */
export function silent(outgoing: readonly Outgoing[]): Misdeed {
  return { outgoing: [], reports: misbehaved('silent', 'withholds', outgoing) };
}
