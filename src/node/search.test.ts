import { describe, expect, it } from 'vitest';

import { main } from './search.ts';

function running(args: readonly string[]): { code: number; out: string; err: string } {
  const told = { out: '', err: '' };
  const code = main(args, {
    out: (text) => void (told.out += text),
    err: (text) => void (told.err += text),
    nowMs: () => 0,
  });
  return { code, ...told };
}

describe('the command search', () => {
  it('prints what it has searched, and finds nothing in one view', () => {
    const { code, out } = running(['--views', '1', '--byzantine', '0']);
    expect(code).toBe(0);
    const { format, searches } = JSON.parse(out);
    expect(format).toBe('pbft-lab/search@1');
    expect(searches).toMatchObject([{ byzantine: 0, quorum: 3, complete: true, states: 47 }]);
  });

  it('prints the shortest fork of a rule left out, and fails', () => {
    const { code, out } = running(['--without', 'quorum-f+1', '--byzantine', '0']);
    expect(code).toBe(1);
    expect(JSON.parse(out).searches[0].violation.path).toHaveLength(4);
  });

  it.for([
    ['--without', 'manners'],
    ['--byzantine', '9'],
    ['--depth', 'much'],
    ['--colour', 'red'],
  ])('refuses %s %s', (args) => {
    expect(running(args)).toMatchObject({ code: 2, out: '' });
  });
});
