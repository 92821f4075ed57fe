import { describe, expect, it } from 'vitest';

import { webStorage, type KeptWords } from './web-storage.ts';

const kept: KeptWords = { getItem: () => 'kept', setItem: () => undefined };
const refuses = {
  get localStorage(): KeptWords {
    throw new DOMException('Access is denied', 'SecurityError');
  },
  get sessionStorage(): KeptWords {
    throw new DOMException('Access is denied', 'SecurityError');
  },
};

describe('where words are kept', () => {
  it('is what the browser offers', () => {
    expect(webStorage('local', { localStorage: kept, sessionStorage: kept })).toBe(kept);
  });

  it('is this page, when the browser refuses', () => {
    webStorage('session', refuses).setItem('a', '1');

    expect(webStorage('session', refuses).getItem('a')).toBe('1');
    expect(webStorage('local', refuses).getItem('b')).toBeNull();
  });
});
