import { correctReplica, type Checker } from './checker.ts';
import { Recent } from './recent.ts';

/** I5: a replica applies a request (c, t) at most once, and its result is the same at all of them. */
export function exactlyOnce(limit = Infinity): Checker {
  const applied = new Recent<string, number>(limit);
  const results = new Recent<string, { readonly result: string; readonly event: number }>(limit);
  return {
    invariant: 'exactly-once',
    observe(event, cast) {
      const replica = correctReplica(event, cast);
      if (event.type !== 'executed' || replica === undefined) return undefined;
      const { sequence, id } = event;
      for (const { client, timestamp, result, duplicate } of event.operations) {
        if (duplicate) continue;
        const request = `request ${timestamp} of client ${client}`;
        const twice = applied.get(`${replica}: ${request}`);
        if (twice !== undefined) {
          const says = `replica ${replica} applies ${request} twice`;
          return { says, sequence, evidence: [twice, id] };
        }
        applied.set(`${replica}: ${request}`, id);
        const first = results.get(request) ?? { result, event: id };
        results.set(request, first);
        if (first.result !== result) {
          const says = `${request} has two results: ${first.result} and ${result}`;
          return { says, sequence, evidence: [first.event, id] };
        }
      }
      return undefined;
    },
  };
}
