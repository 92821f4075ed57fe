'use persistent';

import {
  type Awaitable,
  outbox,
  PersistentList,
  PersistentMap,
  sleep,
} from '#core/persistent/index.ts';

/** A log that is appended to in one turn after the other. */
export class Journal {
  readonly entries = new PersistentList<string>();
  readonly plain: string[] = [];

  add(entry: string): void {
    this.entries.push(entry);
    this.plain.push(entry);
  }
}

/** A workflow that says so when it runs. */
export async function announce(): Promise<void> {
  await sleep(1000);
  outbox.send('console', 'ran');
}

/** A call that holds something in a local. */
export async function hold(bell: Awaitable, thing: unknown): Promise<unknown> {
  await bell;
  return thing;
}

/** A closure that holds something in a variable. */
export function keep(thing: unknown): () => unknown {
  const kept = () => thing;
  return kept;
}

/** Points to the next, and the last to the first; as a constructor may want it. */
export class Link {
  readonly next: Link;

  constructor(previous?: Link) {
    this.next = previous ?? this;
  }
}

export class Ring {
  readonly first: Link = new Link();
  last: Link = this.first;

  grow(times: number): void {
    for (let i = 0; i < times; i++) this.last = new Link(this.last);
  }
}

export async function stumble(): Promise<void> {
  await sleep(1000);
  throw new RangeError('stumbled');
}

/** Holds a value in each sort of collection that is changed in place. */
export class Shelf {
  readonly set = new Set<string>();
  readonly map = new Map<string, string>();
  readonly persistentMap = new PersistentMap<string, string>();
  readonly plain: Record<string, string> = {};

  put(thing: string): void {
    this.set.add(thing);
    this.map.set('key', thing);
    this.persistentMap.set('key', thing);
    this.plain['key'] = thing;
  }

  clear(): void {
    this.set.clear();
    this.map.delete('key');
    this.persistentMap.delete('key');
    delete this.plain['key'];
  }
}
