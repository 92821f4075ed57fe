import type { MessageHeader } from '#core/network/trace-event.ts';

import { correctReplica, type Checker, type Problem } from './checker.ts';
import { Recent } from './recent.ts';

interface Word {
  readonly content: string;
  readonly event: number;
}

/** What is said about one place in one view. */
const votes: ReadonlySet<string> = new Set(['pre-prepare', 'prepare', 'commit']);

/**
 * I9: whatever happened to it, a correct replica speaks for one digest: per view and sequence number
 * in PRE-PREPARE, PREPARE and COMMIT alike, per sequence number in CHECKPOINT. It has one VIEW-CHANGE and one
 * NEW-VIEW per view, and once it has asked for a view it casts no vote in a lower one.
 */
export function noContradiction(limit = Infinity): Checker {
  const said = new Recent<string, Word>(limit);
  const asked = new Map<number, { readonly view: number; readonly event: number }>();
  const cast = new Recent<string, true>(limit);

  function contradiction(replica: number, header: MessageHeader, id: number): Problem | undefined {
    const topic = topicOf(header);
    if (topic === undefined) return undefined;
    const content = header.digest ?? header.content ?? '';
    const first = said.get(`${replica}: ${topic}`) ?? { content, event: id };
    said.set(`${replica}: ${topic}`, first);
    if (first.content === content) return undefined;
    const says = `replica ${replica} contradicts itself about ${topic}`;
    return { says, ...sequenceOf(header), evidence: [first.event, id] };
  }

  /** A vote in a view that the replica has left. What it said before, it may say again. */
  function lateVote(replica: number, header: MessageHeader, id: number): Problem | undefined {
    const { kind, view = 0, sequence } = header;
    if (kind === 'view-change') asked.set(replica, later(asked.get(replica), view, id));
    if (!votes.has(kind)) return undefined;
    const vote = `${replica}: ${kind} ${view}/${sequence}`;
    const left = asked.get(replica);
    const isNew = !cast.has(vote);
    cast.set(vote, true);
    if (!isNew || left === undefined || view >= left.view) return undefined;
    const says = `replica ${replica} sends ${kind.toUpperCase()} in view ${view} after it has asked for view ${left.view}`;
    return { says, ...sequenceOf(header), evidence: [left.event, id] };
  }

  return {
    invariant: 'no-contradiction',
    observe(event, crew) {
      const replica = correctReplica(event, crew);
      if (event.type !== 'sent' || replica === undefined) return undefined;
      const { header, id } = event;
      if (header.signer !== replica) return undefined;
      return contradiction(replica, header, id) ?? lateVote(replica, header, id);
    },
  };
}

function topicOf({ kind, view, sequence }: MessageHeader): string | undefined {
  if (votes.has(kind)) return `slot ${view}/${sequence}`;
  if (kind === 'checkpoint') return `checkpoint ${sequence}`;
  if (kind === 'view-change' || kind === 'new-view') return `${kind.toUpperCase()} ${view}`;
  return undefined;
}

function sequenceOf({ sequence }: MessageHeader): { readonly sequence?: number } {
  return sequence === undefined ? {} : { sequence };
}

function later(
  before: { readonly view: number; readonly event: number } | undefined,
  view: number,
  event: number,
): { readonly view: number; readonly event: number } {
  return before !== undefined && before.view >= view ? before : { view, event };
}
