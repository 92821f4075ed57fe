import type { Ablation } from '#core/pbft/configuration.ts';

import type { Mutant } from './mutation.ts';

/** A mutant of pbft.md 6.4 that cannot be: it is about a part that is not built. */
interface Absent {
  readonly id: string;
  readonly what: string;
  readonly why: string;
}

/** Mutants of options that this product does not have. */
export const absent: readonly Absent[] = [
  { id: 'M19', what: 'read-only with writes of f + 1', why: 'all requests are ordered' },
  { id: 'M26', what: 'no rollback of tentative execution', why: 'execution is never tentative' },
  { id: 'M30', what: "watermarks counted over S'", why: 'view changes carry proofs, no MACs' },
];

/** A rule left out everywhere, whatever a scenario says. */
function ablated(id: string, what: string, ablation: Ablation): Mutant {
  return {
    id,
    what: `${what} (${ablation})`,
    edit: {
      file: 'core/pbft/configuration.ts',
      find: 'return c.ablation.includes(ablation);',
      replace: `return ablation === '${ablation}' || c.ablation.includes(ablation);`,
    },
  };
}

function seeded(id: string, what: string, file: string, find: string, replace: string): Mutant {
  return { id, what, edit: { file, find, replace } };
}

/** The seeded bugs of pbft.md 6.4, and the ablations that are none of them. */
export const mutants: readonly Mutant[] = [
  ablated('M1', "the primary's PREPARE counts", 'count-primary-prepare'),
  ablated('M2', 'votes are not deduplicated', 'no-vote-deduplication'),
  seeded(
    'M3',
    'a quorum is 2f',
    'core/pbft/quorum.ts',
    'quorum: Math.ceil((n + f + 1) / 2)',
    'quorum: Math.max(1, 2 * f)',
  ),
  ablated('M4', 'a quorum is 2f + 1, whatever n is', 'naive-quorum-2f+1'),
  seeded(
    'M5',
    'COMMITs count whatever their digest',
    'core/pbft/certificate.ts',
    'const matching = distinctVotes(c, commits).filter((commit) => isSame(commit.body, body));',
    'const matching = distinctVotes(c, commits);',
  ),
  seeded(
    'M6',
    'O takes the digest of the lowest view',
    'core/pbft/new-view.ts',
    'claims.sort((a, b) => b.view - a.view',
    'claims.sort((a, b) => a.view - b.view',
  ),
  seeded(
    'M7',
    'what has prepared is forgotten when a later view proposes for the place',
    'core/replica/voting.ts',
    'slot.proposal.complete(prePrepare);',
    'replica.prepared.delete(sequence);\n  slot.proposal.complete(prePrepare);',
  ),
  seeded(
    'M8',
    'V may hold one replica twice',
    'core/pbft/new-view.ts',
    'distinctViewChanges(c, viewChanges).length === viewChanges.length &&',
    '',
  ),
  ablated('M9', 'V may hold VIEW-CHANGEs for other views', 'any-view-in-new-view'),
  seeded(
    'M10',
    'the VIEW-CHANGEs in V are not checked',
    'core/pbft/new-view.ts',
    ' && !viewChangeRejection(c, body)',
    '',
  ),
  ablated('M11', 'the view is not stored', 'forget-view'),
  ablated('M12', 'messages leave before the record is written', 'send-before-commit'),
  ablated('M13', 'votes are not stored', 'forget-votes'),
  ablated('M14', 'checkpoints leave out the client table', 'no-checkpoint-table'),
  seeded(
    'M15',
    'the timer begins anew with any progress',
    'core/replica/timing.ts',
    'in view ${view}`',
    'in view ${view} after ${replica.lastExecuted}`',
  ),
  seeded(
    'M16',
    'anybody may propose',
    'core/pbft/pre-prepare-acceptance.ts',
    "return signer === primaryOf(body.view, c.n) ? undefined : 'not-the-primary';",
    'return undefined;',
  ),
  ablated('M17', 'a second PRE-PREPARE is accepted', 'accept-second-pre-prepare'),
  seeded(
    'M18',
    'signatures do not cover the type',
    'core/pbft/signing.ts',
    'configurationBytes(c), wireOf(body)]',
    'configurationBytes(c), wireOf(body).slice(1)]',
  ),
  seeded(
    'M20',
    'the timer of a view change does not double',
    'core/pbft/view-timing.ts',
    'return viewChangeTimeoutMs * 2 ** doublings;',
    'return viewChangeTimeoutMs + 0 * doublings;',
  ),
  seeded(
    'M21',
    'one VIEW-CHANGE is enough to join',
    'core/pbft/view-timing.ts',
    'above.length >= quorumsIn(configuration).weak',
    'above.length >= 1',
  ),
  seeded(
    'M22',
    'the highest view is joined',
    'core/pbft/view-timing.ts',
    '? above[0] : undefined',
    '? above.at(-1) : undefined',
  ),
  seeded(
    'M23',
    'a VIEW-CHANGE is sent once only',
    'core/replica/view-change.ts',
    "if (replica.view !== viewChange.body.nextView) return;\n    if (replica.maySay('view-change')) multicast(replica.others(), viewChange);",
    'if (replica.view !== viewChange.body.nextView) return;',
  ),
  seeded(
    'M24',
    'h itself is in the window',
    'core/pbft/standing.ts',
    'standing.lowWatermark < sequence',
    'standing.lowWatermark <= sequence',
  ),
  ablated('M25', 'what is decided executes in any order', 'no-execution-order'),
  seeded(
    'M27',
    'an invalid VIEW-CHANGE is filed among the valid ones',
    'core/pbft/view-change-acceptance.ts',
    "(rival && 'conflicting-view-change') ??\n    viewChangeRejection(c, body)",
    "(rival && 'conflicting-view-change')",
  ),
  ablated('M28', 'duplicates are found at acceptance only', 'no-client-table'),
  seeded(
    'M29',
    'the log goes before the checkpoint is stable',
    'core/replica/checkpointing.ts',
    'claims.own = message;',
    'claims.own = message;\n  for (const n of [...replica.slots.keys()]) if (n <= sequence) { replica.slots.delete(n); replica.prepared.delete(n); }',
  ),
  seeded(
    'M31',
    'a new view sets the last executed place back to min-s',
    'core/replica/new-view.ts',
    'replica.fixedUpTo = order.maxSequence;',
    'replica.fixedUpTo = order.maxSequence;\n  replica.ledger.lastExecuted = order.minSequence;',
  ),
  seeded(
    'M32',
    'a batch is not compared with its digest',
    'core/pbft/pre-prepare-acceptance.ts',
    "if (!isBodyOf(c, digest, batch)) return 'wrong-body';",
    '',
  ),
  seeded(
    'M33',
    'a replica without its past votes',
    'core/replica/replica.ts',
    "this.phase = 'learner';",
    "this.phase = 'normal';",
  ),
  seeded(
    'M34',
    'a client believes f replicas',
    'core/pbft/reply-acceptance.ts',
    'vouching.length >= quorumsIn(c).weak',
    'vouching.length >= quorumsIn(c).weak - 1',
  ),
  seeded(
    'M35',
    'a client believes the highest view claimed',
    'core/pbft/reply-acceptance.ts',
    '[quorumsIn(c).weak - 1]',
    '[0]',
  ),
  ablated('A1', 'no COMMIT', 'no-commit-phase'),
  ablated('A2', 'a quorum is f + 1', 'quorum-f+1'),
  ablated('A3', 'no signature is checked', 'no-signatures'),
  ablated('A4', 'O leaves out what has prepared', 'ignore-prepared-in-view-change'),
  ablated('A5', 'a NEW-VIEW is not checked', 'unchecked-new-view'),
];
