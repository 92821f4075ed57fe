import { assert } from '#core/base/assert.ts';
import { clientProcess, twinOf } from '#core/network/process-order.ts';
import type { ProcessId } from '#core/pbft/message.ts';

/** The process that a step names by `replica`, by `twin` or by `client`. */
export function subjectOf(step: {
  readonly replica?: number;
  readonly twin?: number;
  readonly client?: number;
}): ProcessId {
  if (step.replica !== undefined) return step.replica;
  if (step.twin !== undefined) return twinOf(step.twin);
  assert(step.client !== undefined, 'a step of this kind names a replica or a client');
  return clientProcess(step.client);
}
