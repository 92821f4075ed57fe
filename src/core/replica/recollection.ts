'use persistent';

import { quorumsIn } from '#core/pbft/configuration.ts';
import { rejectionOfEcho } from '#core/pbft/fetch-acceptance.ts';
import { comparesWords, provesOlderStore } from '#core/pbft/learner.ts';
import type { EchoData, Packet, Signed } from '#core/pbft/message.ts';
import { own } from '#core/pbft/signed.ts';
import { signaturesOf } from '#core/pbft/signing.ts';
import type { ReplicaId } from '#core/pbft/terms.ts';
import { any, sleep } from '#core/persistent/index.ts';

import { multicast, report } from './outbox.ts';
import { recordOf } from './own-words.ts';
import { sayAgain } from './repair.ts';
import type { Replica } from './replica.ts';
import { considerViewChanges } from './view-change.ts';

/** Who has told a replica that woke up what it remembers of its words. */
export class Recollection {
  readonly incarnation: number;
  readonly heard = new Set<ReplicaId>();

  constructor(incarnation: number) {
    this.incarnation = incarnation;
  }
}

/**
 * After a restart (pbft.md 1.16): Q - 1 others tell the last that they hold of this replica's words, before it says
 * more. Its storage may be a copy from an earlier instant, and what it said since is not in it.
 */
export async function recollect(replica: Replica): Promise<void> {
  const { configuration, phase, incarnation } = replica;
  if (phase === 'learner') return;
  const recollection = new Recollection(incarnation);
  if (!comparesWords(configuration) || isComplete(replica, recollection)) {
    replica.recollection = undefined;
    return sayAgain(replica);
  }
  replica.recollection = recollection;
  while (replica.recollection === recollection) {
    const silent = replica.others().filter((i) => !recollection.heard.has(i));
    const fetch = { type: 'fetch', kind: 'echo', incarnation, replica: replica.id } as const;
    multicast(silent, own(fetch, replica.id));
    await any({
      late: sleep(configuration.resendMs),
      certain: replica.certain.changed(),
    });
  }
}

/** DATA that is an echo: its sender has answered. What it holds is compared with the record already. */
export function receiveEcho(
  replica: Replica,
  data: Signed<EchoData>,
  verdicts: readonly boolean[],
): void {
  const { recollection } = replica;
  if (recollection === undefined) return report({ type: 'rejected', reason: 'unwanted' });
  const reason = rejectionOfEcho(replica, data, verdicts, recollection.incarnation);
  if (reason !== undefined) return report({ type: 'rejected', reason });
  recollection.heard.add(data.body.replica);
  if (isComplete(replica, recollection)) speakAgain(replica);
}

/**
 * Looks for own words in what arrives, nested ones too. One that is not on record proves that an older copy of the
 * storage has come back: from then on this replica learns, and votes no more. A store that was never left
 * cannot be older.
 */
export function confront(replica: Replica, packet: Packet, verdicts: readonly boolean[]): void {
  const { configuration, phase, incarnation, id } = replica;
  if (incarnation === 0 || phase === 'learner' || !comparesWords(configuration)) return;
  const record = recordOf(replica);
  const isOlder = signaturesOf(packet).some(
    (message, i) =>
      message.signer === id && provesOlderStore(replica, message, verdicts[i] ?? false, record),
  );
  if (!isOlder) return;
  replica.phase = 'learner';
  replica.recollection = undefined;
  report({ type: 'learner', why: 'older-store' });
  replica.certain.notify();
  replica.concern.notify();
}

function isComplete({ configuration }: Replica, { heard }: Recollection): boolean {
  return heard.size >= quorumsIn(configuration).quorum - 1;
}

/** The record is as long as what others remember: what was said is said again, and what was held back follows. */
function speakAgain(replica: Replica): void {
  replica.recollection = undefined;
  sayAgain(replica);
  replica.certain.notify();
  replica.opportunity.notify();
  considerViewChanges(replica);
}
