import { assert } from '#core/base/assert.ts';
import { parseScenario, type ParsedScenario } from '#core/simulation/parse-scenario.ts';
import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';
import type { Scenario } from '#core/simulation/scenario.ts';

import { ablationSources } from './ablations.ts';
import { allCrashAndResume } from './all-crash-and-resume.ts';
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
import { lyingState } from './lying-state.ts';
import { messageLoss } from './message-loss.ts';
import { moreThanF } from './more-than-f.ts';
import { normalCase } from './normal-case.ts';
import { olderDisk } from './older-disk.ts';
import { partitionAndHeal } from './partition-and-heal.ts';
import { pausedBackup } from './paused-backup.ts';
import { preparedAcrossViews } from './prepared-across-views.ts';
import { rottenState } from './rotten-state.ts';
import { selectivePrimary } from './selective-primary.ts';
import { sequenceGap } from './sequence-gap.ts';
import { sevenReplicas } from './seven-replicas.ts';
import { silentBackup } from './silent-backup.ts';
import { silentPrimary } from './silent-primary.ts';
import { slowBackup } from './slow-backup.ts';
import { slowPrimary } from './slow-primary.ts';
import { stateTransfer } from './state-transfer.ts';
import { twoViewChanges } from './two-view-changes.ts';
import { wipedDisk } from './wiped-disk.ts';
import { wrongDigest } from './wrong-digest.ts';

/** A scenario that comes with the lab; its name serves wherever a file does. */
export interface BuiltInScenario {
  readonly name: string;
  readonly scenario: Scenario;
}

/** In the order in which a person should meet them. */
const sources: readonly (readonly [name: string, source: ScenarioSource])[] = [
  ['normal-case', normalCase],
  ['seven-replicas', sevenReplicas],
  ['slow-backup', slowBackup],
  ['crashed-backup-recovers', crashedBackupRecovers],
  ['crash-before-commit', crashBeforeCommit],
  ['crash-after-commit', crashAfterCommit],
  ['all-crash-and-resume', allCrashAndResume],
  ['client-crashes', clientCrashes],
  ['paused-backup', pausedBackup],
  ['silent-backup', silentBackup],
  ['selective-primary', selectivePrimary],
  ['equivocating-primary', equivocatingPrimary],
  ['double-voting-backup', doubleVotingBackup],
  ['wrong-digest', wrongDigest],
  ['forged-signature', forgedSignature],
  ['forged-sender', forgedSender],
  ['crashed-primary', crashedPrimary],
  ['silent-primary', silentPrimary],
  ['censoring-primary', censoringPrimary],
  ['slow-primary', slowPrimary],
  ['sequence-gap', sequenceGap],
  ['flooding-backup', floodingBackup],
  ['client-equivocates', clientEquivocates],
  ['two-view-changes', twoViewChanges],
  ['prepared-across-views', preparedAcrossViews],
  ['wiped-disk', wipedDisk],
  ['older-disk', olderDisk],
  ['forgetful-primary', forgetfulPrimary],
  ['state-transfer', stateTransfer],
  ['rotten-state', rottenState],
  ['partition-and-heal', partitionAndHeal],
  ['message-loss', messageLoss],
  ['held-commits', heldCommits],
  ['checkpoints', checkpoints],
  ['lying-state', lyingState],
  ['bank', bank],
  ['five-replicas-need-four', fiveReplicasNeedFour],
  ['more-than-f', moreThanF],
  ['colluding-pair', colludingPair],
  ...ablationSources,
];

/** Every built-in scenario, simple ones first. */
export const builtInScenarios: readonly BuiltInScenario[] = sources.map(([name, source]) => {
  const parsed = parseScenario(source);
  assert(
    parsed.ok,
    `the built-in scenario ${name} is valid${parsed.ok ? '' : `: ${parsed.problem}`}`,
  );
  return { name, scenario: parsed.scenario };
});

/** A scenario by its built-in name, or from what a person gave. */
export function loadScenario(nameOrObject: unknown): ParsedScenario {
  if (typeof nameOrObject !== 'string') return parseScenario(nameOrObject);
  const builtIn = builtInScenarios.find(({ name }) => name === nameOrObject);
  if (builtIn !== undefined) return { ok: true, scenario: builtIn.scenario };
  return { ok: false, problem: `there is no built-in scenario "${nameOrObject}"` };
}
