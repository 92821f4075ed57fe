import { ServiceModel } from '#core/simulation/service-model.ts';

import { correctReplica, type Checker } from './checker.ts';

/** I15: the result that a correct client accepts is that of the agreed sequence, computed anew. */
export function replyCorrect(limit = Infinity): Checker {
  let model: ServiceModel | undefined;
  return {
    invariant: 'reply-correct',
    observe(event, cast) {
      model ??= new ServiceModel(cast.configuration.service, limit);
      if (event.type === 'executed' && correctReplica(event, cast) !== undefined) {
        if (event.sequence === model.sequence + 1) model.execute(event.operations);
        return undefined;
      }
      if (event.type !== 'answered' || !cast.isCorrect(`c${event.client}`)) return undefined;
      const { client, timestamp, result, id } = event;
      const right = model.resultOf(client, timestamp);
      if (right === result) return undefined;
      return {
        says: `client ${client} accepts ${result} for its request ${timestamp}; the agreed sequence gives ${right ?? 'nothing yet'}`,
        evidence: [id],
      };
    },
  };
}
