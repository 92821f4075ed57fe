import type { ProcessId } from '#core/pbft/message.ts';
import type { Inspection } from '#core/replica/inspection.ts';
import { Archive } from '#core/simulation/archive.ts';
import { processesIn } from '#core/simulation/conductor.ts';
import type { Scenario } from '#core/simulation/scenario.ts';

/** What every process of a run was at one instant, by its id as text; one that did not run is absent. */
export type States = Readonly<Record<string, Inspection>>;

let archive: Archive | undefined;

/** Answers what the past was, by executing it again beside the cluster that goes on. */
export const historian = {
  statesAt(scenario: Scenario, atUs: number): States {
    if (archive?.follows(scenario) === true) archive.extend(scenario);
    else archive = new Archive(scenario);
    archive.reach(atUs);
    const states: Record<string, Inspection> = {};
    for (const process of processesIn(scenario)) {
      const inspection = archive.look(process, atUs);
      if (inspection !== undefined) states[String(process satisfies ProcessId)] = inspection;
    }
    return states;
  },
};

/** What the page asks. */
export type Historian = typeof historian;
