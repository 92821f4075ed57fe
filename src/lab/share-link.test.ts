import { describe, expect, it } from 'vitest';

import { linkTo, sharedIn } from './share-link.ts';

const shared = {
  scenario: { format: 'pbft-lab/scenario@1', name: 'ü', steps: [{ do: 'heal', at: 12.5 }] },
  planned: 1,
  atUs: 12_500,
  digest: 'ab'.repeat(32),
};

async function fragment(): Promise<string> {
  const link = await linkTo('https://example.org/lab/?scenario=normal-case&play=0#s=old', shared);
  expect(link.startsWith('https://example.org/lab/#s=')).toBe(true);
  return new URL(link).hash;
}

describe('a share link', () => {
  it('says all that was shared', async () => {
    expect(await sharedIn(await fragment())).toEqual({ ok: true, shared });
  });

  it('is nothing where there is no fragment', async () => {
    expect(await sharedIn('')).toBeUndefined();
    expect(await sharedIn('#other=1')).toBeUndefined();
  });

  it('says what is wrong with one that was cut, changed or is of another version', async () => {
    const whole = await fragment();
    const problems = await Promise.all(
      [whole.slice(0, -9), `${whole.slice(0, 9)}!`, '#s=abc', '#s='].map(sharedIn),
    );
    for (const read of problems) {
      expect(read).toMatchObject({ ok: false });
      expect(read?.ok === false && read.problem).toMatch(/^The link cannot be read: .*Ask for it/);
    }
  });
});
