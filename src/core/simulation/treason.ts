/**
 * One behaviour after the other (seeds that follow each other go through the whole catalogue), each in a place where it
 * matters and in company of what it needs to show itself. Up to f replicas are Byzantine, or one client: each of
 * these runs must be safe, and live for everybody else.
 */
import { defined } from '#core/base/assert.ts';
import { Random } from '#core/base/random.ts';
import { faultsTolerated } from '#core/pbft/quorum.ts';
import type { BehaviourEntry } from '#core/replica/byzantine/behaviour-entry.ts';
import { behaviourCatalogue } from '#core/replica/byzantine/catalogue.ts';

import type { Draft } from './random-faults.ts';
import { frame, submission } from './random-scenario.ts';
import { corruption, rogueLife, treachery } from './random-traitors.ts';
import type { Scenario, Step } from './scenario.ts';
import { strategies } from './strategies.ts';

/** In which plans a behaviour shows itself, and who should have it; any plan of these, and anybody, if nothing is said. */
interface Stageplay {
  readonly plans: readonly string[];
  readonly replica?: number;
}

const anyPlan: readonly string[] = [
  'no other fault',
  'no other fault',
  'everybody times out',
  'view changes in a row',
  'new view withheld from some',
  'primary cut off',
];

const asPrimary: Stageplay = { plans: anyPlan, replica: 0 };
const inViewChange: Stageplay = {
  plans: ['everybody times out', 'view changes in a row', 'prepared at one, then two view changes'],
};

const stageplays: Readonly<Record<string, Stageplay>> = {
  equivocate: asPrimary,
  censor: asPrimary,
  'skip-sequence': asPrimary,
  'exhaust-sequence': asPrimary,
  collude: { plans: anyPlan, replica: 2 },
  'lie-checkpoint': { plans: ['straggler beyond the window'] },
  'lie-state': { plans: ['straggler beyond the window'] },
  'hide-prepared': inViewChange,
  'bad-view-change': inViewChange,
  'bad-new-view': { ...inViewChange, replica: 1 },
};

/** The classes of faults that these scenarios make happen. */
export const treasonFaults: readonly string[] = behaviourCatalogue.map(({ of, name }) =>
  of === 'client' ? `byzantine client: ${name}` : `byzantine: ${name}`,
);

/** The scenario of a seed. */
export function treasonScenario(seed: number, replicas?: number): Scenario {
  const random = new Random(`treason/${seed}`);
  const entry = defined(
    behaviourCatalogue[seed % behaviourCatalogue.length],
    'there are behaviours',
  );
  // To collude takes two.
  const drawn = entry.name === 'collude' ? 7 : random.pick([4, 4, 5, 7]);
  const draft: Draft = { random, replicas: replicas ?? drawn, clients: 2, untilMs: 500 };
  const plan =
    entry.of === 'client'
      ? 'no other fault'
      : random.pick(stageplays[entry.name]?.plans ?? anyPlan);
  const accompanying = strategies.find(({ name }) => name === plan);
  const steps = [
    ...treasonOf(draft, entry),
    ...Array.from({ length: random.integer(3, 6) }, () => submission(draft)),
    ...(accompanying?.steps(draft) ?? []),
  ];
  const scenario = frame(seed, draft);
  const protocol = plan.startsWith('straggler')
    ? { ...scenario.protocol, checkpointInterval: 2, logSize: 4 }
    : scenario.protocol;
  return {
    ...scenario,
    name: `${entry.of} ${entry.name} ${seed}`,
    protocol,
    network: { ...scenario.network, loss: 0 },
    steps,
    until:
      entry.of === 'client'
        ? { atMs: rogueLife.untilAtMs }
        : { executed: steps.filter((step) => step.do === 'submit').length, atMs: 90_000 },
  };
}

/** Who is Byzantine, and how. */
function treasonOf(draft: Draft, entry: BehaviourEntry): readonly Step[] {
  const { random, replicas } = draft;
  if (entry.of === 'client') return treachery(draft, entry.name, random.integer(0, 1));
  const ids = Array.from({ length: replicas }, (_, i) => i);
  const replica = stageplays[entry.name]?.replica ?? random.pick([0, 1, random.pick(ids)]);
  const others = ids.filter((id) => id !== replica);
  const second = random.pick(others);
  const isPair = faultsTolerated(replicas) > 1 && (entry.name === 'collude' || random.next() < 0.5);
  const traitors = isPair ? [replica, second] : [replica];
  const first = corruption(draft, replica, traitors, entry.name);
  const company = isPair ? [corruption(draft, second, traitors)] : [];
  if (entry.name === 'lie-state') return [first, ...company, ...deafTo(others)];
  if (entry.name !== 'collude') return [first, ...company];
  const leader = { do: 'byzantine', replica: 0, behaviour: 'equivocate' } as const;
  const accomplice = { do: 'byzantine', replica, behaviour: 'collude', with: 0 } as const;
  return isPair ? [leader, accomplice] : [accomplice];
}

/** Some pieces of state are lost, so that who fetches them asks the liar too. */
function deafTo(others: readonly number[]): readonly Step[] {
  return others.map((from) => ({ do: 'drop', match: { type: 'data', from }, count: 8 }));
}
