import { assert } from '#core/base/assert.ts';
import { parseScenario, type ParsedScenario } from '#core/simulation/parse-scenario.ts';
import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';
import type { Scenario } from '#core/simulation/scenario.ts';

import { ablationSources } from './ablations.ts';
import { allCrashAndResume } from './all-crash-and-resume.ts';
import { amnesia } from './amnesia.ts';
import { bank } from './bank.ts';
import { censoringPrimary } from './censoring-primary.ts';
import { checkpoints } from './checkpoints.ts';
import { clientCrashes } from './client-crashes.ts';
import { clientEquivocates } from './client-equivocates.ts';
import { colludingPair } from './colluding-pair.ts';
import { crashAfterCommit } from './crash-after-commit.ts';
import { crashBeforeCommit } from './crash-before-commit.ts';
import { crashedBackupRecovers } from './crashed-backup-recovers.ts';
import { crashedPrimary } from './crashed-primary.ts';
import { doubleVotingBackup } from './double-voting-backup.ts';
import { equivocatingPrimary } from './equivocating-primary.ts';
import { fiveReplicasNeedFour } from './five-replicas-need-four.ts';
import { floodingBackup } from './flooding-backup.ts';
import { forgedSender } from './forged-sender.ts';
import { forgedSignature } from './forged-signature.ts';
import { forgetfulPrimary } from './forgetful-primary.ts';
import { heldCommits } from './held-commits.ts';
import { lyingBackup } from './lying-backup.ts';
import { lyingState } from './lying-state.ts';
import { messageLoss } from './message-loss.ts';
import { moreThanF } from './more-than-f.ts';
import { normalCase } from './normal-case.ts';
import { olderDisk } from './older-disk.ts';
import { partitionAndHeal } from './partition-and-heal.ts';
import { pausedBackup } from './paused-backup.ts';
import { preparedAcrossViews } from './prepared-across-views.ts';
import { replay } from './replay.ts';
import { rottenState } from './rotten-state.ts';
import { selectivePrimary } from './selective-primary.ts';
import { sequenceGap } from './sequence-gap.ts';
import { sevenReplicas } from './seven-replicas.ts';
import { silentBackup } from './silent-backup.ts';
import { silentPrimary } from './silent-primary.ts';
import { slowBackup } from './slow-backup.ts';
import { slowPrimary } from './slow-primary.ts';
import { stateTransfer } from './state-transfer.ts';
import { twinPrimary } from './twin-primary.ts';
import { twoViewChanges } from './two-view-changes.ts';
import { wipedDisk } from './wiped-disk.ts';
import { wrongDigest } from './wrong-digest.ts';

// What scenarios are about; the chooser groups them by it.
const families = [
  'Normal',
  'Faults',
  'Byzantine',
  'View change',
  'Storage',
  'Beyond f',
  'Rules left out',
] as const;

/** One of the families. */
export type Family = (typeof families)[number];

/** A scenario that comes with the lab; its name serves wherever a file does. */
export interface BuiltInScenario {
  readonly name: string;
  readonly family: Family;
  readonly scenario: Scenario;
}

type Sources = readonly (readonly [name: string, source: ScenarioSource])[];

/** In the order in which a person should meet them. */
const sources: Readonly<Record<Family, Sources>> = {
  Normal: [
    ['normal-case', normalCase],
    ['seven-replicas', sevenReplicas],
    ['five-replicas-need-four', fiveReplicasNeedFour],
    ['held-commits', heldCommits],
    ['checkpoints', checkpoints],
    ['bank', bank],
  ],
  Faults: [
    ['slow-backup', slowBackup],
    ['crashed-backup-recovers', crashedBackupRecovers],
    ['crash-before-commit', crashBeforeCommit],
    ['crash-after-commit', crashAfterCommit],
    ['all-crash-and-resume', allCrashAndResume],
    ['client-crashes', clientCrashes],
    ['paused-backup', pausedBackup],
    ['partition-and-heal', partitionAndHeal],
    ['message-loss', messageLoss],
  ],
  Byzantine: [
    ['silent-backup', silentBackup],
    ['lying-backup', lyingBackup],
    ['double-voting-backup', doubleVotingBackup],
    ['wrong-digest', wrongDigest],
    ['forged-signature', forgedSignature],
    ['forged-sender', forgedSender],
    ['replay', replay],
    ['flooding-backup', floodingBackup],
    ['client-equivocates', clientEquivocates],
    ['selective-primary', selectivePrimary],
    ['slow-primary', slowPrimary],
    ['sequence-gap', sequenceGap],
    ['equivocating-primary', equivocatingPrimary],
    ['twin-primary', twinPrimary],
  ],
  'View change': [
    ['crashed-primary', crashedPrimary],
    ['silent-primary', silentPrimary],
    ['censoring-primary', censoringPrimary],
    ['two-view-changes', twoViewChanges],
    ['prepared-across-views', preparedAcrossViews],
  ],
  Storage: [
    ['wiped-disk', wipedDisk],
    ['older-disk', olderDisk],
    ['forgetful-primary', forgetfulPrimary],
    ['state-transfer', stateTransfer],
    ['lying-state', lyingState],
    ['rotten-state', rottenState],
  ],
  'Beyond f': [
    ['more-than-f', moreThanF],
    ['colluding-pair', colludingPair],
    ['amnesia', amnesia],
  ],
  'Rules left out': ablationSources,
};

/** Every built-in scenario, family by family, simple ones first. */
export const builtInScenarios: readonly BuiltInScenario[] = families.flatMap((family) =>
  sources[family].map(([name, source]) => {
    const parsed = parseScenario(source);
    assert(
      parsed.ok,
      `the built-in scenario ${name} is valid${parsed.ok ? '' : `: ${parsed.problem}`}`,
    );
    return { name, family, scenario: parsed.scenario };
  }),
);

/** A scenario by its built-in name, or from what a person gave. */
export function loadScenario(nameOrObject: unknown): ParsedScenario {
  if (typeof nameOrObject !== 'string') return parseScenario(nameOrObject);
  const builtIn = builtInScenarios.find(({ name }) => name === nameOrObject);
  if (builtIn !== undefined) return { ok: true, scenario: builtIn.scenario };
  return { ok: false, problem: `there is no built-in scenario "${nameOrObject}"` };
}
