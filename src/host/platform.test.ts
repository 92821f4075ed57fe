import { IDBFactory } from 'fake-indexeddb';
import { describe, expect, it } from 'vitest';

import { inspectPlatform, type PlatformScope } from './platform.ts';

const whole: PlatformScope = {
  isSecureContext: true,
  Worker: 'there is one',
  MessageChannel: 'there is one',
  navigator: { locks: {}, storage: { getDirectory: () => Promise.resolve('the root') } },
  crypto,
  indexedDB: new IDBFactory(),
};

function without(name: Exclude<keyof PlatformScope, 'isSecureContext'>): PlatformScope {
  const { [name]: _missing, ...rest } = whole;
  return rest;
}

describe('platform', () => {
  it('lacks nothing in a browser that has it all', async () => {
    expect(await inspectPlatform(whole)).toEqual({
      lacks: [],
      hasIndexedDb: true,
      hasFiles: true,
    });
  });

  it.each([
    { name: 'Worker', says: 'Web Workers' },
    { name: 'MessageChannel', says: 'Web Workers' },
    { name: 'navigator', says: 'Web Locks' },
    { name: 'crypto', says: 'Ed25519 signatures in WebCrypto' },
  ] as const)('names what is missing without $name', async ({ name, says }) => {
    const { lacks } = await inspectPlatform(without(name));

    expect(lacks.map(({ what }) => what)).toEqual([says]);
  });

  it('asks for a secure context first: it explains what else is missing', async () => {
    const { lacks } = await inspectPlatform({ ...without('crypto'), isSecureContext: false });

    expect(lacks.map(({ what }) => what)).toEqual(['a secure context']);
  });

  it('does without IndexedDB, and says so', async () => {
    expect(await inspectPlatform(without('indexedDB'))).toEqual({
      lacks: [],
      hasIndexedDb: false,
      hasFiles: true,
    });
  });

  it.each([
    { name: 'there is none', storage: {} },
    {
      name: 'the browser refuses it',
      storage: {
        getDirectory: () => Promise.reject(new DOMException('in private', 'SecurityError')),
      },
    },
  ])('does without a private file system where $name', async ({ storage }) => {
    const platform = await inspectPlatform({ ...whole, navigator: { locks: {}, storage } });

    expect(platform).toEqual({ lacks: [], hasIndexedDb: true, hasFiles: false });
  });
});
