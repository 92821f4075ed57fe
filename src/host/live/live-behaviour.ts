import type { Behaviour } from '#core/replica/process.ts';
import { problemInBehaviour } from '#core/simulation/behaviour-problem.ts';

import { LiveOptionsError } from './live-options.ts';

/** Those that need somebody who runs two processes together: only the lab's bus does. */
const notLive: readonly string[] = ['twin', 'collude'];

/** Refuses a behaviour that no replica of a live cluster can have, in words. Throws LiveOptionsError. */
export function requireBehaviour(replica: number, behaviour: Behaviour | null): void {
  if (behaviour === null) return;
  const { behaviour: name } = behaviour;
  if (notLive.includes(name)) throw new LiveOptionsError(`${name} is there in the lab only.`);
  const { targets, split, client, ms, with: partner, count, how } = behaviour;
  const problem = problemInBehaviour({
    do: 'byzantine',
    replica,
    behaviour: name,
    ...(targets && { targets: [...targets] }),
    ...(split && { split: [...split] }),
    ...(client !== undefined && { client }),
    ...(ms !== undefined && { ms }),
    ...(partner !== undefined && { with: partner }),
    ...(count !== undefined && { count }),
    ...(how !== undefined && { how }),
  });
  if (problem !== undefined) throw new LiveOptionsError(`${problem.field}: ${problem.says}.`);
}
