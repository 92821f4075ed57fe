/** What a behaviour may be told, and by which control a person tells it. */
export interface BehaviourOption {
  readonly name: 'targets' | 'split' | 'client' | 'ms' | 'with' | 'count' | 'how';
  readonly kind: 'processes' | 'replicas' | 'replica' | 'client' | 'number' | 'choice';
  readonly words: string;
  /** What holds if nothing is said, in words. */
  readonly initial: string;
  readonly required?: true;
  /** `choice`: what there is to choose from. */
  readonly choices?: readonly string[];
}

/** A way to be Byzantine, and who may be so. */
export interface BehaviourEntry {
  readonly name: string;
  readonly of: 'replica' | 'client';
  /** One sentence for a person. */
  readonly words: string;
  readonly options: readonly BehaviourOption[];
}

/** `wrong-sequence`: where a message is put. */
export const wrongPlaces = ['next', 'first', 'settled', 'beyond', 'far'] as const;

/** `mutate`: the step that a field is off, or what happens to a list. */
export const mutations = [
  'view-up',
  'view-down',
  'place-up',
  'place-down',
  'other-digest',
  'null-digest',
  'first-away',
  'last-away',
  'last-twice',
] as const;

/** `lie-state`: what is wrong with what others fetch. */
export const stateLies = ['bad-chunk', 'bad-meta', 'truncated', 'alternate'] as const;

/** `bad-view-change`: what is wrong with it (A-V3, A-V5). */
export const viewChangeFaults = [
  'missing-checkpoints',
  'wrong-checkpoints',
  'other-checkpoint',
  'older-checkpoint',
  'few-prepares',
  'repeated-signer',
  'prepare-of-primary',
  'mixed-digests',
  'wrong-primary',
  'view-too-high',
  'place-too-low',
  'place-too-high',
  'two-entries',
  'two-faced',
] as const;

/** `bad-new-view`: what is wrong with O (A-V7). */
export const orderFaults = [
  'entry-omitted',
  'other-digest',
  'null-for-prepared',
  'lower-view',
  'entry-above',
  'entry-below',
  'entry-twice',
  'entry-of-other-view',
  'entry-unsigned',
] as const;

/** `bad-new-view`: what is wrong with V (A-V8). */
export const voteFaults = [
  'too-few-votes',
  'vote-twice',
  'vote-for-other-view',
  'invalid-vote',
  'forged-vote',
  'vote-of-stranger',
] as const;

/** `bad-new-view`: all that can be wrong with it; A-V17 is two of them that are right. */
export const newViewFaults = [...orderFaults, ...voteFaults, 'two-faced'] as const;

/** An option that is a number of times. */
export const count = (words: string, initial: number): BehaviourOption => ({
  name: 'count',
  kind: 'number',
  words,
  initial: String(initial),
});

/** An option that is a choice; a seeded one if nothing is said. */
export const how = (words: string, choices: readonly string[]): BehaviourOption => ({
  name: 'how',
  kind: 'choice',
  words,
  initial: 'each time another',
  choices,
});
