import type { TraceEvent } from '#core/network/trace-event.ts';
import { quorumsOf } from '#core/pbft/quorum.ts';
import type { ClientInspection } from '#core/replica/inspection.ts';
import { linearizable } from '#core/simulation/checkers/linearizable.ts';
import { configurationOf } from '#core/simulation/configuration.ts';
import type { Scenario } from '#core/simulation/scenario.ts';

import { faultyIn } from './faulty.ts';

/** Why no order of operations explains what the clients were told so far; undefined if one does. */
export function unlinearizableIn(
  told: readonly TraceEvent[],
  scenario: Scenario,
): string | undefined {
  const faulty = faultyIn(told);
  const configuration = configurationOf(scenario);
  const cast = {
    configuration,
    quorums: quorumsOf(configuration.n, configuration.f),
    isCorrect: (process: Parameters<typeof faulty.has>[0]) => !faulty.has(process),
  };
  const checker = linearizable();
  for (const event of told) if (event.lost !== true) checker.observe?.(event, cast);
  return checker.conclude?.(cast)?.says;
}

/** The timer after which a client sends its request to everybody. */
export interface Retransmission {
  /** Its length: it doubles each time. */
  readonly ms: number;
  readonly dueMs: number;
  /** How often the request has been sent to everybody already. */
  readonly repeats: number;
}

/** The retransmission timer of a client, if it waits for an answer. */
export function retransmissionOf(
  { id, outstanding, workflows }: ClientInspection,
  told: readonly TraceEvent[],
  clientTimeoutMs: number,
): Retransmission | undefined {
  if (outstanding === undefined) return undefined;
  const waiting = workflows.find(({ function: name }) => name.endsWith('Client.request'));
  const patience = waiting?.locals['patience'];
  const sendings: number[] = [];
  for (let i = told.length - 1; i >= 0; i -= 1) {
    const event = told[i];
    if (event?.type !== 'requested' && event?.type !== 'retransmitted') continue;
    if (event.client !== id || event.lost === true) continue;
    sendings.push(event.atMs);
    if (event.type === 'requested') break;
  }
  const [lastMs] = sendings;
  if (lastMs === undefined || typeof patience !== 'number') return undefined;
  const ms = patience * clientTimeoutMs;
  return { ms, dueMs: lastMs + ms, repeats: sendings.length - 1 };
}

/** Replies with one result, and who gave it. */
export interface ResultGroup {
  readonly result: string;
  readonly replicas: readonly number[];
}

/** The replies to an operation by what they say, the most frequent result first. */
export function resultGroups(
  replies: NonNullable<ClientInspection['outstanding']>['replies'],
): readonly ResultGroup[] {
  const groups = new Map<string, number[]>();
  for (const { replica, result } of replies) {
    groups.set(result, [...(groups.get(result) ?? []), replica]);
  }
  return [...groups]
    .map(([result, replicas]) => ({ result, replicas: replicas.sort((a, b) => a - b) }))
    .sort((a, b) => b.replicas.length - a.replicas.length);
}
