import { orderFrom, primaryIn } from './proofs.ts';
import { newReplica, type Settings, type StepReplica } from './step-replica.ts';
import {
  baggageOf,
  nullSymbol,
  orderText,
  type SymbolicBatch,
  type SymbolicMessage,
  type SymbolicNewView,
  type SymbolicPrePrepare,
  type SymbolicProof,
  type SymbolicRequest,
  type SymbolicViewChange,
  type SymbolicVote,
  symbolOf,
} from './symbols.ts';

/** What is searched: how many places, views, operations; who is Byzantine. */
export interface Scope {
  readonly settings: Settings;
  /** The highest view that anybody may ask for. */
  readonly lastView: number;
  readonly places: number;
  readonly operations: number;
  /** Nobody: all are correct, and may stop at any moment. */
  readonly byzantine: number | undefined;
}

/** All correct replicas, and everything that they have ever said: what is said can arrive at any time, or never. */
export interface World {
  readonly replicas: readonly StepReplica[];
  readonly said: readonly SymbolicMessage[];
}

/** The requests of a scope. */
export function requestsOf({ operations }: Scope): readonly SymbolicRequest[] {
  return Array.from({ length: operations }, (_, client) => ({
    type: 'request',
    operation: String.fromCharCode(97 + client),
    timestamp: 1,
    client,
  }));
}

/** The start: nobody has said anything. */
export function firstWorld({ settings, byzantine }: Scope): World {
  const ids = Array.from({ length: settings.n }, (_, id) => id).filter((id) => id !== byzantine);
  return { replicas: ids.map(newReplica), said: [] };
}

/** Everything that is there to be heard: what was said, and every vote and proposal that the Byzantine replica could sign. */
export class Hearsay {
  private readonly scope: Scope;
  private readonly batches: readonly SymbolicBatch[];
  private readonly lies: readonly (SymbolicPrePrepare | SymbolicVote)[];

  constructor(scope: Scope) {
    this.scope = scope;
    this.batches = requestsOf(scope).map((request) => [request]);
    this.lies = scope.byzantine === undefined ? [] : this.liesOf(scope.byzantine);
  }

  /** PRE-PREPAREs of a place and view. */
  proposals(world: World, view: number, sequence: number): readonly SymbolicPrePrepare[] {
    return this.about(world, view, sequence).flatMap((message) =>
      message.type === 'pre-prepare' ? [message] : [],
    );
  }

  /** PREPAREs of a place and view. */
  prepares(world: World, view: number, sequence: number): readonly SymbolicVote[] {
    return this.about(world, view, sequence).flatMap((message) =>
      message.type === 'prepare' ? [message] : [],
    );
  }

  /** VIEW-CHANGEs for a view: of correct replicas what they said, of the Byzantine one with whatever it can prove. */
  viewChanges(world: World, view: number): readonly SymbolicViewChange[] {
    const honest = world.said.flatMap((message) =>
      message.type === 'view-change' && message.view === view ? [message] : [],
    );
    const { byzantine: by } = this.scope;
    if (by === undefined) return honest;
    const forged = this.baggages(world, view, 1).map((prepared): SymbolicViewChange => ({
      type: 'view-change',
      view,
      stable: 0,
      checkpoints: [],
      prepared,
      by,
    }));
    return [...honest, ...forged];
  }

  /** NEW-VIEWs for a view: what its primary said, or everything that a Byzantine primary can put together. */
  newViews(world: World, view: number): readonly SymbolicNewView[] {
    const { settings, byzantine: by } = this.scope;
    if (primaryIn(view, settings) !== by) {
      return world.said.flatMap((message) =>
        message.type === 'new-view' && message.view === view ? [message] : [],
      );
    }
    const byOrder = new Map<string, SymbolicNewView>();
    const file = (viewChanges: readonly SymbolicViewChange[]): void => {
      const order = orderFrom(settings, view, viewChanges);
      byOrder.set(orderText(order), { type: 'new-view', view, viewChanges, order, by });
    };
    // First what is not sound, so that sound ones with the same order take its place.
    if (view > 1) for (const old of this.quorums(world, view - 1)) file(old);
    for (const one of this.viewChanges(world, view)) {
      file(Array.from({ length: settings.quorum }, () => one));
    }
    const sound = this.quorums(world, view);
    for (const viewChanges of sound) file(viewChanges);
    const [viewChanges] = sound;
    const orders = viewChanges === undefined ? [] : this.wrongOrders(view, by);
    for (const order of orders) {
      if (viewChanges === undefined || byOrder.has(orderText(order))) continue;
      byOrder.set(orderText(order), { type: 'new-view', view, viewChanges, order, by });
    }
    return [...byOrder.values()];
  }

  /** Every way to choose the VIEW-CHANGEs of Q replicas. */
  quorums(world: World, view: number, own?: number): readonly (readonly SymbolicViewChange[])[] {
    const { quorum } = this.scope.settings;
    const all = this.viewChanges(world, view);
    const signers = [...new Set(all.map(({ by }) => by))].toSorted((a, b) => a - b);
    return subsets(signers, quorum)
      .filter((chosen) => own === undefined || chosen.includes(own))
      .flatMap((chosen) =>
        chosen.reduce<readonly (readonly SymbolicViewChange[])[]>(
          (lists, signer) =>
            lists.flatMap((list) =>
              all.filter(({ by }) => by === signer).map((viewChange) => [...list, viewChange]),
            ),
          [[]],
        ),
      );
  }

  private about(
    { said }: World,
    view: number,
    sequence: number,
  ): readonly (SymbolicPrePrepare | SymbolicVote)[] {
    return [...said, ...this.lies].flatMap((message) => {
      const { type } = message;
      if (type !== 'pre-prepare' && type !== 'prepare') return [];
      return message.view === view && message.sequence === sequence ? [message] : [];
    });
  }

  private liesOf(by: number): readonly (SymbolicPrePrepare | SymbolicVote)[] {
    const { lastView, places, settings } = this.scope;
    const lies: (SymbolicPrePrepare | SymbolicVote)[] = [];
    for (let view = 0; view <= lastView; view++) {
      for (let sequence = 1; sequence <= places; sequence++) {
        for (const batch of this.batches) {
          const about = { view, sequence, digest: symbolOf(batch), by };
          if (primaryIn(view, settings) === by) lies.push({ type: 'pre-prepare', ...about, batch });
          lies.push({ type: 'prepare', ...about }, { type: 'commit', ...about });
        }
        const about = { view, sequence, digest: nullSymbol, by };
        if (primaryIn(view, settings) === by) lies.push({ type: 'pre-prepare', ...about });
        lies.push({ type: 'prepare', ...about }, { type: 'commit', ...about });
      }
    }
    return lies;
  }

  private wrongOrders(view: number, by: number): readonly (readonly SymbolicPrePrepare[])[] {
    const header = { type: 'pre-prepare', view, sequence: 1, by } as const;
    return [[], ...this.batches.map((batch) => [{ ...header, digest: symbolOf(batch) }])];
  }

  /** P of the Byzantine replica: for each place nothing, or any proof that what it has heard makes. */
  private baggages(
    world: World,
    before: number,
    sequence: number,
  ): readonly (readonly SymbolicProof[])[] {
    if (sequence > this.scope.places) return [[]];
    const rest = this.baggages(world, before, sequence + 1);
    const proofs = Array.from({ length: before }, (_, view) =>
      this.proofs(world, view, sequence),
    ).flat();
    return rest.flatMap((more) => [more, ...proofs.map((proof) => [proof, ...more])]);
  }

  private proofs(world: World, view: number, sequence: number): readonly SymbolicProof[] {
    const { settings } = this.scope;
    const primary = primaryIn(view, settings);
    const needed = settings.quorum - 1;
    const mayCount = settings.leftOut === 'count-primary-prepare';
    const digests = [...this.batches.map(symbolOf), nullSymbol];
    return digests.flatMap((digest) => {
      const header: SymbolicPrePrepare = {
        type: 'pre-prepare',
        view,
        sequence,
        digest,
        by: primary,
      };
      const isProposed =
        this.proposals(world, view, sequence).some((pp) => pp.digest === digest) ||
        world.said.some(
          (message) =>
            message.type === 'new-view' &&
            message.view === view &&
            message.order.some((one) => one.sequence === sequence && one.digest === digest),
        ) ||
        primary === this.scope.byzantine;
      const bySigner = new Map(
        this.prepares(world, view, sequence)
          .filter((vote) => vote.digest === digest && (vote.by !== primary || mayCount))
          .map((vote) => [vote.by, vote]),
      );
      if (!isProposed || bySigner.size < needed) return [];
      return [{ header, prepares: [...bySigner.values()].slice(0, needed) }];
    });
  }
}

/** What matters of a world, with the ids of its correct replicas as `name` tells. */
export function textOfWorld(
  { replicas, said }: World,
  scope: Scope,
  name: (id: number) => number,
): string {
  const states = replicas.map((me) => `${name(me.id)}: ${textOfReplica(me, scope)}`);
  const words = said.map((message) => textOfWord(message, name));
  return `${states.toSorted().join('|')}|${words.toSorted().join(',')}`;
}

function textOfWord(message: SymbolicMessage, name: (id: number) => number): string {
  switch (message.type) {
    case 'pre-prepare':
    case 'prepare':
    case 'commit':
      return `${message.type[3]}${message.view}/${message.sequence}${message.digest}${name(message.by)}`;
    case 'view-change':
      return `v${message.view}${baggageOf(message)}${name(message.by)}`;
    case 'new-view':
      return `n${message.view}${orderText(message.order)}`;
    case 'request':
    case 'checkpoint':
    case 'reply':
    case 'fetch':
    case 'body':
    case 'decision':
      return '';
  }
}

/** Votes that are filed prove nothing yet, and what they come to prove is in what was said. */
function textOfReplica(me: StepReplica, { settings, lastView, places }: Scope): string {
  const log = Array.from({ length: places }, (_, i) => {
    const place = me.places.get(i + 1);
    const decided = settings.leftOut === 'no-commit-phase' ? place?.decided?.digest : '';
    return `${place?.accepted?.digest ?? '-'}${place?.isPrepared === true ? '!' : ''}${decided ?? ''}`;
  });
  const taken = [...me.prepared].map(([n, { header }]) => `${n}=${header.digest}@${header.view}`);
  const order = me.newView === undefined ? '' : orderText(me.newView.order);
  // What waits matters to who is going to propose it.
  const leads = Array.from({ length: lastView + 1 }, (_, view) => primaryIn(view, settings));
  const queue = leads.slice(me.view).includes(me.id) ? [...me.queue.keys()].join('') : '';
  return `${me.view}${me.phase[0]}${order};${log.join()};${taken.join()};${queue}`;
}

function subsets<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  if (size === 0) return [[]];
  return items.flatMap((item, i) =>
    subsets(items.slice(i + 1), size - 1).map((rest) => [item, ...rest]),
  );
}
