import { search, type SearchLimits } from '#core/simulation/oracle/search.ts';
import { leftOutRules, settingsOf } from '#core/simulation/oracle/step-replica.ts';
import type { Scope } from '#core/simulation/oracle/world.ts';

import {
  argumentsIn,
  BadInput,
  exitCodeOf,
  numberIn,
  terminal,
  type TimedTerminal,
} from './command.ts';

const usage =
  'npm run -s search -- [--replicas n] [--byzantine id|none|each] [--views V] [--places P] [--operations O]\n' +
  '  [--depth D] [--states S] [--without RULE]\n' +
  `rules: ${leftOutRules.join(', ')}`;

/** Searches all behaviours of a small cluster and prints pbft-lab/search@1. The exit code: 0 none is wrong, 1 one is, 2 bad input. */
export function main(args: readonly string[], on: TimedTerminal = terminal): number {
  return exitCodeOf(on, () => run(args, on));
}

function run(args: readonly string[], { out, nowMs }: TimedTerminal): number {
  const { scopes, limits } = orderIn(args);
  const searches = scopes.map((scope) => {
    const startMs = nowMs();
    const result = search(scope, limits);
    const seconds = Math.round((nowMs() - startMs) / 10) / 100;
    const { settings, lastView, places, operations, byzantine } = scope;
    const { n: replicas, quorum, leftOut } = settings;
    return {
      replicas,
      quorum,
      byzantine: byzantine ?? 'none',
      views: lastView + 1,
      places,
      operations,
      ...(leftOut !== undefined && { without: leftOut }),
      ...result,
      seconds,
    };
  });
  out(`${JSON.stringify({ format: 'pbft-lab/search@1', searches }, undefined, 2)}\n`);
  return searches.some(({ violation }) => violation !== undefined) ? 1 : 0;
}

interface Order {
  readonly scopes: readonly Scope[];
  readonly limits: SearchLimits;
}

function orderIn(args: readonly string[]): Order {
  const options = optionsIn(args);
  const n = numberIn('replicas', options['replicas'] ?? '4', 4);
  const lastView = numberIn('views', options['views'] ?? '2', 1) - 1;
  const places = numberIn('places', options['places'] ?? '1', 1);
  const operations = numberIn('operations', options['operations'] ?? '2', 1);
  const { without, depth, states } = options;
  const leftOut = leftOutRules.find((rule) => rule === without);
  if (leftOut === undefined && without !== undefined) {
    throw new BadInput(`--without: there is no rule ${without}\n${usage}`);
  }
  const f = Math.floor((n - 1) / 3);
  const settings = settingsOf({
    n,
    f,
    interval: 1000,
    logSize: places,
    batchMax: 1,
    pipeline: places,
    leftOut,
  });
  return {
    scopes: villainsIn(options['byzantine'] ?? 'each', n).map((byzantine) => ({
      settings,
      lastView,
      places,
      operations,
      byzantine,
    })),
    limits: {
      ...(depth !== undefined && { depth: numberIn('depth', depth, 1) }),
      ...(states !== undefined && { states: numberIn('states', states, 1) }),
      ...(leftOut !== undefined && { invariant: 'agreement' }),
    },
  };
}

/** Nobody, and every one of them in turn; backups that never lead are alike, but that is soon searched too. */
function villainsIn(byzantine: string, n: number): readonly (number | undefined)[] {
  const ids = Array.from({ length: n }, (_, id) => id);
  if (byzantine === 'each') return [undefined, ...ids];
  if (byzantine === 'none') return [undefined];
  const id = ids.find((id) => `${id}` === byzantine);
  if (id === undefined)
    throw new BadInput(`--byzantine: there is no replica ${byzantine}\n${usage}`);
  return [id];
}

function optionsIn(args: readonly string[]): Partial<Record<string, string>> {
  const text = { type: 'string' } as const;
  const options = {
    replicas: text,
    byzantine: text,
    views: text,
    places: text,
    operations: text,
    depth: text,
    states: text,
    without: text,
  };
  return argumentsIn({ args: [...args], options }, usage).values;
}
