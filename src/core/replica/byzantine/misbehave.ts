import type { Behaviour, Outgoing } from '#core/replica/process.ts';

import { badSignature } from './bad-signature.ts';
import { doubleVote } from './double-vote.ts';
import { equivocate } from './equivocate.ts';
import type { Misdeed, Villain } from './misdeed.ts';
import { silentTo } from './silent-to.ts';
import { silent } from './silent.ts';
import { wrongDigest } from './wrong-digest.ts';

/** What leaves a Byzantine replica: its correct outputs, passed through its behaviour. */
export function misbehave(
  behaviour: Behaviour,
  villain: Villain,
  outgoing: readonly Outgoing[],
): Misdeed {
  switch (behaviour.behaviour) {
    case 'silent':
      return silent(outgoing);
    case 'silent-to':
      return silentTo(behaviour.targets ?? [], outgoing);
    case 'equivocate':
      return equivocate(villain, behaviour.split, outgoing);
    case 'double-vote':
      return doubleVote(villain, outgoing);
    case 'wrong-digest':
      return wrongDigest(villain, outgoing);
    case 'bad-signature':
      return badSignature(villain, outgoing);
  }
}
