import type { Network, NetworkSettings } from '#core/network/network-settings.ts';
import type { TraceEvent } from '#core/network/trace-event.ts';
import type { DeedOf } from '#core/simulation/scenario.ts';

/** What the links do after these events: as the scenario begins, and as every step since has changed it. */
export function networkAfter(initial: Network, trace: readonly TraceEvent[]): Network {
  return trace.reduce<Network>(
    (network, event) => (event.type === 'command' ? withStep(network, event.step) : network),
    initial,
  );
}

function withStep(network: Network, text: string): Network {
  const step: unknown = JSON.parse(text);
  if (!isNetworkStep(step)) return network;
  const { latencyMs, loss, duplicate, links }: NetworkSettings = step;
  return {
    latencyMs: latencyMs ?? network.latencyMs,
    loss: loss ?? network.loss,
    duplicate: duplicate ?? network.duplicate,
    links: links ?? network.links,
  };
}

/** The trace has only steps that were read by the schema: the word says which. */
function isNetworkStep(step: unknown): step is DeedOf<'network'> {
  return typeof step === 'object' && step !== null && 'do' in step && step.do === 'network';
}
