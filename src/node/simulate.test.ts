import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { main } from './simulate.ts';

const folder = mkdtempSync(join(tmpdir(), 'pbft-lab-simulate-'));

afterAll(() => rmSync(folder, { recursive: true }));

function simulate(...args: readonly string[]): { code: number; out: string; err: string } {
  const said = { out: '', err: '' };
  const code = main(args, {
    out: (text) => (said.out += text),
    err: (text) => (said.err += text),
    folder,
  });
  return { code, ...said };
}

function file(name: string, content: object | string): string {
  writeFileSync(
    join(folder, name),
    typeof content === 'string' ? content : JSON.stringify(content),
  );
  return name;
}

const scenario = {
  format: 'pbft-lab/scenario@1',
  steps: [{ do: 'submit', operation: { put: ['x', '1'] } }],
  until: { executed: 1 },
};

describe('simulate', () => {
  it('prints the verdict alone and leaves with 0 when the expectation is met', () => {
    const { code, out, err } = simulate(file('met.json', scenario));

    expect(JSON.parse(out)).toMatchObject({ format: 'pbft-lab/verdict@1', met: true, safe: true });
    expect(err).toBe('');
    expect(code).toBe(0);
  });

  it('runs what a generator draws from a seed, and writes it down as a scenario', () => {
    const drawn = simulate('strategies:3', '--scenario', 'drawn.json');
    const again = simulate('drawn.json');

    expect(drawn.code).toBe(0);
    expect(again.out).toBe(drawn.out);
  });

  it('leaves with 1 when it is not met, and says what is not', () => {
    const { code, out } = simulate(file('unmet.json', { ...scenario, expect: { executed: 7 } }));

    expect(JSON.parse(out)).toMatchObject({
      met: false,
      unmet: ['7 operations should be executed, not 1'],
    });
    expect(code).toBe(1);
  });

  it.each([
    ['an unknown name', ['nobody'], 'there is no built-in scenario "nobody"'],
    [
      'a scenario with a stranger',
      [file('bad.json', { ...scenario, steps: [{ do: 'crash', replica: 7 }] })],
      'steps[0].replica: 7, but there are 4 replicas',
    ],
    ['what is no JSON', [file('text.json', 'steps')], 'text.json'],
    ['a seed that is none', ['normal-case', '--seed', 'x'], '--seed'],
    ['an option that is none', ['normal-case', '--speed', '3'], '--speed'],
    ['nothing', [], 'npm run -s simulate'],
  ])('leaves with 2 and an empty output for %s', (_, args, says) => {
    const { code, out, err } = simulate(...args);

    expect(err).toContain(says);
    expect(out).toBe('');
    expect(code).toBe(2);
  });

  it('lists the built-in scenarios, one name a line', () => {
    const { code, out } = simulate('--list');

    expect(out.trimEnd().split('\n')).toContain('normal-case');
    expect(code).toBe(0);
  });

  it('gives the same trace with real signatures, and another one with another seed', () => {
    const digests = [[], ['--crypto', 'ed25519'], ['--seed', '8']].map((options): unknown => {
      const verdict: unknown = JSON.parse(simulate('double-voting-backup', ...options).out);
      return verdict instanceof Object && 'traceDigest' in verdict && verdict.traceDigest;
    });

    expect(digests[1]).toBe(digests[0]);
    expect(digests[2]).not.toBe(digests[0]);
  });

  it('writes trace and ShiViz log where it is told', () => {
    simulate('normal-case', '--trace', 'trace.json', '--shiviz', 'log.txt');

    const trace: unknown = JSON.parse(readFileSync(join(folder, 'trace.json'), 'utf8'));
    expect(trace).toEqual(
      expect.arrayContaining([expect.objectContaining({ type: 'executed', executed: 2 })]),
    );
    expect(readFileSync(join(folder, 'log.txt'), 'utf8')).toMatch(/^replica-0 \{"replica-0":1\}$/m);
  });

  it('runs from the command line, where persistent modules are compiled', () => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['src/node/run.mjs', 'simulate', 'normal-case'],
      { encoding: 'utf8' },
    );

    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({ met: true });
    expect(status).toBe(0);
  }, 60_000);
});
