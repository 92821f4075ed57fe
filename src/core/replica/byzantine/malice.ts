import type { Client } from '#core/replica/client.ts';
import type { Behaviour, Outgoing } from '#core/replica/process.ts';
import { Replica } from '#core/replica/replica.ts';

import { misbehaveAsClient } from './misbehave-client.ts';
import { misbehave } from './misbehave.ts';
import type { Misdeed } from './misdeed.ts';
import { rogueOf, villainOf } from './villain.ts';

/** What becomes of the correct outputs of a Byzantine process in a turn. */
export type Malice = (
  process: Replica | Client,
  turn: number,
  outgoing: readonly Outgoing[],
) => Misdeed;

/** A behaviour as it acts; null for a process that is correct. */
export function maliceOf(behaviour: Behaviour | null): Malice | null {
  if (behaviour === null) return null;
  return (process, turn, outgoing) =>
    process instanceof Replica
      ? misbehave(behaviour, villainOf(process, turn), outgoing)
      : misbehaveAsClient(behaviour, rogueOf(process), outgoing);
}
