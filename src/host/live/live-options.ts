import {
  batchMaxLimit,
  configurationProblem,
  defaults,
  type Configuration,
} from '#core/pbft/configuration.ts';
import { faultsTolerated } from '#core/pbft/quorum.ts';

import type { LiveLoad, LiveMix, LiveOptions } from './live-report.ts';

/** Why a run cannot be started as asked, in words for the person who asked. */
export class LiveOptionsError extends Error {
  override readonly name = 'LiveOptionsError';
}

/** What may be asked for: everything else would be refused by the browser, or never end. */
const liveLimits = {
  n: { min: 4, max: 16 },
  batchMax: { min: 1, max: batchMaxLimit },
  pipeline: { min: 1, max: 64 },
  checkpointInterval: { min: 1, max: 1024 },
  clients: { min: 1, max: 2000 },
  rate: { min: 1, max: 100_000 },
  operations: { min: 1, max: 2_000_000 },
  share: { min: 0, max: 1000 },
} as const;

/** The operations of a run that names none. */
export const defaultMix: LiveMix = { put: 60, get: 30, add: 10 };

const checkpointIntervalDefault = 64;
/** What a primary of four is given to serve one client more: so long a full queue takes on a slow machine. */
const patienceMsPerClient = 5;
const patienceMs = { min: 1000, max: 10_000 };

/** The cluster that a run speaks of. Throws LiveOptionsError. */
export function liveConfiguration(options: LiveOptions): Configuration {
  const { n, seed, batchMax, pipeline, load } = options;
  const checkpointInterval = options.checkpointInterval ?? checkpointIntervalDefault;
  requireWithin('n', n, 'replicas');
  if (!Number.isSafeInteger(seed)) refuse(`The seed has to be an integer, not ${seed}.`);
  requireWithin('batchMax', batchMax, 'requests in a batch');
  requireWithin('pipeline', pipeline, 'batches in the pipeline');
  requireWithin('checkpointInterval', checkpointInterval, 'batches between two checkpoints');
  requireLoad(load);
  requireMix(options.mix ?? defaultMix);
  const { operations } = options;
  if (operations !== undefined) requireWithin('operations', operations, 'operations');

  // All replicas share the machine: more of them are slower.
  const patience = (n / 4) * (patienceMs.min + patienceMsPerClient * load.clients);
  const requestTimeoutMs = Math.min(Math.ceil(patience), patienceMs.max);
  const configuration: Configuration = {
    ...defaults,
    n,
    f: faultsTolerated(n),
    clients: load.clients,
    seed,
    checkpointInterval,
    logSize: 2 * checkpointInterval,
    batchMax,
    pipeline,
    requestTimeoutMs,
    viewChangeTimeoutMs: requestTimeoutMs,
    clientTimeoutMs: requestTimeoutMs,
  };
  const problem = configurationProblem(configuration);
  if (problem !== undefined) refuse(`${problem.field}: ${problem.says}.`);
  return configuration;
}

function requireLoad(load: LiveLoad): void {
  requireWithin('clients', load.clients, 'clients');
  if (load.kind === 'open') requireWithin('rate', load.rate, 'operations a second');
}

function requireMix(mix: LiveMix): void {
  for (const share of [mix.put, mix.get, mix.add])
    requireWithin('share', share, 'parts of the mix');
  if (mix.put + mix.get + mix.add === 0) refuse('The mix has no operation in it.');
}

function requireWithin(field: keyof typeof liveLimits, value: number, of: string): void {
  const { min, max } = liveLimits[field];
  if (Number.isSafeInteger(value) && value >= min && value <= max) return;
  refuse(`The number of ${of} has to be an integer from ${min} to ${max}, not ${value}.`);
}

function refuse(why: string): never {
  throw new LiveOptionsError(why);
}
