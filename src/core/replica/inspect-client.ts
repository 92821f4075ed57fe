import { quorumsIn } from '#core/pbft/configuration.ts';
import type { WorkflowView } from '#core/persistent/index.ts';

import type { Client, Outstanding } from './client.ts';
import type { ClientInspection, Waiting } from './inspection.ts';

/** A client as plain data. */
export function inspectClient(
  client: Client,
  workflows: readonly WorkflowView[],
): ClientInspection {
  const { id, view, outstanding, queue, answers, incarnation } = client;
  return {
    kind: 'client',
    id,
    view,
    ...(outstanding && { outstanding: inspectOutstanding(client, outstanding) }),
    queue: queue.map(({ operation }) => operation),
    history: [...answers.values()],
    workflows,
    incarnation,
    waiting: outstanding === undefined ? [] : [waitingFor(client, outstanding)],
  };
}

function inspectOutstanding(
  { configuration }: Client,
  { index, request, replies }: Outstanding,
): NonNullable<ClientInspection['outstanding']> {
  return {
    index,
    timestamp: request.body.timestamp,
    operation: request.body.operation,
    replies: [...replies.values()].map(({ replica, result }) => ({ replica, result })),
    need: quorumsIn(configuration).weak,
  };
}

function waitingFor({ configuration }: Client, { replies }: Outstanding): Waiting {
  const results = [...replies.values()].map(({ result }) => result);
  const most = Math.max(0, ...results.map((a) => results.filter((b) => a === b).length));
  const { weak } = quorumsIn(configuration);
  return { text: `needs ${weak} replies with the same result, has ${most}` };
}
