import { correctReplica, type Checker } from './checker.ts';
import { Recent } from './recent.ts';

/** I7: every executed operation is one that its client signed: a correct client's own request. */
export function validOperations(limit = Infinity): Checker {
  const requested = new Recent<string, string | undefined>(limit);
  return {
    invariant: 'valid-operations',
    observe(event, cast) {
      if (event.type === 'sent' && event.header.kind === 'request') {
        const { client, timestamp, text, signer } = event.header;
        if (event.process === signer) requested.set(`${client}/${timestamp}`, text);
        return undefined;
      }
      const replica = correctReplica(event, cast);
      if (event.type !== 'executed' || replica === undefined) return undefined;
      const { sequence, id } = event;
      const invented = event.operations.find(
        ({ client, timestamp, operation }) =>
          cast.isCorrect(`c${client}`) && requested.get(`${client}/${timestamp}`) !== operation,
      );
      if (invented === undefined) return undefined;
      return {
        says: `replica ${replica} executes ${invented.operation}, which client ${invented.client} never requested`,
        sequence,
        evidence: [id],
      };
    },
  };
}
