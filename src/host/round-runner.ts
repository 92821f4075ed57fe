import type { ProcessId } from '#core/pbft/message.ts';
import type { Conductor } from '#core/simulation/conductor.ts';
import type {
  Action,
  Decision,
  Literal,
  Released,
  Reported,
  TurnRequest,
} from '#core/simulation/round.ts';

/** Who carries a round out: the workers of a page, or objects in this thread. */
export interface Crew {
  carryOut(actions: readonly Action[]): Promise<void>;
  turn(request: TurnRequest): Promise<Reported>;
  decide(decision: Decision): Promise<Released>;
  /** The bytes of a message that a person wrote, signed with the key of its process. */
  write(literal: Literal): Promise<Uint8Array>;
}

/** One round: all turns side by side, then all commits. Says which processes it concerned. */
export async function runRound(conductor: Conductor, crew: Crew): Promise<readonly ProcessId[]> {
  const round = conductor.round();
  if (round === undefined) return [];
  await crew.carryOut(round.actions);
  const reported = await Promise.all(round.turns.map((request) => crew.turn(request)));
  const decisions = conductor.reported(reported);
  const released = await Promise.all(decisions.map((decision) => crew.decide(decision)));
  const literals = await Promise.all(round.literals.map((literal) => crew.write(literal)));
  conductor.released(released, literals);
  return [...round.actions, ...round.turns].map(({ process }) => process);
}
