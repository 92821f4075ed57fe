import type { Invariant } from '#core/simulation/checkers/checker.ts';

const words: Readonly<Record<Invariant, string>> = {
  agreement: 'No two correct replicas execute different batches at one sequence number.',
  'prepared-unique': 'In a view, one digest at most prepares at a sequence number.',
  'view-preserved': 'What is committed in a view is all that prepares there in later views.',
  amnesia: 'No correct replica forgets what it has signed.',
  'contiguous-execution': 'Replicas execute in order, without gaps, nothing twice.',
  'exactly-once': 'No request changes the state more than once.',
  linearizable: 'The answers are those of one service that does one operation after the other.',
  'valid-operations': 'Only what a client has signed is executed.',
  'checkpoint-agreement': 'Stable checkpoints at one sequence number have one digest.',
  'no-contradiction': 'No correct replica signs two messages that contradict each other.',
  monotone: 'Views, watermarks and executions never go back.',
  window: 'Nobody votes outside its watermarks.',
  'write-ahead': 'Nothing leaves a process that is not on its disk.',
  'committed-backed': 'What is committed has a quorum of prepared replicas behind it.',
  'certificates-valid': 'Every certificate that is kept verifies.',
  'reply-correct': 'Every accepted reply is the result of the agreed order.',
  'bounded-memory': 'Nobody can make a replica keep more than its bounds.',
};

/** What each invariant promises, in words for a student. */
export const invariantWords: ReadonlyMap<string, string> = new Map(Object.entries(words));
