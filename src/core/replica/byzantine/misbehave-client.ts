import { assert } from '#core/base/assert.ts';
import type { Behaviour, Outgoing } from '#core/replica/process.ts';

import type { ClientBehaviourName } from './catalogue.ts';
import type { Misdeed } from './misdeed.ts';
import {
  askAgain,
  askBackups,
  askDifferently,
  askLast,
  askTooMuch,
  askUnsigned,
  type Rogue,
} from './request-misdeeds.ts';

type Options = Omit<Behaviour, 'behaviour'>;
type Disposition = (rogue: Rogue, outgoing: readonly Outgoing[], options: Options) => Misdeed;

/** Every behaviour of a client by its name. */
const dispositions: Readonly<Record<ClientBehaviourName, Disposition>> = {
  equivocate: (rogue, outgoing, { split }) => askDifferently(rogue, split, outgoing),
  replay: askAgain,
  'bad-signature': (_, outgoing, { targets }) => askUnsigned(targets, outgoing),
  flood: (rogue, outgoing, { count }) => askTooMuch(rogue, count, outgoing),
  'backups-only': askBackups,
  'exhaust-timestamp': (_, outgoing) => askLast(outgoing),
};

/** What leaves a Byzantine client: its correct requests, passed through its behaviour. */
export function misbehaveAsClient(
  { behaviour, ...options }: Behaviour,
  rogue: Rogue,
  outgoing: readonly Outgoing[],
): Misdeed {
  const disposition = Object.entries(dispositions).find(([name]) => name === behaviour)?.[1];
  assert(disposition !== undefined, `${behaviour} is a behaviour of clients`);
  return disposition(rogue, outgoing, options);
}
