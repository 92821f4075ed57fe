import { defined } from '#core/base/assert.ts';
import { faultsTolerated } from '#core/pbft/quorum.ts';

import { runScenario, type Run } from './cluster.ts';
import { FaultCensus } from './fault-census.ts';
import type { Generator } from './generators.ts';
import { allows } from './ingredient.ts';
import type { Scenario, Verdict } from './scenario.ts';
import { shrink } from './shrink.ts';
import { slandered } from './slander.ts';

/** A run that did not come to what it must. */
export interface Failure {
  readonly generator: string;
  readonly seed: number;
  readonly invariants: readonly string[];
  readonly unmet: readonly string[];
  /** The smallest scenario found that fails in the same way. */
  readonly scenario: Scenario;
}

/** What a campaign has come to so far. */
export interface CampaignSummary {
  readonly scenarios: number;
  /** Scenarios in which correct replicas have decided something. */
  readonly deciding: number;
  readonly deliveries: number;
  readonly decided: number;
  readonly viewChanges: number;
  readonly newViews: number;
  readonly stateTransfers: number;
  /** Every class of fault, and how often it happened. */
  readonly fired: Readonly<Record<string, number>>;
  readonly violations: readonly Failure[];
}

/** What a person may fix of a campaign. */
export interface CampaignOptions {
  readonly firstSeed: number;
  /** The size of every cluster; otherwise each generator draws it. */
  readonly replicas?: number | undefined;
  /** How many runs the shrinking of one failure may take. */
  readonly shrinkRuns?: number;
}

const shrinkRunsDefault = 400;

/** How often each class of fault is aimed at before anything else is run. */
const eagerTries = 2;

/** Scenarios that are aimed are drawn from seeds of their own, so far behind the others. */
const aimedSeeds = 500_000;

/** How many seeds are looked at for a scenario that allows a class of fault. */
const aimingDraws = 1000;

/** A scenario and where it comes from. */
interface Drawn {
  readonly generator: string;
  readonly seed: number;
  readonly scenario: Scenario;
}

/**
 * Runs scenarios of some generators, one after the other, and keeps count. Each class of fault that has not happened yet is
 * aimed at, first of all, and later with every other scenario: what a campaign shows does not depend on its length.
 */
export class Campaign {
  private readonly generators: readonly Generator[];
  private readonly options: CampaignOptions;
  private readonly census = new FaultCensus();
  private readonly failures: Failure[] = [];
  /** How often each class of fault has been aimed at. */
  private readonly tries = new Map<string, number>();
  private scenarios = 0;
  /** How many of them were not aimed. */
  private inTurn = 0;
  private deciding = 0;
  private readonly sums = {
    delivered: 0,
    decided: 0,
    viewChanges: 0,
    newViews: 0,
    stateTransfers: 0,
  };

  constructor(generators: readonly Generator[], options: CampaignOptions) {
    this.generators = generators;
    this.options = options;
  }

  /** Runs the next scenario. */
  step(): void {
    const { scenario, ...source } = this.aimed() ?? this.next();
    this.scenarios++;
    const run = runScenario(scenario);
    this.census.add(run.trace);
    this.count(run.verdict);
    const kind = kindOf(scenario, settled(scenario, run));
    if (kind === 'none') return;
    this.failures.push({ ...source, ...this.failure(scenario, run, kind) });
  }

  /** Generators take turns; each sees seeds that follow each other. */
  private next(): Drawn {
    const turn = this.inTurn++;
    const generator = defined(
      this.generators[turn % this.generators.length],
      'there is a generator',
    );
    const seed = this.options.firstSeed + Math.floor(turn / this.generators.length);
    return {
      generator: generator.name,
      seed,
      scenario: generator.draw(seed, this.options.replicas),
    };
  }

  /** A scenario for the class of fault that is still missing and has been aimed at least often. */
  private aimed(): Drawn | undefined {
    const missing = this.faults.filter((fault) => this.census.of(fault) === 0);
    const fewest = Math.min(...missing.map((fault) => this.triesOf(fault)));
    const fault = missing.find((candidate) => this.triesOf(candidate) === fewest);
    if (fault === undefined || (fewest >= eagerTries && this.scenarios % 2 === 0)) return undefined;
    this.tries.set(fault, fewest + 1);
    // Whose trade the fault is comes after those that only come across it.
    const makers = this.generators.filter(({ faults }) => faults.includes(fault)).toReversed();
    const generator = defined(makers[fewest % makers.length], 'somebody makes it happen');
    return this.drawFor(fault, generator, fewest);
  }

  /** The first scenario of a generator that allows the fault, from other seeds with each try. */
  private drawFor(fault: string, generator: Generator, tried: number): Drawn | undefined {
    const { firstSeed, replicas } = this.options;
    const from = firstSeed + aimedSeeds + tried * aimingDraws;
    for (let seed = from; seed < from + aimingDraws; seed++) {
      const scenario = generator.draw(seed, replicas);
      if (allows(scenario, fault)) return { generator: generator.name, seed, scenario };
    }
    return undefined;
  }

  private triesOf(fault: string): number {
    return this.tries.get(fault) ?? 0;
  }

  get summary(): CampaignSummary {
    const { delivered: deliveries, ...sums } = this.sums;
    return {
      scenarios: this.scenarios,
      deciding: this.deciding,
      deliveries,
      ...sums,
      fired: this.census.table(this.faults),
      violations: this.failures,
    };
  }

  /** What has to happen: to collude takes two, so not where every cluster tolerates one. */
  private get faults(): readonly string[] {
    const { replicas } = this.options;
    const isPairPossible = replicas === undefined || faultsTolerated(replicas) > 1;
    return this.generators
      .flatMap(({ faults }) => faults)
      .filter((fault) => isPairPossible || fault !== 'byzantine: collude');
  }

  /** Why the campaign shows nothing, if so: too little decided, or a fault that never happened. */
  get vacuity(): readonly string[] {
    const { fired } = this.summary;
    const never = Object.keys(fired).filter((fault) => fired[fault] === 0);
    return [
      ...(this.deciding < this.scenarios * 0.8 || this.scenarios === 0
        ? [`only ${this.deciding} of ${this.scenarios} scenarios decided anything`]
        : []),
      ...never.map((fault) => `never happened: ${fault}`),
    ];
  }

  private count({ counts }: Verdict): void {
    if (counts.decided > 0) this.deciding++;
    for (const name of [
      'delivered',
      'decided',
      'viewChanges',
      'newViews',
      'stateTransfers',
    ] as const) {
      this.sums[name] += counts[name];
    }
  }

  private failure(
    scenario: Scenario,
    { verdict }: Run,
    kind: string,
  ): Pick<Failure, 'invariants' | 'unmet' | 'scenario'> {
    const fails = (candidate: Scenario): boolean =>
      kindOf(candidate, settled(candidate, runScenario(candidate))) === kind;
    return {
      invariants: verdict.violations.map(({ invariant }) => invariant),
      unmet: verdict.unmet,
      scenario: shrink(scenario, fails, this.options.shrinkRuns ?? shrinkRunsDefault),
    };
  }
}

/** How much longer a run goes on that has ended with its last answer, in ms. */
const settlingMs = 5000;

/**
 * The verdict on a run whose replicas have had time to agree: one that ends with its last answer may end before a
 * place without a new request in it, which a Byzantine primary has added, is decided everywhere.
 */
function settled(scenario: Scenario, run: Run): Run {
  const { ended, endedAtMs } = run.verdict;
  if (kindOf(scenario, run) !== 'not live' || ended !== 'executed') return run;
  return runScenario({ ...scenario, until: { atMs: endedAtMs + settlingMs } });
}

/**
 * What kind of failure a run is: the first invariant that it breaks, a contradiction, a correct replica
 * proven faulty, or not being live. A step that
 * cannot be done is none: nobody knows beforehand which timers run.
 */
function kindOf(scenario: Scenario, { verdict, trace }: Run): string {
  const { live, ended, violations } = verdict;
  const [first] = violations;
  if (first !== undefined) return first.invariant;
  if (ended === 'failed') return 'failed';
  if (slandered(scenario, trace).length > 0) return 'slander';
  return live ? 'none' : 'not live';
}
