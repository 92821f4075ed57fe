import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

import { ablationAcceptSecondPrePrepare } from './ablation-accept-second-pre-prepare.ts';
import { ablationAnyView } from './ablation-any-view.ts';
import { ablationCountPrimaryPrepare } from './ablation-count-primary-prepare.ts';
import { ablationForgetView } from './ablation-forget-view.ts';
import { ablationForgetVotes } from './ablation-forget-votes.ts';
import { ablationIgnorePrepared } from './ablation-ignore-prepared.ts';
import { ablationNoCheckpointTable } from './ablation-no-checkpoint-table.ts';
import { ablationNoClientTable } from './ablation-no-client-table.ts';
import { ablationNoExecutionOrder } from './ablation-no-execution-order.ts';
import { ablationNoSignatures } from './ablation-no-signatures.ts';
import { ablationUncheckedNewView } from './ablation-unchecked-new-view.ts';
import { ablationWeakQuorum } from './ablation-weak-quorum.ts';
import { naiveQuorum } from './naive-quorum.ts';
import { noCommitPhase } from './no-commit-phase.ts';
import { sendBeforeCommit } from './send-before-commit.ts';

/** What each rule is for: one scenario for each that can be left out, in which that does harm. */
export const ablationSources: readonly (readonly [name: string, source: ScenarioSource])[] = [
  ['no-commit-phase', noCommitPhase],
  ['naive-quorum', naiveQuorum],
  ['ablation-weak-quorum', ablationWeakQuorum],
  ['ablation-no-signatures', ablationNoSignatures],
  ['ablation-count-primary-prepare', ablationCountPrimaryPrepare],
  ['ablation-accept-second-pre-prepare', ablationAcceptSecondPrePrepare],
  ['ablation-ignore-prepared', ablationIgnorePrepared],
  ['ablation-any-view', ablationAnyView],
  ['ablation-unchecked-new-view', ablationUncheckedNewView],
  ['send-before-commit', sendBeforeCommit],
  ['ablation-forget-votes', ablationForgetVotes],
  ['ablation-forget-view', ablationForgetView],
  ['ablation-no-execution-order', ablationNoExecutionOrder],
  ['ablation-no-client-table', ablationNoClientTable],
  ['ablation-no-checkpoint-table', ablationNoCheckpointTable],
];
