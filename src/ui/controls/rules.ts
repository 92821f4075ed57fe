import type { ablations } from '#core/pbft/configuration.ts';

/** Why each rule exists: what goes wrong without it. */
export const ruleWords: Readonly<Record<(typeof ablations)[number], string>> = {
  'no-commit-phase':
    'Without COMMIT a replica executes what only it knows to be prepared; a view change may then choose another order.',
  'quorum-f+1':
    'With quorums of f + 1, two of them may have no correct replica in common, and each may decide something else.',
  'naive-quorum-2f+1':
    'Quorums of 2f + 1 suffice only when n = 3f + 1: with more replicas two of them may meet in a faulty one alone.',
  'no-signatures': 'If nobody checks signatures, one liar speaks for everybody.',
  'count-primary-prepare':
    'The primary’s PRE-PREPARE is its vote: if its PREPARE counted too, one replica would have two.',
  'accept-second-pre-prepare':
    'A replica accepts one PRE-PREPARE for a view and sequence number: with a second one it helps both of an equivocating primary’s orders.',
  'forget-votes':
    'A vote that is not on the disk before it is sent can be contradicted after a crash.',
  'forget-view':
    'A replica that forgets its view in a crash votes again in one that it had promised to leave.',
  'ignore-prepared-in-view-change':
    'What may have been decided must go into the new view: without P a new primary orders anew.',
  'any-view-in-new-view':
    'Of several prepared certificates for a number the one of the highest view counts: an older one may have been overruled.',
  'unchecked-new-view':
    'Every backup computes O itself: otherwise a new primary leaves out what was decided.',
  'no-checkpoint-table':
    'A checkpoint is stable when a quorum signed the same state: otherwise one liar can have it forgotten.',
  'send-before-commit':
    'What is sent before it is on the disk may have been said by nobody, once its sender has crashed.',
  'no-client-table':
    'Without the table of last answers a request that comes again is executed again.',
  'no-execution-order':
    'Requests are executed in the order of their numbers, also when a later one is decided first.',
};
