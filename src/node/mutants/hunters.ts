/** What hunts mutants: test files, or the scenarios of a generator. */
export type Hunter =
  | {
      readonly name: string;
      /** Parts of paths: the test files whose path holds one of them run. */
      readonly tests: readonly string[];
      readonly except?: readonly string[];
    }
  | { readonly name: string; readonly generator: string; readonly scenarios: number };

const enumerations = ['permutation.test', 'crash.test'];

/** In the order of what they cost. */
export const hunters: readonly Hunter[] = [
  { name: 'rules', tests: ['src/core/pbft/'] },
  { name: 'workflows', tests: ['src/core/replica/'], except: enumerations },
  { name: 'permutations', tests: enumerations.map((file) => `src/core/replica/${file}`) },
  { name: 'strategies', generator: 'strategies', scenarios: 40 },
  { name: 'tongues', generator: 'tongues', scenarios: 80 },
  { name: 'twins', generator: 'twins', scenarios: 80 },
  { name: 'mutations', generator: 'mutations', scenarios: 80 },
  { name: 'treason', generator: 'treason', scenarios: 80 },
  { name: 'laggards', generator: 'laggards', scenarios: 36 },
  { name: 'swarm', generator: 'swarm', scenarios: 60 },
  { name: 'crash-points', generator: 'crash-points', scenarios: 60 },
  { name: 'library', tests: ['src/core/simulation/golden.test'] },
];
