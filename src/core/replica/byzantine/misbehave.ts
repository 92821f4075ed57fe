import type { Behaviour, Outgoing } from '#core/replica/process.ts';

import { badNewView } from './bad-new-view.ts';
import { badSignature } from './bad-signature.ts';
import { censor } from './censor.ts';
import { doubleVote } from './double-vote.ts';
import { equivocate } from './equivocate.ts';
import { hidePrepared } from './hide-prepared.ts';
import { lieCheckpoint } from './lie-checkpoint.ts';
import { lieReply } from './lie-reply.ts';
import { lieView } from './lie-view.ts';
import type { Misdeed, Villain } from './misdeed.ts';
import { replay } from './replay.ts';
import { silentTo } from './silent-to.ts';
import { silent } from './silent.ts';
import { viewChangeStorm } from './view-change-storm.ts';
import { wrongDigest } from './wrong-digest.ts';

type Disposition = (villain: Villain, outgoing: readonly Outgoing[], options: Behaviour) => Misdeed;

/** Every behaviour by its name. */
const dispositions: Readonly<Record<Behaviour['behaviour'], Disposition>> = {
  silent: (_, outgoing) => silent(outgoing),
  'silent-to': (_, outgoing, { targets = [] }) => silentTo(targets, outgoing),
  equivocate: (villain, outgoing, { split }) => equivocate(villain, split, outgoing),
  'double-vote': doubleVote,
  'wrong-digest': wrongDigest,
  'bad-signature': badSignature,
  censor: (villain, outgoing, { client = 0 }) => censor(villain, client, outgoing),
  replay: (_, outgoing) => replay(outgoing),
  'lie-checkpoint': lieCheckpoint,
  'lie-reply': lieReply,
  'lie-view': lieView,
  'hide-prepared': hidePrepared,
  'bad-new-view': badNewView,
  'view-change-storm': viewChangeStorm,
};

/** What leaves a Byzantine replica: its correct outputs, passed through its behaviour. */
export function misbehave(
  behaviour: Behaviour,
  villain: Villain,
  outgoing: readonly Outgoing[],
): Misdeed {
  return dispositions[behaviour.behaviour](villain, outgoing, behaviour);
}
