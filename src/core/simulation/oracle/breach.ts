import type { SearchStep } from './guards.ts';
import { cloneOf } from './step-replica.ts';
import { step } from './step.ts';
import type { SymbolicVote } from './symbols.ts';
import type { Scope, World } from './world.ts';

/** How a world breaks what pbft.md 1.19 promises. */
export interface Breach {
  readonly invariant: 'agreement' | 'prepared-unique' | 'view-preserved';
  readonly says: string;
  /** What two correct replicas can decide; each with the COMMITs that do it, none if a replica already has. */
  readonly certificates: readonly (readonly SymbolicVote[])[];
}

/**
 * Whether a world breaks agreement, prepare-unique or view-preserved (I1-I3). Who prepares says COMMIT in the same
 * turn, so what was said tells it all. Any Q COMMITs can reach any replica, so two of them for two digests are a fork.
 */
export function breachIn(
  world: World,
  scope: Scope,
  wanted?: Breach['invariant'],
): { readonly breach: Breach | undefined; readonly isDecided: boolean } {
  let isDecided = false;
  for (let sequence = 1; sequence <= scope.places; sequence++) {
    const commits = world.said.flatMap((message) =>
      message.type === 'commit' && message.sequence === sequence ? [message] : [],
    );
    const groups = groupsOf(commits);
    const deciding = [
      ...groups.filter((group) => decides(group, scope)),
      ...learned(world, sequence),
    ];
    if (deciding.length > 0) isDecided = true;
    const breach = [
      fork(deciding, sequence),
      preparedTwice(groups, sequence),
      unpreserved(groups, scope),
    ].find((found) => found !== undefined && (wanted ?? found.invariant) === found.invariant);
    if (breach !== undefined) return { breach, isDecided };
  }
  return { breach: undefined, isDecided };
}

interface Group {
  readonly view: number;
  readonly digest: string;
  readonly commits: readonly SymbolicVote[];
}

function groupsOf(commits: readonly SymbolicVote[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const commit of commits) {
    const { view, digest } = commit;
    const key = `${view} ${digest}`;
    groups.set(key, { view, digest, commits: [...(groups.get(key)?.commits ?? []), commit] });
  }
  return [...groups.values()];
}

/** The Byzantine replica says COMMIT to whatever helps. */
function decides({ commits }: Group, { settings, byzantine }: Scope): boolean {
  return commits.length + (byzantine === undefined ? 0 : 1) >= settings.quorum;
}

/** What replicas have decided without a certificate: only where a rule is left out. */
function learned({ replicas }: World, sequence: number): readonly Group[] {
  return replicas.flatMap(({ places }) => {
    const decided = places.get(sequence)?.decided;
    return decided === undefined ? [] : [{ ...decided, commits: [] }];
  });
}

function fork(deciding: readonly Group[], sequence: number): Breach | undefined {
  const [first] = deciding;
  const rival = deciding.find(({ digest }) => digest !== first?.digest);
  if (first === undefined || rival === undefined) return undefined;
  const says = `at ${sequence}, ${first.digest} is decided in view ${first.view} and ${rival.digest} in view ${rival.view}`;
  return { invariant: 'agreement', says, certificates: [first.commits, rival.commits] };
}

function preparedTwice(groups: readonly Group[], sequence: number): Breach | undefined {
  for (const { view, digest } of groups) {
    const rival = groups.find((group) => group.view === view && group.digest !== digest);
    if (rival === undefined) continue;
    const says = `at ${sequence}, both ${digest} and ${rival.digest} prepare in view ${view}`;
    return { invariant: 'prepared-unique', says, certificates: [] };
  }
  return undefined;
}

/** Committed: prepared at Q - f correct replicas (pbft.md 1.6). */
function unpreserved(groups: readonly Group[], { settings }: Scope): Breach | undefined {
  const sound = Math.ceil((settings.n + settings.f + 1) / 2);
  for (const { view, digest, commits } of groups) {
    if (commits.length < sound - settings.f) continue;
    const rival = groups.find((group) => group.view > view && group.digest !== digest);
    if (rival === undefined) continue;
    const says = `${digest} is committed in view ${view}, and ${rival.digest} prepares in view ${rival.view}`;
    return { invariant: 'view-preserved', says, certificates: [] };
  }
  return undefined;
}

/** The last steps of a fork: two replicas hear the COMMITs, and their ledgers differ. */
export function confirmed(
  { replicas }: World,
  { settings, byzantine }: Scope,
  { certificates }: Breach,
): readonly SearchStep[] {
  const done: SearchStep[] = [];
  for (const commits of certificates) {
    const [first] = commits;
    if (first === undefined) continue;
    const forged = byzantine === undefined ? [] : [{ ...first, by: byzantine }];
    for (const replica of replicas) {
      if (done.some((step) => step.replica === replica.id)) continue;
      const me = cloneOf(replica);
      for (const message of [...commits, ...forged]) {
        step(settings, me, { type: 'deliver', from: message.by, message });
      }
      const { view, sequence, digest } = first;
      if (me.places.get(sequence)?.decided?.digest !== digest) continue;
      const says = `replica ${me.id} hears the COMMITs of ${commits.map(({ by }) => by).join(', ')} and decides ${digest} at ${sequence}`;
      done.push({ replica: me.id, deed: 'decides', view, sequence, digest, says });
      break;
    }
  }
  return done;
}
