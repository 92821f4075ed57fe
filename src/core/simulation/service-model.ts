import type { ServiceName } from '#core/pbft/configuration.ts';
import { applyOperation } from '#core/pbft/service.ts';

import { Recent } from './checkers/recent.ts';

/** An operation as an execution reports it. */
export interface ModelOperation {
  readonly client: number;
  readonly timestamp: number;
  readonly operation: string;
}

/** One copy of the service with no replication: what the agreed sequence of operations comes to. */
export class ServiceModel {
  /** How many batches it has executed. */
  sequence = 0;
  private readonly service: ServiceName;
  private readonly entries = new Map<string, string>();
  private readonly latest = new Map<number, number>();
  private readonly results: Recent<string, string>;

  constructor(service: ServiceName, limit = Infinity) {
    this.service = service;
    this.results = new Recent(limit);
  }

  /** The model after some batches. */
  static after(
    service: ServiceName,
    batches: Iterable<{ readonly operations: readonly ModelOperation[] }>,
  ): ServiceModel {
    const model = new ServiceModel(service);
    for (const { operations } of batches) model.execute(operations);
    return model;
  }

  /** Applies the next batch; a request that is not newer than its client's last one is a duplicate. */
  execute(operations: readonly ModelOperation[]): void {
    this.sequence++;
    for (const { client, timestamp, operation } of operations) {
      if (timestamp <= (this.latest.get(client) ?? -1)) continue;
      this.latest.set(client, timestamp);
      const result = applyOperation(this.service, this.entries, operation);
      this.results.set(`${client}/${timestamp}`, result);
    }
  }

  /** What a request came to, if it has been executed. */
  resultOf(client: number, timestamp: number): string | undefined {
    return this.results.get(`${client}/${timestamp}`);
  }

  /** The state, key by key. */
  state(): ReadonlyMap<string, string> {
    return this.entries;
  }
}
