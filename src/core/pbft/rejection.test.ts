import { describe, expect, it } from 'vitest';

import { rejections } from './rejection.ts';

describe('rejections', () => {
  it.each(Object.entries(rejections))('%s says what it means: %s', (name, says) => {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(says).toMatch(/^[A-Z].*\.$/);
  });
});
