import { assert, defined } from '#core/base/assert.ts';

import { primaryIn } from './proofs.ts';
import { cloneOf, type StepReplica } from './step-replica.ts';
import { step, type StepInput } from './step.ts';
import { baggageOf, orderText, type SymbolicMessage, symbolOf, textOf } from './symbols.ts';
import { type Hearsay, requestsOf, type Scope, type World } from './world.ts';

/** What a replica did, as data and in words. */
export interface SearchStep {
  readonly replica: number;
  readonly deed:
    | 'hears-request'
    | 'accepts'
    | 'prepares'
    | 'decides'
    | 'changes-view'
    | 'begins-view'
    | 'enters-view';
  readonly view: number;
  readonly sequence?: number;
  readonly digest?: string;
  readonly says: string;
}

/** A world that can follow, and what was done. */
export interface Successor {
  readonly world: World;
  readonly done: SearchStep;
}

/** Everything that can happen next: for each correct replica each guard that is enabled. */
export function successors(world: World, scope: Scope, hearsay: Hearsay): readonly Successor[] {
  return world.replicas.flatMap((me, at) => {
    const all: Successor[] = [];
    const act: Act = {
      me,
      world,
      scope,
      hearsay,
      take: (deed) => void all.push(taken(world, at, scope, deed)),
    };
    hearRequests(act);
    if (me.phase === 'normal') {
      for (let sequence = 1; sequence <= scope.places; sequence++) agree(act, sequence);
    }
    changeViews(act);
    return all;
  });
}

/** One replica of a world, about to do something. */
interface Act {
  readonly me: StepReplica;
  readonly world: World;
  readonly scope: Scope;
  readonly hearsay: Hearsay;
  readonly take: (deed: Deed) => void;
}

interface Deed {
  readonly deed: SearchStep['deed'];
  readonly view: number;
  readonly about?: { readonly sequence: number; readonly digest: string };
  readonly inputs: readonly StepInput[];
  /** As many inputs as it takes; default all. */
  readonly isDone?: (after: StepReplica) => boolean;
  readonly says: (after: StepReplica) => string;
}

/** A client's request reaches one that is going to lead. */
function hearRequests({ me, scope, take }: Act): void {
  const { lastView, settings } = scope;
  const leads = Array.from({ length: lastView + 1 }, (_, view) => primaryIn(view, settings));
  if (!leads.slice(me.view).includes(me.id)) return;
  for (const request of requestsOf(scope)) {
    if (me.queue.has(request.client)) continue;
    const input = { type: 'deliver', from: `c${request.client}`, message: request } as const;
    const says = (): string => `hears request ${symbolOf([request])}`;
    take({ deed: 'hears-request', view: me.view, inputs: [input], says });
  }
}

/** Accepts a proposal, or finds that one has prepared. */
function agree({ me, world, scope, hearsay, take }: Act, sequence: number): void {
  const { settings } = scope;
  const { view } = me;
  const place = me.places.get(sequence);
  const isOpen = place?.accepted === undefined || settings.leftOut === 'accept-second-pre-prepare';
  if (isOpen && primaryIn(view, settings) !== me.id) {
    for (const message of hearsay.proposals(world, view, sequence)) {
      const about = { sequence, digest: message.digest };
      const says = (): string => `accepts ${textOf(message)}`;
      take({ deed: 'accepts', view, about, inputs: [delivered(message)], says });
    }
  }
  const digest = place?.accepted?.digest;
  if (digest === undefined || place?.isPrepared === true) return;
  const votes = hearsay
    .prepares(world, view, sequence)
    .filter((vote) => vote.digest === digest && vote.by !== me.id);
  take({
    deed: 'prepares',
    view,
    about: { sequence, digest },
    inputs: votes.map(delivered),
    isDone: (after) => after.places.get(sequence)?.isPrepared === true,
    says: () => `has ${digest} prepared at ${sequence} and sends COMMIT`,
  });
}

/** Gives up the view, begins the next as its primary, or enters it. */
function changeViews({ me, world, scope, hearsay, take }: Act): void {
  const { settings, lastView } = scope;
  const { view, id } = me;
  if (view < lastView) {
    take({
      deed: 'changes-view',
      view: view + 1,
      inputs: [{ type: 'expire' }],
      says: (after) => `leaves view ${view} and takes along ${baggageIn(after)}`,
    });
  }
  if (me.phase === 'changing-view' && primaryIn(view, settings) === id) {
    for (const chosen of hearsay.quorums(world, view, id)) {
      const inputs = chosen.filter(({ by }) => by !== id).map(delivered);
      const from = chosen.map((one) => `${one.by} (${baggageOf(one)})`).join(', ');
      const says = ({ newView }: StepReplica): string =>
        `begins view ${view} with ${orderText(newView?.order ?? [])}, from the VIEW-CHANGEs of ${from}`;
      take({ deed: 'begins-view', view, inputs, says });
    }
  }
  for (let next = me.phase === 'normal' ? view + 1 : view; next <= lastView; next++) {
    if (primaryIn(next, settings) === id) continue;
    for (const newView of hearsay.newViews(world, next)) {
      const says = (): string =>
        `hears NEW-VIEW ${next}, which begins with ${orderText(newView.order)}`;
      take({ deed: 'enters-view', view: next, inputs: [delivered(newView)], says });
    }
  }
}

/** The world after a deed. */
function taken(world: World, at: number, scope: Scope, todo: Deed): Successor {
  const me = cloneOf(defined(world.replicas[at], 'the replica is in the world'));
  knowBodies(me, scope);
  const said = [...world.said];
  const known = new Set(said.map(textOf));
  for (const input of todo.inputs) {
    for (const { message } of step(scope.settings, me, input)) {
      if (isPrivate(message) || known.has(textOf(message))) continue;
      known.add(textOf(message));
      said.push(message);
    }
    if (todo.isDone?.(me) === true) break;
  }
  const { deed, view, about } = todo;
  const says = `replica ${me.id} ${todo.says(me)}`;
  return {
    world: { replicas: world.replicas.with(at, me), said },
    done: { replica: me.id, deed, view, ...about, says },
  };
}

/** Batches travel with the proposals; whoever needs one can have it. */
function knowBodies(me: StepReplica, scope: Scope): void {
  for (const request of requestsOf(scope)) {
    me.bodies.set(symbolOf([request]), { batch: [request], sequence: scope.places });
  }
}

function isPrivate({ type }: SymbolicMessage): boolean {
  return type === 'reply' || type === 'request' || type === 'fetch' || type === 'checkpoint';
}

function delivered(message: SymbolicMessage): StepInput {
  assert('by' in message, 'a replica says it');
  return { type: 'deliver', from: message.by, message };
}

function baggageIn({ id, viewChanges }: StepReplica): string {
  const mine = viewChanges.get(id);
  return mine === undefined ? 'nothing' : baggageOf(mine);
}
