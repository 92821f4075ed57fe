import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { StateItem } from './message.ts';
import { digestOf, sample } from './sample-messages.ts';
import type { StateContent } from './state-tree.ts';
import {
  childrenAt,
  chunkAt,
  digestOfNode,
  digestOfRoot,
  levelSizes,
  stateTree,
} from './state-tree.ts';
import { clientId, sequenceNumber, timestamp } from './terms.ts';

const entry = (i: number, value = `value ${i}`): StateItem => [`key ${i}`, value];
const row = (client: number): StateItem => [clientId(client), timestamp(client + 1), 'ok'];

function contentOf(items: readonly StateItem[]): StateContent {
  return { sequence: sequenceNumber(8), executed: items.length, items };
}

function entries(count: number): readonly StateItem[] {
  return Array.from({ length: count }, (_, i) => entry(i));
}

describe('the tree of a state', () => {
  it.each([
    { chunks: 0, sizes: [0] },
    { chunks: 1, sizes: [1] },
    { chunks: 64, sizes: [64] },
    { chunks: 65, sizes: [2, 65] },
    { chunks: 4096, sizes: [64, 4096] },
    { chunks: 4097, sizes: [2, 65, 4097] },
  ])('[S1] of $chunks chunks has $sizes digests below its root', ({ chunks, sizes }) => {
    expect(levelSizes(chunks)).toEqual(sizes);
  });

  it.each([0, 1, 40, 3000])('[S1] of %d entries has all of them in their order', (count) => {
    const content = contentOf([...entries(count), row(0), row(1)]);
    const tree = stateTree(sample, content);
    expect(tree.chunks.flat()).toEqual(content.items);
    expect(tree.levels.map((level) => level.length)).toEqual(levelSizes(tree.root.chunks));
    expect(tree.root.children).toEqual(tree.levels[0]);
    expect(tree.root).toMatchObject({
      sequence: 8,
      executed: count + 2,
      chunks: tree.chunks.length,
    });
  });

  it('[S1] has at each node the digest of its children', () => {
    const tree = stateTree(sample, contentOf(entries(3000)));
    expect(tree.levels).toHaveLength(2);
    const nodes = tree.root.children.map((_, index) => childrenAt(tree, { level: 1, index }));
    expect(nodes.map((children) => digestOfNode(sample, children))).toEqual(tree.root.children);
    expect(nodes.flat()).toEqual(tree.levels[1]);
    expect(childrenAt(tree, { level: 1, index: nodes.length })).toEqual([]);
    expect(childrenAt(tree, { level: 2, index: 0 })).toEqual([]);
    expect(chunkAt(tree, { index: 0 })).toEqual(tree.chunks[0]);
    expect(chunkAt(tree, { index: tree.chunks.length })).toBeUndefined();
  });

  it('[S1] has chunks that fit in a packet, whatever their keys', () => {
    const large = Array.from({ length: 40 }, (_, i) => entry(i, 'x'.repeat(4096)));
    for (const chunk of stateTree(sample, contentOf(large)).chunks) {
      expect(chunk.length).toBeLessThanOrEqual(4);
    }
    const small = Array.from({ length: 3000 }, (): StateItem => ['k', '']);
    for (const chunk of stateTree(sample, contentOf(small)).chunks) {
      expect(chunk.length).toBeLessThanOrEqual(512);
    }
  });

  it('[S1] is cut about every 32 entries', () => {
    const { chunks } = stateTree(sample, contentOf(entries(3000)));
    expect(chunks.length).toBeGreaterThan(60);
    expect(chunks.length).toBeLessThan(140);
    expect(Math.max(...chunks.map((chunk) => chunk.length))).toBeLessThan(300);
  });

  it('[S1] changes in few chunks when one entry comes', () => {
    const before = entries(1000);
    const after = before.toSpliced(500, 0, ['key 499 and a half', 'new']);
    const [old, fresh] = [before, after].map((items) => stateTree(sample, contentOf(items)));
    const known = new Set(old?.levels.at(-1));
    const changed = fresh?.levels.at(-1)?.filter((digest) => !known.has(digest)) ?? [];
    expect(changed.length).toBeGreaterThan(0);
    expect(changed.length).toBeLessThanOrEqual(2);
  });

  it('[S1] has another root for another state', () => {
    const items = fc.array(fc.tuple(fc.string(), fc.string()), { maxLength: 5 });
    fc.assert(
      fc.property(items, items, (a, b) => {
        const digests = [a, b].map((some) => stateTree(sample, contentOf(some)).root.digest);
        expect(digests[0] === digests[1]).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
  });

  it('[S1] has a root that covers sizes', () => {
    const { root } = stateTree(sample, contentOf(entries(3)));
    expect(digestOfRoot(sample, root)).toBe(root.digest);
    for (const other of [
      { executed: 4 },
      { chunks: 2 },
      { sequence: sequenceNumber(16) },
      { children: [digestOf('1')] },
    ]) {
      expect(digestOfRoot(sample, { ...root, ...other })).not.toBe(root.digest);
    }
  });

  it('[N28] leaves out the client table where that is left out', () => {
    const c = { ...sample, ablation: ['no-checkpoint-table'] };
    const content = contentOf([entry(1), row(0)]);
    expect(stateTree(c, content).chunks.flat()).toEqual([entry(1)]);
  });
});
