import { Random } from '#core/base/random.ts';
import type { ProcessId } from '#core/pbft/message.ts';

import type { LinkSettings } from './network-settings.ts';

/** What chance has in store for one message on one link. */
export interface Fate {
  readonly lost: boolean;
  readonly duplicated: boolean;
  readonly latencyUs: number;
  readonly copyLatencyUs: number;
}

/**
 * The four draws of the k-th message from `from` to `to`: loss, duplicate, latency, latency of the copy.
 *
 * They are keyed by (seed, from, to, k) alone, so no step that drops, holds or copies a message
 * changes the fate of another one.
 */
export function fateOf(
  key: {
    readonly seed: number;
    readonly from: ProcessId;
    readonly to: ProcessId;
    readonly k: number;
  },
  settings: LinkSettings,
): Fate {
  const random = new Random(`link/${key.seed}/${key.from}/${key.to}/${key.k}`);
  const [loss, duplicate, latency, copy] = [
    random.next(),
    random.next(),
    random.next(),
    random.next(),
  ];
  return {
    lost: loss < settings.loss,
    duplicated: duplicate < settings.duplicate,
    latencyUs: latencyUs(latency, settings),
    copyLatencyUs: latencyUs(copy, settings),
  };
}

function latencyUs(draw: number, { latencyMs: [lowest, highest] }: LinkSettings): number {
  const lowestUs = Math.max(1000, Math.round(lowest * 1000));
  const highestUs = Math.max(lowestUs, Math.round(highest * 1000));
  return lowestUs + Math.floor(draw * (highestUs - lowestUs + 1));
}
