'use persistent';

import type { Request, Signed } from '#core/pbft/message.ts';
import type { ClientId, Timestamp } from '#core/pbft/terms.ts';

/**
 * The requests that are known and not executed, first come first served, at most one per client.
 * A newer request of a client replaces its older one and goes to the tail.
 */
export class RequestQueue {
  readonly waiting = new Map<ClientId, Signed<Request>>();
  /** The newest request of each client that was proposed in this view: nothing is proposed twice. */
  readonly proposed = new Map<ClientId, Timestamp>();

  /** Whether the request is news: no request of this client as new as it waits. */
  add(request: Signed<Request>): boolean {
    const { client, timestamp } = request.body;
    const known = this.waiting.get(client);
    if (known !== undefined && known.body.timestamp >= timestamp) return false;
    this.waiting.delete(client);
    this.waiting.set(client, request);
    return true;
  }

  /** The request that has waited longest. */
  head(): Signed<Request> | undefined {
    const [first] = this.waiting.values();
    return first;
  }

  /** What a primary may propose, in order. */
  proposable(): readonly Signed<Request>[] {
    return [...this.waiting.values()].filter(
      ({ body }) => (this.proposed.get(body.client) ?? 0) < body.timestamp,
    );
  }

  /** Remembers that these are proposed. What the view began with may be older than what its primary has proposed since. */
  markProposed(batch: readonly Signed<Request>[]): void {
    for (const { body } of batch) {
      const newest = this.proposed.get(body.client) ?? 0;
      if (body.timestamp > newest) this.proposed.set(body.client, body.timestamp);
    }
  }

  /** Forgets what can no longer execute: the client's requests up to `timestamp`. */
  settle(client: ClientId, timestamp: Timestamp): void {
    const known = this.waiting.get(client);
    if (known !== undefined && known.body.timestamp <= timestamp) this.waiting.delete(client);
  }
}
