/**
 * Every reason for which a message is refused, with what it means. The closed list of pbft.md 1.5; a
 * rejection names the first failing check in the order of 1.3.
 */
export const rejections = {
  // Decoding and bounds.
  oversized: 'The packet, or a part of it, is larger than allowed.',
  undecodable:
    'The bytes are no message: cut short, a field missing, of the wrong type or out of range.',
  'non-canonical': 'The bytes are not the one encoding of what they mean.',
  'wrong-cluster': 'The packet belongs to a cluster of another configuration.',

  // Cheap filters on the state.
  'own-message': 'A message of this process came back to it.',
  'not-normal': 'The replica is changing views or is a learner: it takes no part in agreement.',
  'another-view': 'The message is of another view.',
  'fixed-by-new-view':
    'The NEW-VIEW of this view has fixed this slot: the primary cannot propose it again.',
  'outside-watermarks': 'The sequence number is not above h and at most H = h + L.',
  duplicate: 'The same message of this signer is here already; it counts once.',
  outdated: 'A later message of this signer has taken its place.',
  'already-executed': 'The slot has been executed here.',
  'stale-request': 'The client has had a request with a later timestamp executed.',
  'answered-request': 'This request has been executed; its reply is sent again.',
  'superseded-request': 'A request of this client with the same or a later timestamp is waiting.',
  unwanted: 'Nothing like this is wanted here, or not any more.',
  'another-request': 'The reply answers no request that is outstanding here.',

  // The signer.
  'not-a-member': 'The signer is no replica of this cluster.',
  'unknown-client': 'The client is none of this cluster.',
  'wrong-signer': 'The message names someone else than who signed it.',
  'not-the-primary': 'Only the primary of the view sends a PRE-PREPARE.',
  'primary-prepares': 'The primary of the view sends no PREPARE: its PRE-PREPARE is its vote.',

  // Signatures.
  'bad-signature': 'A signature, the outer one or one inside, does not verify.',

  // What the message means.
  'not-a-checkpoint': 'Checkpoints are at multiples of the checkpoint interval.',
  'conflicting-pre-prepare':
    'Another digest was accepted for this view and sequence number: proof that the primary is faulty.',
  'conflicting-vote': 'The signer said otherwise before: proof that it is faulty.',
  'missing-body': 'The PRE-PREPARE came without its batch.',
  'bad-batch': 'The batch breaks a bound, or holds a request of no client of this cluster.',
  'wrong-body': 'The batch is not the one that the digest names.',
  'bad-status': 'The STATUS contradicts itself.',
  'bad-certificate': 'The COMMITs are no commit certificate for the slot.',
  'conflicting-view-change':
    'The signer sent another VIEW-CHANGE for this view: proof that it is faulty.',
  'conflicting-new-view':
    'The primary sent another NEW-VIEW for this view: proof that it is faulty.',
  'bad-checkpoint-proof': 'The CHECKPOINTs do not prove the stable checkpoint that is claimed.',
  'bad-prepared-proof':
    'A certificate in P is none, is of no earlier view, lies outside the window of its sender, or is not in its place.',
  'bad-view-changes':
    'V does not hold valid VIEW-CHANGEs for this very view of Q different replicas.',
  'wrong-order': 'O is not what follows from V.',
  'wrong-state': 'The piece of state is not the one that the digest names.',
  'bad-echo': 'The echo holds what its receiver has not signed.',
  'not-for-me': 'A message of this kind is not for this process.',
} as const;

/** Why a message was refused. */
export type Rejection = keyof typeof rejections;
