import type { ProcessId } from '#core/pbft/message.ts';
import type { Conductor } from '#core/simulation/conductor.ts';

import type { Fleet } from './fleet.ts';

/** One round with real workers: all turns side by side, then all commits. Says which processes it concerned. */
export async function runRound(conductor: Conductor, fleet: Fleet): Promise<readonly ProcessId[]> {
  const round = conductor.round();
  if (round === undefined) return [];
  await fleet.carryOut(round.actions);
  const reported = await Promise.all(round.turns.map((request) => fleet.turn(request)));
  const decisions = conductor.reported(reported);
  const released = await Promise.all(decisions.map((decision) => fleet.decide(decision)));
  const literals = await Promise.all(round.literals.map((literal) => fleet.write(literal)));
  conductor.released(released, literals);
  return [...round.actions, ...round.turns].map(({ process }) => process);
}
