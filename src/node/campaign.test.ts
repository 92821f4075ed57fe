import { describe, expect, it } from 'vitest';

import { main } from './campaign.ts';

/** A clock that ticks a tenth of a second each time it is read: `--seconds 1` is nine scenarios, however slow the machine. */
function ticking(): () => number {
  let nowMs = 0;
  return () => (nowMs += 100);
}

function campaign(...args: readonly string[]): { code: number; out: string; err: string } {
  const said = { out: '', err: '' };
  const code = main(args, {
    out: (text) => (said.out += text),
    err: (text) => (said.err += text),
    nowMs: ticking(),
  });
  return { code, ...said };
}

describe('campaign', () => {
  it('prints one summary, the same for the same seed', () => {
    const args = ['--seconds', '1', '--seed', '3', '--replicas', '4'];
    const first = campaign(...args);

    expect(JSON.parse(first.out)).toMatchObject({
      format: 'pbft-lab/campaign@1',
      replicas: 4,
      scenarios: 9,
      deciding: 9,
      violations: [],
    });
    expect(first.err).toBe('');
    expect(campaign(...args)).toEqual(first);
  }, 60_000);

  it('leaves with 0 when every class of fault has happened', () => {
    const { code, out } = campaign('--seconds', '6', '--seed', '0', '--generator', 'crash-points');

    expect(JSON.parse(out)).toMatchObject({ vacuity: [], generators: ['crash-points'] });
    expect(code).toBe(0);
  }, 60_000);

  it('leaves with 3 when it shows nothing', () => {
    const { code, out } = campaign('--seconds', '0', '--seed', '1');

    expect(JSON.parse(out)).toMatchObject({ scenarios: 0, violations: [] });
    expect(code).toBe(3);
  });

  it.each([
    ['no seed', ['--seconds', '1'], 'npm run -s campaign'],
    ['a time that is none', ['--seconds', 'x', '--seed', '1'], '--seconds'],
    ['too few replicas', ['--seconds', '1', '--seed', '1', '--replicas', '3'], '--replicas'],
    ['an unknown generator', ['--seconds', '1', '--seed', '1', '--generator', 'x'], '--generator'],
    ['an unknown option', ['--speed', '1'], '--speed'],
  ])('leaves with 2 and an empty output for %s', (_, args, says) => {
    const { code, out, err } = campaign(...args);

    expect(err).toContain(says);
    expect(out).toBe('');
    expect(code).toBe(2);
  });
});
