/**
 * Small-scope mutations, as ByzzFuzz does them: one replica is correct but for at most three spells in which one field of what
 * it says is a small step off, under its real signature; the network is divided for at most three phases.
 */
import { Random } from '#core/base/random.ts';
import { mutations } from '#core/replica/byzantine/behaviour-entry.ts';

import { phasePartition, phases, randomGroups } from './phase-partition.ts';
import type { Draft } from './random-faults.ts';
import { frame, submission } from './random-scenario.ts';
import type { Scenario, Step } from './scenario.ts';

/** The most spells, and the most divisions: c and d. */
const scope = 3;

/** The classes of faults that these scenarios make happen. */
export const mutationFaults: readonly string[] = ['byzantine: mutate', 'dropped: rule', 'new-view'];

/** The scenario of a seed. */
export function mutationScenario(seed: number, size?: number): Scenario {
  const random = new Random(`mutations/${seed}`);
  const drawn = random.pick([4, 4, 5, 7]);
  const draft: Draft = { random, replicas: size ?? drawn, clients: 1, untilMs: 300 };
  const operations = random.integer(2, 3);
  const scenario = frame(seed, draft);
  return {
    ...scenario,
    name: `mutations ${seed}`,
    network: { ...scenario.network, loss: 0 },
    steps: [
      ...spells(draft),
      ...Array.from({ length: operations }, () => submission(draft)),
      ...Array.from({ length: random.integer(0, scope) }, () =>
        phasePartition(
          { type: random.pick(phases), view: random.integer(0, 1) },
          randomGroups(draft),
        ),
      ).flat(),
      ...(random.next() < 0.5 ? impatience(draft) : []),
    ],
    until: { executed: operations, atMs: 90_000 },
  };
}

/** What one replica has wrong, spell by spell; after the last it is as good as any. */
function spells({ random, replicas, untilMs }: Draft): readonly Step[] {
  const replica = random.pick([0, 1, random.integer(0, replicas - 1)]);
  const others = Array.from({ length: replicas }, (_, i) => i).filter((i) => i !== replica);
  const count = random.integer(1, scope);
  const lengthMs = untilMs / count;
  return [
    ...Array.from({ length: count }, (_, i): Step => {
      const targets = others.filter(() => random.next() < 0.5);
      return {
        do: 'byzantine',
        replica,
        behaviour: 'mutate',
        how: random.pick(mutations),
        ...(targets.length > 0 && { targets }),
        at: i * lengthMs,
      };
    }),
    { do: 'byzantine', replica, behaviour: 'correct', at: untilMs + 300 },
  ];
}

function impatience({ random, replicas }: Draft): readonly Step[] {
  const at = random.integer(20, 200);
  return Array.from({ length: replicas }, (_, replica): Step => ({
    do: 'timeout',
    replica,
    at: at + random.integer(0, 20),
  }));
}
