import { Conductor } from './conductor.ts';
import { parseScenario } from './parse-scenario.ts';
import type { Failure } from './round.ts';
import type { ScenarioSource } from './scenario-schema.ts';
import { note, ToyHost, type Toy } from './toy-host.ts';

/** Nothing ever happens. */
export const quiet: Toy = () => ({});

/** Client 0 passes every operation on to replica 0, which passes it on to all the others. */
export const gossip: Toy = ({ process, input }) => {
  if (input.type === 'submit') return { outgoing: [{ to: 0, packet: note(input.operation) }] };
  if (process === 0 && input.type === 'deliver') {
    return { outgoing: [1, 2, 3].map((to) => ({ to, packet: note('passed on') })) };
  }
  return {};
};

/** Replica 1 has a timer at 20 ms, the instant at which a message reaches it. */
export const timed: Toy = (request) => {
  const { process, input, nowUs } = request;
  if (process === 1 && nowUs < 20_000) return { nextTimerUs: 20_000 };
  return input.type === 'timer' ? {} : gossip(request);
};

/** Replica 1 answers what reaches it. */
export const answering: Toy = (request) =>
  request.process === 1 && request.input.type === 'deliver'
    ? { outgoing: [{ to: 2, packet: note('answer') }] }
    : gossip(request);

/** Replica 1 accepts what reaches it. */
export const reaching: Toy = (request) =>
  request.process === 1 && request.input.type === 'deliver'
    ? { reports: [{ type: 'pre-prepared', view: 0, sequence: 1, digest: '' }] }
    : gossip(request);

/** There is always a timer. */
export const ticking: Toy = ({ nowUs }) => ({ nextTimerUs: nowUs + 100_000 });

/** Replica 2 cannot go on. */
export function failing(failure: Failure): Toy {
  return ({ process }) => (process === 2 ? failure : {});
}

/** A conductor of a small scenario and a host that has not begun to play it. */
export function run(
  source: Partial<ScenarioSource>,
  toy: Toy,
): { conductor: Conductor; host: ToyHost } {
  const parsed = parseScenario({
    format: 'pbft-lab/scenario@1',
    network: { latencyMs: [10, 10] },
    until: { atMs: 1000 },
    ...source,
  });
  if (!parsed.ok) throw new Error(parsed.problem);
  const conductor = new Conductor(parsed.scenario);
  return { conductor, host: new ToyHost(conductor, toy) };
}

/** What happened, or what happened to one process, by type. */
export function typesOf(conductor: Conductor, process?: number | string): readonly string[] {
  return conductor.trace
    .filter((event) => process === undefined || event.process === process)
    .map(({ type, lost }) => (lost === true ? `${type} (lost)` : type));
}
