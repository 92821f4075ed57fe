import { assert } from '#core/base/assert.ts';
import { Random } from '#core/base/random.ts';
import { behaviourCatalogue } from '#core/replica/byzantine/catalogue.ts';

/** Something that is done to a cluster while it runs. */
export type Deed =
  | { readonly do: 'crash' | 'restart' | 'pause' | 'resume'; readonly replica: number }
  | { readonly do: 'partition'; readonly groups: readonly (readonly number[])[] }
  | { readonly do: 'heal' }
  | { readonly do: 'byzantine'; readonly replica: number; readonly behaviour: string };

/** A deed and when it is done, since the beginning. */
export interface PlannedDeed {
  readonly atMs: number;
  readonly deed: Deed;
}

/** The kinds of faults; each comes before any comes for the second time in a row of draws. */
export const faultKinds = ['crash', 'pause', 'partition', 'byzantine'] as const;

type FaultKind = (typeof faultKinds)[number];

const betweenMs = [300, 1500] as const;
const lastsMs: Readonly<Record<FaultKind, readonly [number, number]>> = {
  crash: [50, 1500],
  pause: [100, 1500],
  partition: [300, 2000],
  byzantine: [1000, 4000],
};
/** Crashes are what the persistence is for. */
const bag: readonly FaultKind[] = ['crash', 'crash', 'crash', 'pause', 'partition', 'byzantine'];

/** The behaviours that need not be told anything. */
const behaviours = behaviourCatalogue.flatMap(({ of, name, options }) =>
  of === 'replica' && name !== 'twin' && !options.some(({ required }) => required === true)
    ? [name]
    : [],
);

/**
 * Faults that come and go, drawn from a seed. Any replica may crash or be paused, however many at a time, and each
 * comes back. One replica is Byzantine now and then, the same one for good: with n >= 4 never more than f are faulty.
 */
export class FaultPlan {
  private readonly n: number;
  private readonly random: Random;
  private readonly villain: number;
  private readonly ends: PlannedDeed[] = [];
  private drawn: FaultKind[] = [];
  private nextMs: number;
  /** Who is down or paused. */
  private readonly away = new Set<number>();
  private isDivided = false;
  private isByzantine = false;

  constructor(n: number, seed: number) {
    assert(n >= 4, 'a Byzantine replica needs three others for each');
    this.n = n;
    this.random = new Random(`soak ${seed}`);
    this.villain = this.random.integer(0, n - 1);
    this.nextMs = this.random.integer(...betweenMs);
  }

  /** The next deed: the end of a fault, or the beginning of one. */
  next(): PlannedDeed {
    for (;;) {
      const [end] = this.ends;
      if (end !== undefined && end.atMs <= this.nextMs) {
        this.ends.shift();
        this.ended(end.deed);
        return end;
      }
      const atMs = this.nextMs;
      this.nextMs += this.random.integer(...betweenMs);
      const begun = this.begin(this.draw(), atMs);
      if (begun !== undefined) return { atMs, deed: begun };
    }
  }

  private draw(): FaultKind {
    if (this.drawn.length === 0) this.drawn = shuffled(bag, this.random);
    return this.drawn.pop() ?? 'crash';
  }

  /** Undefined when that is not possible now. */
  private begin(kind: FaultKind, atMs: number): Deed | undefined {
    const endMs = atMs + this.random.integer(...lastsMs[kind]);
    switch (kind) {
      case 'crash':
      case 'pause': {
        const here = this.replicas().filter((replica) => !this.away.has(replica));
        if (here.length === 0) return undefined;
        const replica = this.random.pick(here);
        this.away.add(replica);
        this.later(endMs, { do: kind === 'crash' ? 'restart' : 'resume', replica });
        return { do: kind, replica };
      }
      case 'partition': {
        if (this.isDivided) return undefined;
        this.isDivided = true;
        this.later(endMs, { do: 'heal' });
        return { do: 'partition', groups: this.groups() };
      }
      case 'byzantine': {
        if (this.isByzantine) return undefined;
        this.isByzantine = true;
        const replica = this.villain;
        this.later(endMs, { do: 'byzantine', replica, behaviour: 'correct' });
        return { do: 'byzantine', replica, behaviour: this.random.pick(behaviours) };
      }
    }
  }

  private ended(deed: Deed): void {
    switch (deed.do) {
      case 'restart':
      case 'resume':
        this.away.delete(deed.replica);
        return;
      case 'heal':
        this.isDivided = false;
        return;
      case 'byzantine':
        this.isByzantine = false;
        return;
      case 'crash':
      case 'pause':
      case 'partition':
        return;
    }
  }

  private later(atMs: number, deed: Deed): void {
    this.ends.push({ atMs, deed });
    this.ends.sort((a, b) => a.atMs - b.atMs);
  }

  /** Two sides, neither of them empty. */
  private groups(): readonly (readonly number[])[] {
    const [first, ...rest] = shuffled(this.replicas(), this.random);
    const cut = this.random.integer(0, rest.length - 1);
    assert(first !== undefined, 'a cluster has replicas');
    return [[first, ...rest.slice(0, cut)], rest.slice(cut)];
  }

  private replicas(): readonly number[] {
    return Array.from({ length: this.n }, (_, replica) => replica);
  }
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const left = [...items];
  return items.map(() => {
    const [taken] = left.splice(random.integer(0, left.length - 1), 1);
    assert(taken !== undefined, 'one is taken for each');
    return taken;
  });
}
