import type { ProcessId } from '#core/pbft/message.ts';
import type { Outgoing } from '#core/replica/process.ts';

import { type Misdeed, misbehaved } from './misdeed.ts';

/** A-P6: withholds everything from some, and is correct towards the others. */
export function silentTo(targets: readonly ProcessId[], outgoing: readonly Outgoing[]): Misdeed {
  return {
    outgoing: outgoing.filter(({ to }) => !targets.includes(to)),
    reports: misbehaved(
      'silent-to',
      'withholds',
      outgoing.filter(({ to }) => targets.includes(to)),
    ),
  };
}
