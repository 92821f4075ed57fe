import { describe, expect, it } from 'vitest';

import { main } from './mutants.ts';
import { root } from './mutants/hunting-party.ts';
import { checkEdit, edited } from './mutants/mutation.ts';
import { absent, mutants } from './mutants/table.ts';

async function hunt(
  ...args: readonly string[]
): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const code = await main(args, {
    out: (text) => (said.out += text),
    err: (text) => (said.err += text),
  });
  return { code, ...said };
}

describe('the table of mutants', () => {
  it('has every seeded bug of the specification once', () => {
    const ids = [...mutants, ...absent].map(({ id }) => id);
    const wanted = Array.from({ length: 35 }, (_, i) => `M${i + 1}`);

    expect(ids.filter((id) => id.startsWith('M')).toSorted()).toEqual(wanted.toSorted());
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(mutants)('$id can be made: $what', (mutant) => {
    expect(() => checkEdit(root, mutant)).not.toThrow();
    expect(mutant.edit.replace).not.toBe(mutant.edit.find);
  });

  it.each(['', 'b', 'a a'])('refuses an edit of what is not there exactly once: %j', (code) => {
    expect(() => edited(code, { file: 'x.ts', find: 'a', replace: 'b' })).toThrow('exactly once');
  });
});

describe('mutants', () => {
  it('notices a mutant with tests, and leaves the product alone', async () => {
    const { code, out, err } = await hunt('--only', 'none,M24', '--hunter', 'rules');

    expect(JSON.parse(out)).toMatchObject({
      format: 'pbft-lab/mutants@1',
      mutants: [
        { id: 'none', killed: false },
        { id: 'M24', killed: true, hunts: [{ hunter: 'rules' }] },
      ],
      survivors: [],
    });
    expect(err).toContain('M24  killed');
    expect(code).toBe(0);
  }, 240_000);

  it('notices a mutant with scenarios', async () => {
    const { code, out } = await hunt('--only', 'A1', '--hunter', 'swarm');

    expect(JSON.parse(out)).toMatchObject({ mutants: [{ id: 'A1', killed: true }] });
    expect(code).toBe(0);
  }, 240_000);

  it('leaves with 1 when a mutant survives', async () => {
    const { code, out } = await hunt('--only', 'M20', '--hunter', 'crash-points');

    expect(JSON.parse(out)).toMatchObject({ survivors: ['M20'] });
    expect(code).toBe(1);
  }, 240_000);

  it.each([
    ['an unknown mutant', ['--only', 'M99'], 'M99'],
    ['a mutant of what is not built', ['--only', 'M19'], 'all requests are ordered'],
    ['an unknown hunter', ['--hunter', 'x'], '--hunter'],
    ['an unknown option', ['--speed'], '--speed'],
  ])('leaves with 2 and an empty output for %s', async (_, args, says) => {
    const { code, out, err } = await hunt(...args);

    expect(err).toContain(says);
    expect(out).toBe('');
    expect(code).toBe(2);
  });
});
