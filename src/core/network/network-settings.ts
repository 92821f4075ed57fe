import type { ProcessId } from '#core/pbft/message.ts';

/** What one link does to messages: latency drawn between two bounds, probabilities of loss and duplication. */
export interface LinkSettings {
  readonly latencyMs: readonly [number, number];
  readonly loss: number;
  readonly duplicate: number;
}

/** A link that differs from the others. */
interface LinkException {
  readonly from: ProcessId;
  readonly to: ProcessId;
  readonly latencyMs?: readonly [number, number];
  readonly loss?: number;
  readonly duplicate?: number;
}

/** Latency, loss and duplication of the links, complete. */
export interface Network extends LinkSettings {
  readonly links: readonly LinkException[];
}

/** A change of those: what is absent stays as it is. */
export interface NetworkSettings {
  readonly latencyMs?: readonly [number, number];
  readonly loss?: number;
  readonly duplicate?: number;
  readonly links?: readonly LinkException[];
}

/** What holds for the link between two processes; of several exceptions the last one counts. */
export function linkSettings(network: Network, from: ProcessId, to: ProcessId): LinkSettings {
  const exception = network.links.findLast((link) => link.from === from && link.to === to);
  return {
    latencyMs: exception?.latencyMs ?? network.latencyMs,
    loss: exception?.loss ?? network.loss,
    duplicate: exception?.duplicate ?? network.duplicate,
  };
}
