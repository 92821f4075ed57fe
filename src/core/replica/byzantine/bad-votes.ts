import { quorumsIn } from '#core/pbft/configuration.ts';
import type { NewView } from '#core/pbft/message.ts';
import { own } from '#core/pbft/signed.ts';
import { replicaId, sequenceNumber, view } from '#core/pbft/terms.ts';

import type { voteFaults } from './behaviour-entry.ts';
import { nobodysSignature, type Villain } from './misdeed.ts';

/** A fault that lies in V. */
export type VoteFault = (typeof voteFaults)[number];

/** A-V8: V of a NEW-VIEW with something wrong in it. Its own vote it can sign anew; another's it can only forge. */
export function badVotes(
  villain: Villain,
  fault: VoteFault,
  body: NewView,
): NewView['viewChanges'] {
  const { configuration, id } = villain;
  const mine = body.viewChanges.filter(({ signer }) => signer === id);
  const others = body.viewChanges.filter(({ signer }) => signer !== id);
  const [first, ...rest] = others;
  switch (fault) {
    case 'too-few-votes':
      return body.viewChanges.slice(0, quorumsIn(configuration).quorum - 1);
    case 'vote-twice':
      return [...mine, ...(first ? [first, first] : []), ...rest.slice(1)];
    case 'vote-for-other-view':
      return [
        ...mine.map((vote) => own({ ...vote.body, nextView: view(body.view + 1) }, id)),
        ...others,
      ];
    case 'invalid-vote': {
      const ahead = sequenceNumber(configuration.checkpointInterval);
      const boast = mine.map((vote) =>
        own({ ...vote.body, stable: ahead, checkpoints: [], prepared: [] }, id),
      );
      return [...boast, ...others];
    }
    case 'forged-vote': {
      const forged = first && { ...first, signature: nobodysSignature };
      return [...mine, ...(forged ? [forged] : []), ...rest];
    }
    case 'vote-of-stranger': {
      const stranger = replicaId(configuration.n);
      const alien = first && {
        body: { ...first.body, replica: stranger },
        signer: stranger,
        signature: nobodysSignature,
      };
      return [...mine, ...(alien ? [alien] : []), ...rest];
    }
  }
}
