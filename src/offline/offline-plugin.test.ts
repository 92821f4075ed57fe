import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { revisionsIn } from './offline-plugin.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pbft-lab-offline-'));
  mkdirSync(join(folder, 'assets'));
  for (const name of ['index.html', 'lab.png', 'assets/page.js', 'assets/page.js.map']) {
    writeFileSync(join(folder, name), name);
  }
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('the list of files to keep', () => {
  it('has what a page needs, and neither source maps nor the worker itself', () => {
    writeFileSync(join(folder, 'service-worker.js'), '');

    expect(Object.keys(revisionsIn(folder))).toEqual(['assets/page.js', 'index.html']);
  });

  it('changes with the content of a file, and only for that file', () => {
    const before = revisionsIn(folder);
    writeFileSync(join(folder, 'index.html'), 'another page');
    const after = revisionsIn(folder);

    expect(after['index.html']).not.toBe(before['index.html']);
    expect(after['assets/page.js']).toBe(before['assets/page.js']);
  });
});
