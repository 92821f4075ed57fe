import { assert } from '#core/base/assert.ts';
import type { Behaviour, Outgoing } from '#core/replica/process.ts';

import { badNewView } from './bad-new-view.ts';
import { badSignature } from './bad-signature.ts';
import { badViewChange } from './bad-view-change.ts';
import type { ReplicaBehaviourName } from './catalogue.ts';
import { censor } from './censor.ts';
import { collude } from './collude.ts';
import { delay } from './delay.ts';
import { doubleVote } from './double-vote.ts';
import { equivocate } from './equivocate.ts';
import { exhaustSequence } from './exhaust-sequence.ts';
import { flood } from './flood.ts';
import { forgeSender } from './forge-sender.ts';
import { hidePrepared } from './hide-prepared.ts';
import { lieCheckpoint } from './lie-checkpoint.ts';
import { lieReply } from './lie-reply.ts';
import { lieState } from './lie-state.ts';
import { lieView } from './lie-view.ts';
import type { Misdeed, Villain } from './misdeed.ts';
import { mutate } from './mutate.ts';
import { replay } from './replay.ts';
import { silentTo } from './silent-to.ts';
import { silent } from './silent.ts';
import { skipSequence } from './skip-sequence.ts';
import { twin } from './twin.ts';
import { viewChangeStorm } from './view-change-storm.ts';
import { wrongDigest } from './wrong-digest.ts';
import { wrongSequence } from './wrong-sequence.ts';

type Options = Omit<Behaviour, 'behaviour'>;
type Disposition = (villain: Villain, outgoing: readonly Outgoing[], options: Options) => Misdeed;

/** Every behaviour of a replica by its name. */
const dispositions: Readonly<Record<ReplicaBehaviourName, Disposition>> = {
  silent: (_, outgoing) => silent(outgoing),
  'silent-to': (_, outgoing, { targets = [] }) => silentTo(targets, outgoing),
  delay: (_, outgoing, { ms }) => delay(ms, outgoing),
  equivocate: (villain, outgoing, { split }) => equivocate(villain, split, outgoing),
  collude: (villain, outgoing, { confided }) => collude(villain, confided, outgoing),
  twin: (villain, outgoing, { second }) => twin(villain, second === true, outgoing),
  'double-vote': doubleVote,
  'wrong-digest': wrongDigest,
  'wrong-sequence': (villain, outgoing, { how }) => wrongSequence(villain, how, outgoing),
  'skip-sequence': (villain, outgoing, { count }) => skipSequence(villain, count, outgoing),
  'exhaust-sequence': exhaustSequence,
  'bad-signature': badSignature,
  'forge-sender': forgeSender,
  censor: (villain, outgoing, { client = 0 }) => censor(villain, client, outgoing),
  replay: (_, outgoing) => replay(outgoing),
  flood: (villain, outgoing, { count }) => flood(villain, count, outgoing),
  'lie-checkpoint': lieCheckpoint,
  'lie-state': (villain, outgoing, { how }) => lieState(villain, how, outgoing),
  'lie-reply': lieReply,
  'lie-view': lieView,
  'hide-prepared': hidePrepared,
  'bad-view-change': (villain, outgoing, { how }) => badViewChange(villain, how, outgoing),
  'bad-new-view': (villain, outgoing, { how }) => badNewView(villain, how, outgoing),
  'view-change-storm': viewChangeStorm,
  mutate: (villain, outgoing, { how, targets }) => mutate(villain, how, targets, outgoing),
  random: (villain, outgoing) => anything(villain, outgoing),
};

/** What leaves a Byzantine replica: its correct outputs, passed through its behaviour. */
export function misbehave(
  { behaviour, ...options }: Behaviour,
  villain: Villain,
  outgoing: readonly Outgoing[],
): Misdeed {
  const disposition = Object.entries(dispositions).find(([name]) => name === behaviour)?.[1];
  assert(disposition !== undefined, `${behaviour} is a behaviour of replicas`);
  return disposition(villain, outgoing, options);
}

/** What a mixture is made of: all that needs no options, and no second instance. */
const mixture = Object.entries(dispositions).filter(
  ([name]) => !['random', 'silent-to', 'collude', 'twin'].includes(name),
);

/** In each turn another behaviour. */
function anything(villain: Villain, outgoing: readonly Outgoing[]): Misdeed {
  const [name, disposition] = villain.random.pick(mixture);
  const misdeed = disposition(villain, outgoing, {});
  const reports = misdeed.reports.map((report) =>
    report.type === 'misbehaved'
      ? { ...report, behaviour: 'random', what: `${name}: ${report.what}` }
      : report,
  );
  return { outgoing: misdeed.outgoing, reports };
}
