import { correctReplica, type Checker } from './checker.ts';

/**
 * I6: an operation that was answered before another one was requested comes before it in the agreed
 * order. With one total order, each request in it once and every reply the result of that order
 * (agreement, exactly-once, reply-correct) this is all that linearizability asks for.
 */
export function linearizable(): Checker {
  const places = new Map<string, number>();
  const floors = new Map<string, { readonly place: number; readonly event: number }>();
  let answered = { place: 0, event: 0 };
  let next = 1;
  return {
    invariant: 'linearizable',
    observe(event, cast) {
      if (event.type === 'requested') {
        floors.set(`${event.client}/${event.timestamp}`, answered);
      }
      if (event.type === 'answered') {
        const place = places.get(`${event.client}/${event.timestamp}`) ?? 0;
        if (place > answered.place) answered = { place, event: event.id };
      }
      if (event.type !== 'executed' || correctReplica(event, cast) === undefined) return undefined;
      for (const { client, timestamp, duplicate } of event.operations) {
        const request = `${client}/${timestamp}`;
        if (duplicate || places.has(request)) continue;
        places.set(request, next++);
        const floor = floors.get(request);
        if (floor === undefined || (places.get(request) ?? 0) > floor.place) continue;
        return {
          says: `request ${timestamp} of client ${client} takes effect before one that was answered before it was made`,
          sequence: event.sequence,
          evidence: [floor.event, event.id],
        };
      }
      return undefined;
    },
  };
}
