'use persistent';

import { Awaitable, PersistentList, PersistentMap } from '#core/persistent/index.ts';

/** Something that holds anything. */
export class Box {
  readonly label: string;
  content: unknown = undefined;

  constructor(label: string, content?: unknown) {
    this.label = label;
    this.content = content;
  }

  put(content: unknown): void {
    this.content = content;
  }
}

export class Lid extends Box {
  override put(content: unknown): void {
    this.content = ['under a lid', content];
  }
}

export class OutOfStock extends Error {
  readonly item: string;

  constructor(item: string) {
    super(`no ${item} left`);
    this.name = 'OutOfStock';
    this.item = item;
  }
}

/** All that can be done to a graph. The arrays hold its nodes, so that steps can name them. */
export class Garden {
  readonly plain: Record<string, unknown> = {};
  readonly array: unknown[] = [];
  readonly map = new Map<unknown, unknown>();
  readonly set = new Set<unknown>();
  readonly persistentMap = new PersistentMap<string | number, unknown>();
  readonly persistentList = new PersistentList<unknown>();
  readonly gate = new Awaitable();

  setField(name: string, value: unknown): void {
    this.plain[name] = value;
  }

  deleteField(name: string): void {
    delete this.plain[name];
  }

  push(value: unknown): void {
    this.array.push(value);
    this.persistentList.push(value);
  }

  replace(index: number, value: unknown): void {
    if (index < this.array.length) this.array[index] = value;
    if (index < this.persistentList.length) this.persistentList.set(index, value);
  }

  cut(count: number): void {
    this.array.splice(0, count);
    this.persistentList.truncateFront(count);
  }

  setKey(key: string | number, value: unknown): void {
    this.map.set(key, value);
    this.persistentMap.set(key, value);
  }

  deleteKey(key: string | number): void {
    this.map.delete(key);
    this.persistentMap.delete(key);
  }

  clear(): void {
    this.map.clear();
    this.persistentMap.clear();
    this.set.clear();
  }

  add(value: unknown): void {
    this.set.add(value);
  }

  remember(value: unknown): () => unknown {
    const remembered = () => value;
    return remembered;
  }

  async hold(secret: unknown): Promise<unknown> {
    await this.gate;
    return secret;
  }
}
