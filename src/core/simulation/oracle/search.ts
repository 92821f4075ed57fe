/**
 * Every behaviour of a small cluster: a search in breadth over what correct replicas can do next, whatever a Byzantine
 * one says and the network does. A step is one replica acting on a guard that is enabled: all that was ever said may
 * arrive, so votes are taken in only when they complete a certificate. Worlds that differ in the names of backups that
 * never lead are one.
 */
import { type Breach, breachIn, confirmed } from './breach.ts';
import { type SearchStep, successors } from './guards.ts';
import { firstWorld, Hearsay, type Scope, textOfWorld, type World } from './world.ts';

/** What a search has come to. */
export interface SearchResult {
  readonly states: number;
  readonly transitions: number;
  /** Of the longest shortest path. */
  readonly depth: number;
  /** Whether nothing is left: else the limit on depth or states ended it. */
  readonly complete: boolean;
  readonly decidedStates: number;
  readonly violation?: {
    readonly invariant: Breach['invariant'];
    readonly says: string;
    readonly path: readonly SearchStep[];
  };
}

interface Node {
  readonly world: World;
  readonly parent: Node | undefined;
  readonly done: SearchStep | undefined;
}

/** How far a search goes, and what it looks for: default everything that it can break. */
export interface SearchLimits {
  readonly depth?: number;
  readonly states?: number;
  readonly invariant?: Breach['invariant'];
}

/** Searches a scope, the shortest paths first, until an invariant breaks or a limit is reached. */
export function search(scope: Scope, limits: SearchLimits = {}): SearchResult {
  const { depth: depthMax = Infinity, states: statesMax = Infinity, invariant: wanted } = limits;
  const hearsay = new Hearsay(scope);
  const names = symmetriesOf(scope);
  const seen = new Set<number>();
  const first: Node = { world: firstWorld(scope), parent: undefined, done: undefined };
  let frontier: readonly Node[] = [first];
  seen.add(keyOf(first.world, scope, names));
  const count = { transitions: 0, decidedStates: 0 };
  let depth = 0;
  for (; depth < depthMax; depth++) {
    const next: Node[] = [];
    for (const node of frontier) {
      for (const { world, done } of successors(node.world, scope, hearsay)) {
        count.transitions++;
        const key = keyOf(world, scope, names);
        if (seen.has(key)) continue;
        seen.add(key);
        const child = { world, parent: node, done };
        const { breach, isDecided } = breachIn(world, scope, wanted);
        if (isDecided) count.decidedStates++;
        if (breach !== undefined) {
          const path = [...pathTo(child), ...confirmed(world, scope, breach)];
          const { invariant, says } = breach;
          const violation = { invariant, says, path };
          return { states: seen.size, ...count, depth: depth + 1, complete: false, violation };
        }
        next.push(child);
      }
      if (seen.size >= statesMax) return { states: seen.size, ...count, depth, complete: false };
    }
    if (next.length === 0) return { states: seen.size, ...count, depth, complete: true };
    frontier = next;
  }
  return { states: seen.size, ...count, depth, complete: false };
}

function pathTo(node: Node): readonly SearchStep[] {
  const { parent, done } = node;
  return parent === undefined || done === undefined ? [] : [...pathTo(parent), done];
}

/** Every way to rename correct backups that never lead. */
function symmetriesOf({
  settings,
  lastView,
  byzantine,
}: Scope): readonly ((id: number) => number)[] {
  const ids = Array.from({ length: settings.n }, (_, id) => id);
  const free = ids.filter((id) => id > lastView && id !== byzantine);
  return permutations(free).map((order) => (id) => order[free.indexOf(id)] ?? id);
}

function permutations(items: readonly number[]): readonly (readonly number[])[] {
  if (items.length === 0) return [[]];
  return items.flatMap((item) =>
    permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
  );
}

/** 53 bits that stand for a world, alike for all names of its backups. */
function keyOf(world: World, scope: Scope, names: readonly ((id: number) => number)[]): number {
  return Math.min(...names.map((name) => hashOf(textOfWorld(world, scope, name))));
}

/** Two multiplicative hashes of 32 bits, 53 bits of them. */
function hashOf(text: string): number {
  let a = 0x9dc5811c;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x9e3779b1);
    b = Math.imul(b ^ unit, 0x5f356495);
    a = (a << 13) | (a >>> 19);
    b ^= b >>> 15;
  }
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b);
  b = Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
  return ((b ^ (b >>> 16)) >>> 0) * 0x200000 + ((a ^ (a >>> 15)) >>> 11);
}
