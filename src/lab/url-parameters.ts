import type { Mode } from './lab-state.ts';

/** What a link to the lab can ask for; what it does not say is absent. */
export interface UrlParameters {
  readonly scenario?: string;
  /** A lesson; it brings its own scenario. */
  readonly lesson?: string;
  readonly replicas?: number;
  readonly seed?: number;
  readonly play?: boolean;
  readonly rate?: number;
  /** Where the disks are. */
  readonly storage?: 'indexeddb' | 'opfs' | 'memory';
  /** `strict`: a commit outlasts the loss of power too. */
  readonly durability?: 'relaxed' | 'strict';
  /** The virtual time at which the page opens. */
  readonly atMs?: number;
  /** The stage for a lecture hall. */
  readonly present?: boolean;
  /** The stage inside another page. */
  readonly embed?: boolean;
  /** The same replicas in real time, in the place of the lab. */
  readonly live?: boolean;
  /** Live mode: the most requests in a batch, how many clients, and whether the load begins at once. */
  readonly batch?: number;
  readonly clients?: number;
  readonly run?: boolean;
}

/** The rates that the transport offers, in virtual seconds per real second. */
export const rateMin = 0.01;
export const rateMax = 20;

/** How many replicas a page can run. */
export const replicasMax = 31;

interface Parameter {
  readonly name: string;
  readonly expected: string;
  readonly read: (text: string) => UrlParameters | undefined;
}

const parameters: readonly Parameter[] = [
  {
    name: 'scenario',
    expected: 'the name of a scenario',
    read: (text) => (text === '' ? undefined : { scenario: text }),
  },
  {
    name: 'lesson',
    expected: 'the name of a lesson',
    read: (text) => (/^[a-z0-9-]+$/.test(text) ? { lesson: text } : undefined),
  },
  {
    name: 'n',
    expected: `a number of replicas from 1 to ${replicasMax}`,
    read: (text) => integer(text, 1, replicasMax, (replicas) => ({ replicas })),
  },
  {
    name: 'seed',
    expected: 'a natural number',
    read: (text) => integer(text, 0, Number.MAX_SAFE_INTEGER, (seed) => ({ seed })),
  },
  {
    name: 'play',
    expected: '0 or 1',
    read: (text) => yesOrNo(text, (play) => ({ play })),
  },
  {
    name: 'present',
    expected: '0 or 1',
    read: (text) => yesOrNo(text, (present) => ({ present })),
  },
  {
    name: 'embed',
    expected: '0 or 1',
    read: (text) => yesOrNo(text, (embed) => ({ embed })),
  },
  {
    name: 'live',
    expected: '0 or 1',
    read: (text) => yesOrNo(text, (live) => ({ live })),
  },
  {
    name: 'batch',
    expected: 'a natural number',
    read: (text) => integer(text, 0, Number.MAX_SAFE_INTEGER, (batch) => ({ batch })),
  },
  {
    name: 'clients',
    expected: 'a natural number',
    read: (text) => integer(text, 0, Number.MAX_SAFE_INTEGER, (clients) => ({ clients })),
  },
  {
    name: 'run',
    expected: '0 or 1',
    read: (text) => yesOrNo(text, (run) => ({ run })),
  },
  {
    name: 'at',
    expected: 'virtual milliseconds',
    read: (text) => integer(text, 0, Number.MAX_SAFE_INTEGER, (atMs) => ({ atMs })),
  },
  {
    name: 'rate',
    expected: `virtual seconds per second, from ${rateMin} to ${rateMax}`,
    read: (text) => {
      const rate = Number(text);
      return text.trim() !== '' && rate >= rateMin && rate <= rateMax ? { rate } : undefined;
    },
  },
  {
    name: 'storage',
    expected: 'indexeddb, opfs or memory',
    read: (text) => oneOf(text, ['indexeddb', 'opfs', 'memory'], (storage) => ({ storage })),
  },
  {
    name: 'durability',
    expected: 'relaxed or strict',
    read: (text) => oneOf(text, ['relaxed', 'strict'], (durability) => ({ durability })),
  },
];

/** What an address may say. */
export const parameterNames: readonly string[] = parameters.map(({ name }) => name);

/** Reads the query of an address. What it cannot read it names, and leaves at its default. */
export function parseUrlParameters(query: string): {
  readonly parameters: UrlParameters;
  readonly problems: readonly string[];
} {
  const search = new URLSearchParams(query);
  const problems: string[] = [];
  let read: UrlParameters = {};
  for (const { name, expected, read: readOne } of parameters) {
    const text = search.get(name);
    if (text === null) continue;
    const value = readOne(text);
    if (value === undefined) problems.push(`${name}=${text}: expected ${expected}`);
    else read = { ...read, ...value };
  }
  return { parameters: read, problems };
}

/** What a page shows: inside another page only the stage, whatever else it is told. */
export function modeOf({ present = false, embed = false, live = false }: UrlParameters): Mode {
  if (embed) return 'embed';
  if (live) return 'live';
  return present ? 'present' : 'lab';
}

function yesOrNo(text: string, wrap: (value: boolean) => UrlParameters): UrlParameters | undefined {
  return text === '0' || text === '1' ? wrap(text === '1') : undefined;
}

function oneOf<T extends string>(
  text: string,
  words: readonly T[],
  wrap: (word: T) => UrlParameters,
): UrlParameters | undefined {
  const word = words.find((one) => one === text);
  return word === undefined ? undefined : wrap(word);
}

function integer(
  text: string,
  min: number,
  max: number,
  wrap: (value: number) => UrlParameters,
): UrlParameters | undefined {
  const value = Number(text);
  return /^\d+$/.test(text) && value >= min && value <= max ? wrap(value) : undefined;
}

/** `address` with the lesson or the scenario on show in it; one that is not built in has no name to be found by. */
export function addressOf(
  address: string,
  {
    scenarioName,
    scenarios,
    scenario,
    mode,
    lesson,
  }: {
    readonly mode: Mode;
    readonly scenarioName: string;
    readonly scenarios: readonly { readonly name: string }[];
    readonly scenario: { readonly replicas: number; readonly seed: number } | undefined;
    readonly lesson?: { readonly lesson: { readonly name: string } } | undefined;
  },
): string {
  const url = new URL(address);
  const isBuiltIn = scenarios.some(({ name }) => name === scenarioName);
  const ours = ['lesson', 'scenario', 'n', 'seed', 'present', 'embed', 'live'];
  if (mode !== 'live') ours.push('batch', 'clients', 'run');
  for (const name of ours) url.searchParams.delete(name);
  if (lesson !== undefined) url.searchParams.set('lesson', lesson.lesson.name);
  else if (isBuiltIn && scenario !== undefined) {
    url.searchParams.set('scenario', scenarioName);
    url.searchParams.set('n', String(scenario.replicas));
    url.searchParams.set('seed', String(scenario.seed));
  }
  if (mode !== 'lab') url.searchParams.set(mode, '1');
  return url.href;
}
